"""The test cards of the emulator, and the sales that its host knows at the start.

Every number is invented. A stripe reader sends what it read of track 1 and track 2, one after the
other, and CR: `%B6212…^NAME^3012201…?;6212…=3012201…?` CR. A track it cannot read comes as `E`
between the sentinels (`%E?`, `;E?`); a stripe without track 1 begins with `;`.
Every morning a card may spend its limit again; three wrong PINs lock it until the next day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from types import MappingProxyType
from typing import Any, Literal

from emulator.host.config import TerminalConfig
from emulator.host.ledger import Ledger
from emulator.host.masking import masked_pan
from emulator.host.records import Booking

Flaw = Literal["none", "damaged", "wrong_luhn", "no_end_sentinel"]
FRESH_DAYS = 7
OTHER_MERCHANT = "898310058120099"
AUTH_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
LONGEST_TRACK2 = 37
USUAL_PIN = "123456"
USUAL_LIMIT_MINOR = 5_000_000
TRACK1_FILL, TRACK2_FILL = "0000000000", "0000000000001"


OTHERWISE: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"credit": {"pin": "246810"}, "gift": {"pin": "1357", "limit_minor": 30000}}
)
"""Cards that differ in PIN or limit from the usual."""


class CardError(KeyError):
    """No card of the deck has this name."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the deck. expiry: YYMM; track1, track2: with sentinels, as the reader sends them.

    track1 is None if the stripe has only track 2. limit_minor: what it may spend in a day.
    """

    name: str
    title_en: str
    title_zh: str
    pan: str = field(repr=False)
    expiry: str = field(repr=False)
    service_code: str
    track1: str | None = field(repr=False)
    track2: str = field(repr=False)
    flaw: Flaw = "none"
    pin: str = field(default=USUAL_PIN, repr=False)
    limit_minor: int = USUAL_LIMIT_MINOR

    @property
    def stripe(self) -> str:
        """What the reader sends for one swipe."""
        return f"{self.track1 or ''}{self.track2}\r"

    @property
    def masked(self) -> str:
        """First six and last four digits."""
        return masked_pan(self.pan)


def deck() -> tuple[Card, ...]:
    """The test cards, the demo shop's usual one first."""
    cards = (
        _card("debit", ("Debit card", "借记卡"), "6212345678901232"),
        _card("debit-2", ("Second card of the same bank", "同行另一张卡"), "6212340000000019"),
        _card("credit", ("Other bank's credit card", "他行信用卡"), "6222021234567890128"),
        _card("gift", ("Gift card, only track 2", "礼品卡(仅二磁道)"), "6212349000000002"),
        _card("expired", ("Expired card", "过期卡"), "6222020000000007", "2106"),
        _card("foreign", ("Foreign card", "境外卡"), "4000001234567899"),
        _card("damaged", ("Damaged stripe", "磁条损坏"), "6212345555555556", flaw="damaged"),
        _card(
            "wrong-luhn", ("Wrong check digit", "校验位错"), "6212345678901230", flaw="wrong_luhn"
        ),
        _card("cut-off", ("No end", "磁道不完整"), "6212346666666662", flaw="no_end_sentinel"),
    )
    return tuple(replace(card, **OTHERWISE.get(card.name, {})) for card in cards)


def card_named(cards: Sequence[Card], name: str) -> Card:
    """The card with this name; CardError with the names there are."""
    for card in cards:
        if card.name == name:
            return card
    raise CardError(f"no card is called {name}; there are {', '.join(c.name for c in cards)}")


def _card(
    name: str, titles: tuple[str, str], pan: str, expiry: str = "3012", flaw: Flaw = "none"
) -> Card:
    service = "220" if name == "gift" else "201"
    track1 = f"%B{pan}^TEST/CARD^{expiry}{service}{TRACK1_FILL}?"
    track2 = f"{pan}={expiry}{service}{TRACK2_FILL}"[:LONGEST_TRACK2]
    stripe = _stripe(name, flaw, track1, track2)
    return Card(name, *titles, pan, expiry, service, *stripe, flaw)


def _stripe(name: str, flaw: Flaw, track1: str, track2: str) -> tuple[str | None, str]:
    if flaw == "damaged":
        return "%E?", ";E?"
    if flaw == "no_end_sentinel":
        return None, f";{track2}"
    return None if name == "gift" else track1, f";{track2}?"


@dataclass(frozen=True, slots=True)
class SeededSale:
    """A sale that the host knows from the start: how many days ago, on which card, how much.

    letter: put into its reference number; refunded_minor: already given back; merchant: if it is
    another shop's; by_qr: paid with the wallet that this card is in, so the books hold no card.
    """

    days_ago: int
    card: str
    amount_minor: int
    letter: str = ""
    refunded_minor: int = 0
    voided: bool = False
    merchant: str = ""
    by_qr: bool = False


SEEDED_SALES: tuple[SeededSale, ...] = (
    SeededSale(45, "debit", 88800),  # too old
    SeededSale(30, "debit", 15000),  # the last day that is young enough
    SeededSale(10, "gift", 20000, letter="G"),
    SeededSale(7, "debit-2", 1000000, letter="K"),  # room for amounts of 8880.00 to 8889.99
    SeededSale(5, "credit", 32000, voided=True),
    SeededSale(4, "foreign", 45600),
    SeededSale(3, "debit", 4550, refunded_minor=2000),
    SeededSale(2, "credit", 129900, letter="B"),
    SeededSale(2, "debit", 7700, merchant=OTHER_MERCHANT),
    SeededSale(1, "debit", 10000),
    SeededSale(1, "expired", 6600),
    SeededSale(0, "debit", 5680),
    SeededSale(2, "credit", 2350, by_qr=True),
    SeededSale(1, "credit", 18880, refunded_minor=8880, by_qr=True),
)


def seed_sales(
    ledger: Ledger, cards: Sequence[Card], shop: TerminalConfig, today: date, seed: int
) -> None:
    """Open the cards' accounts and put the seeded sales on the ledger.

    The sales are in a batch of their own before the terminal's next.

    No sales if the ledger already holds one of the last week, so a host that starts again keeps
    its books; after a longer rest it gets fresh sales.
    """
    _open_accounts(ledger, cards)
    newest = max((sale.time[:10] for sale in ledger.sales()), default="")
    if newest > (today - timedelta(days=FRESH_DAYS)).isoformat():
        return
    random = Random(seed)
    with ledger.transaction():
        batch = ledger.next_batch(shop.tid, shop.mid)
        for number, sale in enumerate(SEEDED_SALES, start=1):
            _seed_one(_Seeding(ledger, shop, today, batch, number, random), cards, sale)


def _open_accounts(ledger: Ledger, cards: Sequence[Card]) -> None:
    """One for each card a bank could have issued: the check digit is right."""
    with ledger.transaction():
        for card in cards:
            if card.flaw != "wrong_luhn":
                ledger.accounts.open(card.pan, card.name, card.pin, card.limit_minor)


@dataclass(frozen=True, slots=True)
class _Seeding:
    ledger: Ledger
    shop: TerminalConfig
    today: date
    batch: str
    number: int
    random: Random


def _seed_one(at: _Seeding, cards: Sequence[Card], plan: SeededSale) -> None:
    sale = at.ledger.book(_sale(at, card_named(cards, plan.card), plan))
    if plan.voided:
        at.ledger.book(_movement(at, sale, ("0200", "23", sale.amount_minor)))
        at.ledger.mark_voided(sale.id)
    if plan.refunded_minor:
        at.ledger.book(_movement(at, sale, ("0220", "25", plan.refunded_minor)))


def _sale(at: _Seeding, card: Card, plan: SeededSale) -> Booking:
    day = at.today - timedelta(days=plan.days_ago)
    when = datetime.combine(day, time(9, at.number, 30))
    return Booking(
        mti="0200",
        processing_code="000000",
        transaction_type="22",
        amount_minor=plan.amount_minor,
        currency="156",
        stan=f"{100 + at.number:06d}",
        batch=at.batch,
        terminal=at.shop.tid,
        merchant=plan.merchant or at.shop.mid,
        rrn=at.ledger.next_rrn(when, plan.letter),
        auth_code="".join(at.random.choice(AUTH_SIGNS) for _ in range(6)),
        response_code="00",
        state="booked",
        card_masked="" if plan.by_qr else card.masked,
        card_token="" if plan.by_qr else at.ledger.card_token(card.pan),
        card_name=card.name,
        voucher=at.ledger.next_voucher(when) if plan.by_qr else "",
        time=when.isoformat(),
    )


def _movement(at: _Seeding, sale: Booking, kind: tuple[str, str, int]) -> Booking:
    """A void or refund of a seeded sale, an hour after it."""
    when = datetime.fromisoformat(sale.time) + timedelta(hours=1)
    return replace(
        sale,
        mti=kind[0],
        processing_code="200000",
        transaction_type=kind[1],
        amount_minor=kind[2],
        stan=f"{200 + at.number:06d}",
        rrn=at.ledger.next_rrn(when),
        auth_code="",
        time=when.isoformat(),
        original_rrn=sale.rrn,
        original_id=sale.id,
        id=0,
    )

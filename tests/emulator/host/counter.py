"""Sales, voids, reversals and settlements in a few lines, on top of a till."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from emulator.cards import card_named, deck, seed_sales
from emulator.host.config import HostProfile, demo_config
from emulator.host.core import Host
from emulator.host.crypto import encrypt, open_key_block
from emulator.host.ledger import Ledger
from emulator.host.message import Message, Value, decode, encode
from emulator.host.records import Session
from tests.emulator.host.till import TODAY, Till, packet

WALLET_CODE = "6212345678901234567"


@dataclass
class Clock:
    """The host's clock, moved by hand."""

    now: datetime = TODAY

    def __call__(self) -> datetime:
        return self.now

    def go(self, **time: float) -> None:
        self.now += timedelta(**time)


def counter_till(
    profile: HostProfile | None = None, clock: Clock | None = None, ledger: Ledger | None = None
) -> Till:
    """A signed-in till at a host with the seeded sales and a clock of its own."""
    config, clock = demo_config(profile), clock or Clock()
    books = ledger or Ledger()
    seed_sales(books, deck(), config.terminals[0], clock.now.date(), seed=7)
    host = Host(config, books, clock, seed=7)
    till = Till(host, host.connection(), config.terminals[0])
    till.sign_in()
    return till


def sample_till(clock: Clock, batch: str = "000001") -> Till:
    """A till at a host in the state of the samples: their keys, their batch, their numbers."""
    till = counter_till(clock=clock)
    block = decode(packet("C2")[13:]).raw(62)
    shop = till.terminal
    till.host.ledger.save_session(Session(shop.tid, shop.mid, batch, True, 1, block))
    till.keys, till.batch = open_key_block(shop.tmk, block), batch
    return till


def changed(fields: dict[int, Value], changes: dict[str, Value | None]) -> dict[int, Value]:
    """Fields with some of them changed by name, `f37="…"`, or left out with None."""
    new = dict(fields)
    for name, value in changes.items():
        new.pop(int(name[1:]), None)
        if value is not None:
            new[int(name[1:])] = value
    return new


def _money(till: Till, amount_minor: int, kind: str) -> dict[int, Value]:
    till.stan += 1
    return {
        4: f"{amount_minor:012d}",
        11: f"{till.stan:06d}",
        25: "00",
        41: till.terminal.tid,
        42: till.terminal.mid,
        49: "156",
        60: f"{kind}{till.batch}000500",
    }


def pin_block(till: Till, pan: str, pin: str) -> bytes:
    """Field 52 in format 2 under this till's PIN key."""
    assert till.keys is not None
    plain = bytes.fromhex(f"{len(pin):02d}{pin}".ljust(16, "F"))
    mask = bytes.fromhex("0000" + pan[-13:-1])
    clear = bytes(a ^ b for a, b in zip(plain, mask, strict=True))
    return encrypt(till.keys.pik, clear)


def sale_fields(
    till: Till, amount_minor: int, card: str = "debit", pin: str = ""
) -> dict[int, Value]:
    """A sale by swipe, with a PIN if one is given."""
    chosen = card_named(deck(), card)
    track = chosen.track2.strip(";?").replace("=", "D")
    fields = _money(till, amount_minor, "22") | {3: "000000", 22: "022", 35: track}
    fields[53] = "0600000000000000"
    if pin:
        fields |= {22: "021", 26: "12", 52: pin_block(till, chosen.pan, pin)}
        fields[53] = "2600000000000000"
    return fields


def sell(till: Till, amount_minor: int, card: str = "debit", pin: str = "") -> Message:
    """One sale, answered."""
    return till.ask(till.signed(sale_fields(till, amount_minor, card, pin), "0200"))


def qr_fields(till: Till, amount_minor: int) -> dict[int, Value]:
    """A sale by the customer's QR code."""
    money = _money(till, amount_minor, "22")
    return money | {3: "000000", 22: "032", 59: f"A3{len(WALLET_CODE):03d}{WALLET_CODE}"}


def void_fields(till: Till, sold: Message, card: str = "debit") -> dict[int, Value]:
    """A void of an answered sale, with the card's number typed."""
    chosen = card_named(deck(), card)
    batch = sold.text(60)[2:8]
    return _money(till, int(sold.text(4)), "23") | {
        2: chosen.pan,
        3: "200000",
        14: chosen.expiry,
        22: "012",
        37: sold.text(37),
        38: sold.text(38),
        61: batch + sold.text(11),
    }


def void(till: Till, sold: Message, **changes: Value | None) -> Message:
    """One void, answered."""
    return till.ask(till.signed(changed(void_fields(till, sold), changes), "0200"))


def reversal_fields(fields: dict[int, Value], reason: str = "98") -> dict[int, Value]:
    """The reversal of a request: the same without track and PIN, with number and reason."""
    kept = {n: v for n, v in fields.items() if n not in (26, 35, 36, 37, 52, 53)}
    track = str(fields.get(35, ""))
    if track:
        kept |= {2: track.partition("D")[0], 14: track.partition("D")[2][:4]}
    if str(fields[60])[:2] == "23":
        kept[61] = str(fields[60])[2:8] + str(fields[11])
    return kept | {39: reason}


def reverse(till: Till, fields: dict[int, Value], **changes: Value | None) -> Message:
    """One reversal of a request, answered."""
    return till.ask(till.signed(changed(reversal_fields(fields), changes), "0400"))


def settle(till: Till, totals: str, **changes: Value | None) -> Message:
    """One settlement with these 62 digits, answered."""
    till.stan += 1
    fields: dict[int, Value] = {
        11: f"{till.stan:06d}",
        41: till.terminal.tid,
        42: till.terminal.mid,
        48: totals,
        49: "156",
        60: f"00{till.batch}201",
        63: "01 ",
    }
    return till.ask(encode(Message("0500", changed(fields, changes))))


def upload(till: Till, code: str, text: str) -> Message:
    """One 0320 of details (201) or the end (202, 207), answered."""
    till.stan += 1
    fields: dict[int, Value] = {
        11: f"{till.stan:06d}",
        41: till.terminal.tid,
        42: till.terminal.mid,
        48: text,
        60: f"00{till.batch}{code}",
    }
    return till.ask(encode(Message("0320", fields)))


def state_of(till: Till, stan: Value) -> str:
    """The state of what was booked under a number in this till's batch."""
    return str(booking_of(till, stan)["state"])


def booking_of(till: Till, stan: Value) -> dict[str, Any]:
    """What was booked under a number in this till's batch."""
    (found,) = [row for row in till.movements() if row["stan"] == stan]
    return found


def profile(**changes: Any) -> HostProfile:
    """A host profile with some settings changed."""
    return replace(HostProfile(), **changes)

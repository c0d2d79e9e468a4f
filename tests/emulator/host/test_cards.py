"""The deck and the seeded sales."""

from datetime import timedelta
from pathlib import Path

import pytest

from emulator.cards import SEEDED_SALES, CardError, card_named, deck, seed_sales
from emulator.host.config import demo_config
from emulator.host.ledger import Ledger
from tests.emulator.host.till import TODAY, make_till

SHOP = demo_config().terminals[0]


def luhn_is_right(pan: str) -> bool:
    digits = [int(digit) for digit in reversed(pan)]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def test_check_digits_are_right_but_for_the_card_that_has_it_wrong() -> None:
    wrong = [card.name for card in deck() if not luhn_is_right(card.pan)]
    assert wrong == ["wrong-luhn"]


def test_first_card_has_the_track_of_the_samples() -> None:
    card = deck()[0]
    assert card.track2 == ";6212345678901232=30122010000000000001?"
    assert card.stripe == f"{card.track1}{card.track2}\r"


@pytest.mark.parametrize(
    ("name", "stripe_end"),
    [("damaged", "%E?;E?\r"), ("cut-off", "00001\r"), ("debit", "?\r")],
)
def test_flawed_stripes_read_as_readers_send_them(name: str, stripe_end: str) -> None:
    assert card_named(deck(), name).stripe.endswith(stripe_end)


def test_tracks_fit_the_standard() -> None:
    for card in deck():
        assert len(card.track2.strip(";?")) <= 37
        assert card.track1 is None or len(card.track1) <= 79


def test_card_numbers_are_in_no_repr() -> None:
    assert all(card.pan not in repr(card) for card in deck())


def test_pins_are_in_no_repr_and_not_in_the_books_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "host.db")
    seed_sales(ledger, deck(), SHOP, TODAY.date(), seed=1)
    ledger.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for card in deck():
        assert card.pin not in repr(card)
    assert b"246810" not in raw
    assert card_named(deck(), "credit").pin == "246810"


def test_seeding_again_keeps_the_count_of_wrong_pins() -> None:
    ledger, day = Ledger(), TODAY.date()
    seed_sales(ledger, deck(), SHOP, day, seed=1)
    token = ledger.card_token(deck()[0].pan)
    for _ in range(3):
        account = ledger.accounts.of(token)
        assert account is not None
        assert not ledger.accounts.is_locked(account, day.isoformat())
        ledger.accounts.count_wrong_pin(account, day.isoformat())
    seed_sales(ledger, deck(), SHOP, day, seed=1)
    account = ledger.accounts.of(token)
    assert account is not None
    assert ledger.accounts.is_locked(account, day.isoformat())


def test_a_card_with_a_wrong_check_digit_has_no_account() -> None:
    ledger = make_till().host.ledger
    without = [c.name for c in deck() if ledger.accounts.of(ledger.card_token(c.pan)) is None]
    assert without == ["wrong-luhn"]


def test_an_unknown_card_is_named() -> None:
    with pytest.raises(CardError, match="no card is called gold"):
        card_named(deck(), "gold")


def test_seeded_sales_are_listed_with_what_remains() -> None:
    till = make_till()
    sales = till.host.sales()
    assert len(sales) == len(SEEDED_SALES)
    assert till.sale(amount_minor=4550)["remaining_minor"] == 2550
    assert till.sale(amount_minor=32000)["remaining_minor"] == 0
    assert till.sale(amount_minor=32000)["state"] == "voided"
    assert till.sale(amount_minor=10000)["date"] == f"{TODAY - timedelta(days=1):%Y%m%d}"
    assert all(len(str(sale["rrn"])) == 12 for sale in sales)
    assert any(str(sale["rrn"])[4].isalpha() for sale in sales)


def test_seeding_twice_adds_nothing_until_the_sales_are_stale() -> None:
    ledger = Ledger()
    days = [TODAY.date(), TODAY.date() + timedelta(days=6), TODAY.date() + timedelta(days=7)]
    counts = []
    for day in days:
        seed_sales(ledger, deck(), SHOP, day, seed=1)
        counts.append(len(ledger.sales()))
    assert counts == [len(SEEDED_SALES), len(SEEDED_SALES), 2 * len(SEEDED_SALES)]


def test_the_same_seed_gives_the_same_sales() -> None:
    ledgers = [Ledger(), Ledger(), Ledger()]
    for ledger, seed in zip(ledgers, (1, 1, 2), strict=True):
        seed_sales(ledger, deck(), SHOP, TODAY.date(), seed)
    assert ledgers[0].bookings() == ledgers[1].bookings()
    assert ledgers[0].bookings() != ledgers[2].bookings()

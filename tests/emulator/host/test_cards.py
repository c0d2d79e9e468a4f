"""The deck and the seeded sales."""

from datetime import timedelta

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

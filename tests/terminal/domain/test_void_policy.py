"""Which sale can be voided, why another one can't, and who has to agree."""

from dataclasses import replace
from datetime import date

import pytest

from terminal.domain.books import Books, Spending
from terminal.domain.original import Original
from terminal.domain.parameters import Parameters
from terminal.domain.transaction import Outcome, Transaction
from terminal.domain.void_policy import VoidRefused, needs_approver, sale_of, void_refusal
from tests.terminal.domain.slip_material import INTENT, SENT

TODAY = date(2024, 5, 31)


def sale(stan: int) -> Transaction:
    original = Original("", TODAY, 1250, stan=stan)
    intent = replace(INTENT, operation="sale", stan=stan, token="", original=original)
    return Transaction(stan, intent, Outcome.APPROVED, rrn=f"{stan:012d}", trusted_day="2024-05-31")


SALE = sale(42)
KEY = SALE.purchase.key


@pytest.fixture
def books() -> Books:
    """A batch of two sales."""
    originals = {t.key: Spending(1250) for t in (sale(41), SALE)}
    return Books(sales={41: sale(41), 42: SALE}, originals=originals)


def test_a_sale_of_the_batch_is_found_by_what_it_is_counted_under(books: Books) -> None:
    assert sale_of(books, KEY) == SALE
    assert sale_of(books, "20240531X") is None
    assert sale_of(Books(), KEY) is None


def test_a_whole_sale_of_today_can_be_voided(books: Books) -> None:
    assert void_refusal(books, SALE, TODAY) is None
    del books.originals[KEY]
    assert void_refusal(books, SALE, TODAY) is None


def test_nothing_can_not_be_voided(books: Books) -> None:
    assert void_refusal(books, None, TODAY) is VoidRefused.NOT_FOUND


@pytest.mark.parametrize("rrn", ["", "12345678901"])
def test_a_sale_without_a_whole_number_of_the_hosts_can_only_be_refunded(
    books: Books, rrn: str
) -> None:
    for day in (TODAY, date(2024, 6, 1)):
        assert void_refusal(books, replace(SALE, rrn=rrn), day) is VoidRefused.NO_REFERENCE


def test_a_sale_is_voided_once_whatever_the_day(books: Books) -> None:
    books.originals[KEY].voided = True
    for day in (TODAY, date(2024, 6, 1)):
        assert void_refusal(books, SALE, day) is VoidRefused.VOIDED


def test_a_sale_of_another_day_can_only_be_refunded(books: Books) -> None:
    assert void_refusal(books, SALE, date(2024, 6, 1)) is VoidRefused.OTHER_DAY


def test_a_return_forbids_a_void_and_an_open_one_does_too(books: Books) -> None:
    books.originals[KEY].spent_minor = 1
    assert void_refusal(books, SALE, TODAY) is VoidRefused.RETURNED
    refund = replace(SENT, intent=replace(INTENT, token="", original=SALE.purchase))
    books.unresolved = {refund.record: refund}
    assert void_refusal(books, SALE, TODAY) is VoidRefused.UNRESOLVED
    assert void_refusal(books, sale(41), TODAY) is None


def test_an_open_transaction_of_the_same_card_forbids_a_void(books: Books) -> None:
    books.unresolved = {SENT.record: SENT}
    same_card = replace(SALE, intent=replace(SALE.intent, token=INTENT.token))
    assert void_refusal(books, same_card, TODAY) is VoidRefused.UNRESOLVED
    assert void_refusal(books, SALE, TODAY) is None


@pytest.mark.parametrize(
    ("void_approval", "amount_minor", "asks"),
    [
        ("always", 1, True),
        ("never", 10_000_000, False),
        ("above_limit", 50_000, False),
        ("above_limit", 50_001, True),
    ],
)
def test_who_has_to_agree_to_a_void(void_approval: str, amount_minor: int, asks: bool) -> None:
    shop = Parameters(void_approval=void_approval, approval_above_minor=50_000)
    assert needs_approver(shop, amount_minor) is asks

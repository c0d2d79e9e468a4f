"""Questions to the books: what stands in the way, what has a slip, whose lock is running."""

from dataclasses import replace
from datetime import date

import pytest

from terminal.domain.books import RECORDS_MAX, STANS_KEPT, Books, Spending, iso_day
from terminal.domain.operators import PasswordTries
from terminal.domain.staff import Credential
from terminal.domain.transaction import Outcome
from tests.terminal.domain.slip_material import APPROVED, INTENT, SENT

KEY = INTENT.original.key
OTHER = replace(
    SENT,
    record=4,
    intent=replace(INTENT, token="", original=replace(INTENT.original, rrn="240520000002")),
)


@pytest.mark.parametrize(
    ("key", "token", "everything", "blocked"),
    [
        (KEY, "", False, True),
        (KEY, "cd340123456789ab", False, True),
        ("", INTENT.token, False, True),
        ("20240520X", INTENT.token, False, True),
        ("20240520X", "cd340123456789ab", False, False),
        ("", "", False, False),
        ("", "", True, True),
    ],
)
def test_an_unresolved_one_blocks_its_original_and_its_card(
    key: str, token: str, everything: bool, blocked: bool
) -> None:
    books = Books(unresolved={SENT.record: SENT})
    assert books.blocking(key, token, everything) == (SENT if blocked else None)
    assert Books().blocking(key, token, everything) is None


def test_the_one_that_blocks_is_found_behind_another() -> None:
    books = Books(unresolved={OTHER.record: OTHER, SENT.record: SENT})
    assert books.blocking("", INTENT.token, everything=False) == SENT
    assert books.blocking(OTHER.key, "", everything=False) == OTHER


def test_a_sale_without_a_number_blocks_no_original() -> None:
    sale = replace(SENT, intent=replace(INTENT, operation="sale", token=""))
    books = Books(unresolved={sale.record: sale})
    assert sale.key == ""
    assert books.blocking("", "", everything=False) is None
    assert books.pending_minor("") == 0


def test_what_remains_is_what_was_neither_given_back_nor_may_have_been() -> None:
    books = Books(unresolved={SENT.record: SENT, OTHER.record: OTHER})
    assert books.pending_minor(KEY) == INTENT.amount_minor
    assert books.remaining_minor(KEY, 2000) == 750
    books.originals[KEY] = Spending(2000, spent_minor=100)
    assert books.remaining_minor(KEY, 2000) == 650
    books.originals[KEY].voided = True
    assert books.remaining_minor(KEY, 2000) == 0


def test_what_was_never_sent_has_no_slip() -> None:
    not_sent = replace(OTHER, outcome=Outcome.NOT_SENT)
    assert Books().last is None
    assert Books(recent=[APPROVED, not_sent]).last == APPROVED
    assert Books(recent=[not_sent]).last is None


def test_a_transaction_is_found_by_its_record() -> None:
    books = Books(unresolved={OTHER.record: OTHER}, recent=[APPROVED])
    assert books.transaction(OTHER.record) == OTHER
    assert books.transaction(APPROVED.record) == APPROVED
    assert books.transaction(99) is None


def test_only_a_sale_with_a_number_can_be_struck() -> None:
    sale = replace(APPROVED, intent=replace(INTENT, operation="sale"))
    books = Books()
    books.strike(APPROVED)
    books.strike(replace(sale, rrn=""))
    assert books.originals == {}
    books.strike(sale)
    assert books.originals == {sale.key: Spending(INTENT.amount_minor, voided=True)}


def test_the_numbers_of_a_batch_run_out() -> None:
    assert Books(stan=7).next_stan == 8
    assert Books(stan=999_999).next_stan == 1
    assert Books(stans_in_batch=999_999).numbers_are_used_up
    assert not Books(stans_in_batch=999_998).numbers_are_used_up


def test_no_more_money_while_numbers_are_left_to_work_up_what_is_open() -> None:
    assert Books(stans_in_batch=999_999 - STANS_KEPT).batch_is_full
    assert not Books(stans_in_batch=999_998 - STANS_KEPT).batch_is_full
    assert Books(batch_records=RECORDS_MAX).batch_is_full
    assert not Books(batch_records=RECORDS_MAX - 1).batch_is_full


def test_anybodys_lock_counts() -> None:
    free = Credential("aa", "bb", 1000, PasswordTries(4))
    locked = Credential("aa", "bb", 1000, PasswordTries(5, 1))
    assert Books(people={"01": free, "02": locked}).any_locked()
    assert not Books(people={"01": free}).any_locked()


def test_a_day_is_read_from_its_text() -> None:
    assert iso_day("2024-05-31") == date(2024, 5, 31)
    assert iso_day("") is None

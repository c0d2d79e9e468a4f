"""What is refused is counted, and what a person has left out is not due any more."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pytest

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books, Settling, SkippedUpload, Totals
from terminal.domain.settling import (
    CARD_SHUT,
    NOT_COMPARED,
    QUESTION,
    Due,
    due,
    may_be_skipped,
    next_item,
)

ITEMS = 2
TRIES = 3
NOTHING = asdict(Totals())
ASKED = {"stan": 1, "batch": 7, "by": "01", "totals": NOTHING, "foreign": NOTHING}
ANSWERED = {
    **dict.fromkeys(("domestic", "foreign"), "different"),
    **dict.fromkeys(("host_domestic", "host_foreign")),
    **dict.fromkeys(("host_date", "host_time"), ""),
    "items": ITEMS,
}


@dataclass(frozen=True)
class Stored:
    number: int
    kind: str
    body: dict[str, Any]
    wall: str = ""


@pytest.fixture
def books() -> Books:
    """An upload of two messages and its end, none of which has gone up."""
    books = Books()
    for kind, body in (("signed_in", {"batch": 7}), ("settle_asked", ASKED)):
        store(books, kind, body)
    store(books, "settle_answered", ANSWERED)
    return books


def store(books: Books, kind: str, body: dict[str, Any]) -> Settling | None:
    take_in(books, Stored(1, kind, body))
    return books.settling


def refuse(books: Books, item: int, code: str = "96") -> Settling:
    settling = store(books, "upload_refused", {"batch": 7, "item": item, "code": code})
    assert settling is not None
    return settling


def skip(books: Books, item: int) -> Settling:
    body = {"batch": 7, "item": item, "by": "10", "why": "96"}
    settling = store(books, "upload_skipped", body)
    assert settling is not None
    return settling


def test_third_refusal_of_the_same_message_lets_a_person_decide(books: Books) -> None:
    told = [may_be_skipped(refuse(books, 1), TRIES) for _ in range(TRIES)]
    assert told == [False, False, True]


def test_card_that_stays_shut_needs_no_second_try(books: Books) -> None:
    assert may_be_skipped(refuse(books, 1, CARD_SHUT), TRIES)


@pytest.mark.parametrize("kind", ["uploaded", "upload_skipped"])
def test_next_message_has_not_been_refused_yet(books: Books, kind: str) -> None:
    refuse(books, 1, CARD_SHUT)
    body = {"batch": 7, "item": 1, "by": "10", "why": CARD_SHUT}
    settling = store(books, kind, body)
    assert settling is not None
    assert (settling.refusals, settling.refused_why) == (0, "")
    assert not may_be_skipped(settling, TRIES)


def test_refusal_of_another_message_is_not_counted(books: Books) -> None:
    assert refuse(books, 2).refusals == 0


def test_left_out_messages_are_behind_and_named_and_the_end_ends_it(books: Books) -> None:
    seen = []
    for item in range(1, ITEMS + 2):
        settling = skip(books, item)
        seen.append((next_item(settling), due(settling, balanced_ends_too=True)))
    assert seen == [(2, Due.UPLOAD), (3, Due.END), (3, Due.SLIP)]
    assert books.settling is not None
    assert books.settling.skipped == [SkippedUpload(n, "10", "96") for n in (1, 2, 3)]


def test_refusals_of_the_question_outlast_asking_again_and_end_with_the_answer(
    books: Books,
) -> None:
    store(books, "settle_asked", ASKED)
    told = []
    for _ in range(TRIES):
        refuse(books, QUESTION)
        asked = store(books, "settle_asked", ASKED)
        assert asked is not None
        told.append(may_be_skipped(asked, TRIES))
    assert told == [False, False, True]
    answered = store(books, "settle_answered", ANSWERED)
    assert answered is not None
    assert (answered.refusals, answered.refused_why, next_item(answered)) == (0, "", 1)


def test_who_leaves_out_the_question_leaves_out_all_of_it(books: Books) -> None:
    store(books, "settle_asked", ASKED)
    settling = skip(books, QUESTION)
    assert (settling.domestic, settling.foreign) == (NOT_COMPARED, NOT_COMPARED)
    assert due(settling, balanced_ends_too=True) is Due.SLIP


@pytest.mark.parametrize("kind", ["uploaded", "upload_refused", "upload_skipped"])
def test_record_without_a_settlement_changes_nothing(kind: str) -> None:
    books = Books()
    body = {"batch": 7, "item": 1, "by": "10", "why": "96", "code": "96"}
    assert store(books, kind, body) is None
    assert books == Books()

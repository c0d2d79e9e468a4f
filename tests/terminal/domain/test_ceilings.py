"""Ceilings: what counts against each, where it breaks, and what a day and a batch begin anew."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.books import Books
from terminal.domain.ceilings import CARD_DAYS, Tally, Wanted, alone_left_minor, refusal
from terminal.domain.operators import Action, may
from terminal.domain.parameters import Ceiling, Ceilings, Parameters, Person, Role
from terminal.domain.refund_policy import Refused
from terminal.domain.transaction import Outcome
from tests.terminal.domain.fold_model import KEY, PURCHASE, Journal, signed_in

TOKEN = "ab120123456789ab"
WANTED = Wanted(100, "01", KEY, TOKEN)
ELSEWHERE: dict[str, Any] = {
    "original": replace(PURCHASE, rrn="240520000009"),
    "token": "ab12ffffffffffff",
    "operator": "02",
    "batch": 6,
}
# What has each in common with the refund that is wanted, all but the last: by its amount.
SHARED = {1: "original", 20: "token", 300: "operator", 4_000: "batch", 50_000: ""}
NAMES = ("original", "card", "operator", "batch", "day")
REFUSED = {name: Refused(f"{name}_ceiling") for name in NAMES}
# Twice 7 for what is all the same, certain and open; twice the one that shares just this.
SUMS = {"original": 16, "card": 54, "operator": 614, "batch": 8_014, "day": 108_656}
COUNTS = {"original": 4, "card": 4, "operator": 4, "batch": 4, "day": 12}


def with_ceiling(name: str, most_minor: int = 0, most_count: int = 0) -> Parameters:
    return Parameters(ceilings=Ceilings(**{name: Ceiling(most_minor, most_count)}))


@pytest.fixture
def books() -> Books:
    """Refunds that share one thing or everything with the wanted one, each approved and open.

    Sales and voids are open too, and one refund was declined: they count for nothing.
    """
    journal = signed_in()
    for end in ("approved", "unknown"):
        journal.end(journal.begin(amount_minor=7, token=TOKEN), end)
        for amount_minor, shared in SHARED.items():
            other = {key: value for key, value in ELSEWHERE.items() if key != shared}
            if shared == "token":
                other["token"] = TOKEN
            journal.end(journal.begin(amount_minor=amount_minor, **other), end)
    for operation in ("sale", "void"):
        journal.end(journal.begin(operation, 600_000, token=TOKEN), "to_reverse")
    journal.end(journal.begin(amount_minor=7_000_000, token=TOKEN), "declined")
    return journal.books


@pytest.mark.parametrize("name", NAMES)
def test_each_ceiling_counts_what_is_certain_and_what_is_open(books: Books, name: str) -> None:
    reached = SUMS[name] + WANTED.amount_minor
    assert refusal(books, with_ceiling(name, reached), WANTED) is None
    assert refusal(books, with_ceiling(name, reached - 1), WANTED) is REFUSED[name]
    assert refusal(books, with_ceiling(name, 0, COUNTS[name] + 1), WANTED) is None
    assert refusal(books, with_ceiling(name, 0, COUNTS[name]), WANTED) is REFUSED[name]
    assert refusal(books, with_ceiling(name, 0, 1), WANTED) is REFUSED[name]


@pytest.mark.parametrize("name", NAMES)
def test_each_counts_from_nothing(name: str) -> None:
    empty = signed_in().books
    assert refusal(empty, with_ceiling(name, 100, 1), WANTED) is None
    assert refusal(empty, with_ceiling(name, 99), WANTED) is REFUSED[name]
    assert refusal(empty, with_ceiling(name, 1), WANTED) is REFUSED[name]


def test_no_ceiling_refuses_nothing(books: Books) -> None:
    assert refusal(books, Parameters(), replace(WANTED, amount_minor=10**11)) is None


def test_the_first_that_breaks_is_named(books: Books) -> None:
    one = Ceiling(1, 1)
    all_break = Parameters(ceilings=Ceilings(one, one, one, one, one))
    assert refusal(books, all_break, WANTED) is Refused.ORIGINAL_CEILING
    unnamed = replace(WANTED, key="")
    assert refusal(books, all_break, unnamed) is Refused.CARD_CEILING
    assert refusal(books, all_break, replace(unnamed, token="")) is Refused.OPERATOR_CEILING
    few = Parameters(ceilings=Ceilings(batch=one, day=one))
    assert refusal(books, few, WANTED) is Refused.BATCH_CEILING


def test_a_purchase_without_a_number_and_no_card_yet_are_counted_under_nothing() -> None:
    journal = signed_in()
    nameless = replace(PURCHASE, rrn="000000000000")
    journal.end(journal.begin(original=nameless), "unknown")
    shop = Parameters(ceilings=Ceilings(original=Ceiling(1, 1), card=Ceiling(1, 1)))
    assert refusal(journal.books, shop, replace(WANTED, key="", token="")) is None
    journal.end(journal.begin(original=nameless))
    assert journal.books.given.by_card == {}
    assert journal.books.given.card_days == {}


# ---- what somebody approves for himself


def person(role: Role) -> Person:
    return Person("09", "Li", role)


def test_what_is_left_to_approve_for_oneself() -> None:
    journal, shop = signed_in(), Parameters(alone_day_minor=1000)
    supervisor = person(Role.SUPERVISOR)
    assert alone_left_minor(journal.books, shop, supervisor) == 1000
    journal.end(journal.begin(amount_minor=300, exceptions=("typed_card", "alone")))
    assert journal.books.given.alone == Tally(300, 1)
    journal.end(journal.begin(amount_minor=60, exceptions=("alone",)), "unknown")
    for end in ("approved", "unknown"):
        journal.end(journal.begin(amount_minor=5, exceptions=("typed_card",)), end)
    assert alone_left_minor(journal.books, shop, supervisor) == 640
    journal.end(journal.begin(amount_minor=640, exceptions=("alone",)))
    assert alone_left_minor(journal.books, shop, supervisor) == 0
    journal.end(journal.begin(amount_minor=1, exceptions=("alone",)))
    assert alone_left_minor(journal.books, shop, supervisor) == 0


@pytest.mark.parametrize("role", list(Role))
def test_who_approves_nothing_has_nothing_left(role: Role) -> None:
    left_minor = alone_left_minor(Books(), Parameters(alone_day_minor=1000), person(role))
    assert left_minor == (1000 if may(role, Action.APPROVE_REFUND) else 0)


# ---- what is counted, and until when


def given_of(journal: Journal) -> tuple[Tally, Tally, dict[str, Tally], dict[str, Tally]]:
    given = journal.books.given
    return given.of_day, given.of_batch, given.by_operator, given.by_card


def test_what_was_approved_counts_not_what_was_asked() -> None:
    journal = signed_in()
    journal.end(journal.begin(amount_minor=500, token=TOKEN), approved_minor=450)
    journal.end(journal.begin(amount_minor=50, token=TOKEN, operator="02"))
    both, first, second = Tally(500, 2), Tally(450, 1), Tally(50, 1)
    assert given_of(journal) == (both, both, {"01": first, "02": second}, {TOKEN: both})


def test_a_refund_of_an_earlier_batch_counts_for_the_day_only() -> None:
    journal = signed_in()
    late = journal.begin()
    journal.end(late, "unknown")
    journal.store("signed_in", batch=8)
    journal.end(journal.begin(amount_minor=1))
    journal.end(late)
    assert journal.books.given.of_day == Tally(501, 2)
    assert journal.books.given.of_batch == Tally(1, 1)


def answer_on(journal: Journal, day: str, token: str = TOKEN) -> None:
    journal.end(journal.begin(token=token, exceptions=("alone",)), trusted_day=day)


def test_a_later_day_of_the_host_begins_the_counts_of_the_day_anew() -> None:
    journal, one = signed_in(), Tally(500, 1)
    answer_on(journal, "2024-05-30")
    answer_on(journal, "2024-05-31")
    assert given_of(journal) == (one, Tally(1000, 2), {"01": one}, {TOKEN: one})
    assert journal.books.given.alone == one
    assert journal.books.given.day == "2024-05-31"


@pytest.mark.parametrize("day", ["2024-05-31", "2024-05-30", ""])
def test_no_other_answer_begins_a_day(day: str) -> None:
    journal = signed_in()
    answer_on(journal, "2024-05-31")
    answer_on(journal, day)
    assert journal.books.given.day == "2024-05-31"
    assert journal.books.given.of_day == Tally(1000, 2)


def test_a_card_is_remembered_for_so_many_days() -> None:
    journal = signed_in()
    answer_on(journal, "2024-05-01", "ab12000000000001")
    answer_on(journal, "2024-05-02", "ab12000000000002")
    last_day = date(2024, 5, 2).replace(month=6).isoformat()
    assert (date.fromisoformat(last_day) - date(2024, 5, 2)).days == CARD_DAYS
    answer_on(journal, last_day, "ab12000000000003")
    assert journal.books.given.card_days == {
        "ab12000000000002": "2024-05-02",
        "ab12000000000003": last_day,
    }


ENDS = st.sampled_from([Outcome.APPROVED, Outcome.UNKNOWN, Outcome.DECLINED])


@given(st.lists(st.tuples(st.integers(1, 60), ENDS), max_size=12), st.sampled_from(NAMES))
def test_whoever_asks_before_each_refund_never_gives_more(
    refunds: list[tuple[int, Outcome]], name: str
) -> None:
    journal, shop = signed_in(), with_ceiling(name, 100, 4)
    moved: list[int] = []
    for amount_minor, end in refunds:
        refused = refusal(journal.books, shop, replace(WANTED, amount_minor=amount_minor))
        assert (refused is None) is (sum(moved) + amount_minor <= 100 and len(moved) < 4)
        if refused is None:
            journal.end(journal.begin(amount_minor=amount_minor, token=TOKEN), end.value)
            moved += [amount_minor] if end.counts_as_spent else []

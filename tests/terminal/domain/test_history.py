"""Transactions found again in the journal: compared with a model that holds all of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.domain.history import Query, State, find, of_batch, state_of, whole
from tests.terminal.domain.history_model import (
    ANSWERS,
    BY_HAND,
    CARDS,
    DAYS,
    Stored,
    is_asked_for,
    journal,
    model,
)

picks = st.integers(0, 30)
begins = st.tuples(
    st.just("begin"),
    st.sampled_from(["refund", "qr_refund", "void", "sale", "sale"]),
    st.integers(1, 3),
    st.sampled_from(CARDS),
    st.sampled_from(DAYS),
)
answers = st.tuples(
    st.just("answer"), picks, st.sampled_from(ANSWERS + BY_HAND), st.sampled_from([0, 0, 1])
)
papers = st.tuples(
    st.just("paper"), picks, st.sampled_from(["printed", "reprinted", "reversal_try"])
)
others = st.sampled_from([("boot",), ("next_batch",), ("logon",)])
steps = st.lists(begins | answers | papers | others, max_size=60)
queries = st.builds(
    Query,
    st.none() | st.integers(1, 8),
    st.sampled_from([None, None, "1232", "9999"]),
    st.none() | st.integers(1, 3),
    st.none() | st.sampled_from([date.fromisoformat(day) for day in DAYS]),
    st.none() | st.sampled_from(State),
)


# ---- against the model


@given(steps, queries, st.integers(1, 6))
def test_a_search_finds_what_the_model_finds_newest_first(
    script: list[Any], query: Query, most: int
) -> None:
    records = journal(script)
    told = sorted(model(records).values(), key=lambda pair: -pair[0].record)
    expected = [t for t, state in told if is_asked_for(t, state, query)]
    assert find(iter(records), query, most) == tuple(expected[:most])


@given(steps)
def test_a_transaction_is_told_whole(script: list[Any]) -> None:
    records = journal(script)
    told = model(records)
    for record in records:
        expected = told[record.number][0] if record.number in told else None
        assert whole(iter(records), record.number) == expected


@given(steps, st.integers(1, 4))
def test_a_batch_is_its_transactions_in_order(script: list[Any], batch: int) -> None:
    records = journal(script)
    expected = tuple(t for t, _ in model(records).values() if t.intent.batch == batch)
    assert of_batch(iter(records), batch) == expected


@given(steps)
def test_the_books_and_the_history_agree(script: list[Any]) -> None:
    records = journal(script)
    books = Books()
    for record in records:
        take_in(books, record)
    told = model(records)
    for one in (*books.unresolved.values(), *books.recent):
        assert whole(iter(records), one.record) == one
        assert state_of(one, books) is told[one.record][1]


# ---- in single cases


def _records(*script: Any) -> list[Stored]:
    return journal(list(script))


SALE = ("begin", "sale", 2, CARDS[0], DAYS[0])
VOID = ("begin", "void", 2, CARDS[0], DAYS[0])
REFUND = ("begin", "refund", 2, CARDS[1], DAYS[0])
APPROVED = ("answer", 0, "approved", 0)


def test_a_sale_that_was_voided_is_found_as_voided_only() -> None:
    records = _records(SALE, APPROVED, VOID, APPROVED)
    (sale,) = find(records, Query(state=State.VOIDED))
    assert sale.intent.operation == "sale"
    (void,) = find(records, Query(state=State.APPROVED))
    assert void.intent.operation == "void"


def test_a_sale_is_found_as_approved_in_its_batch_and_after_it() -> None:
    for script in ((SALE, APPROVED), (SALE, APPROVED, ("next_batch",))):
        (sale,) = find(_records(*script), Query(state=State.APPROVED))
        assert find(_records(*script), Query(last_four="1232")) == (sale,)
        assert find(_records(*script), Query(day=date.fromisoformat(DAYS[1]))) == (sale,)
        for other in (Query(state=State.VOIDED), Query(last_four="0048"), Query(stan=2)):
            assert find(_records(*script), other) == ()


def test_a_reversal_that_came_too_early_is_told() -> None:
    open_one = _records(SALE, ("answer", 0, "to_reverse", 0), ("paper", 0, "reversal_try"))
    early = Stored(len(open_one) + 1, "reversal_early", {"intent": 2}, "")
    told = whole([*open_one, early], 2)
    assert told is not None
    assert (told.reversal_tries, told.reversal_early) == (1, True)
    (found,) = find([*open_one, early], Query(stan=1))
    assert found == told


def test_a_void_that_a_person_settles_after_the_batch_still_voids_its_sale() -> None:
    manual = ("answer", 0, "manual", 0)
    by_hand = ("answer", 0, "done_by_hand", 0)
    records = _records(SALE, APPROVED, VOID, manual, ("next_batch",), by_hand)
    assert [t.intent.operation for t in find(records, Query(state=State.VOIDED))] == ["sale"]
    assert [t.intent.operation for t in find(records, Query(state=State.BY_HAND))] == ["void"]


def test_the_books_know_a_sale_as_voided_once_that_is_certain() -> None:
    records = _records(SALE, APPROVED, VOID)
    assert [str(state) for state in _states(records)] == ["approved", "unknown"]
    voided = _records(SALE, APPROVED, VOID, APPROVED)
    assert [str(state) for state in _states(voided)] == ["voided", "approved"]
    other = _records(SALE, APPROVED, SALE, APPROVED, VOID, APPROVED, REFUND)
    assert [str(state) for state in _states(other)] == ["voided", "approved", "approved", "unknown"]


def _states(records: list[Stored]) -> list[State]:
    """Of what is open, then of the recent ones in their order."""
    books = Books()
    for record in records:
        take_in(books, record)
    every = {t.record: t for t in (*books.unresolved.values(), *books.recent)}
    return [state_of(every[number], books) for number in sorted(every)]


def test_an_answer_after_a_final_one_changes_nothing() -> None:
    records = _records(REFUND, APPROVED)
    late = Stored(len(records) + 1, "result", {"intent": 2, "outcome": "declined"}, "")
    assert find([*records, late], Query()) == find(records, Query())


def test_what_is_printed_later_belongs_to_a_transaction_that_was_found() -> None:
    records = _records(REFUND, APPROVED, ("paper", 0, "printed"), ("paper", 0, "reprinted"))
    (found,) = find(records, Query(stan=1))
    assert (found.printed, found.copies) == (("merchant",), 1)


def test_a_payment_without_a_card_has_no_last_four() -> None:
    wallet = ("begin", "qr_refund", 2, "", DAYS[0])
    assert find(_records(wallet, APPROVED), Query(last_four="1232")) == ()


def test_no_transaction_has_the_number_of_another_record() -> None:
    records = _records(REFUND, APPROVED)
    assert whole(records, 1) is None
    assert whole(records, 99) is None


def test_a_search_reads_the_journal_once_and_holds_little_of_it() -> None:
    read = 0

    def long_journal() -> Iterator[Stored]:
        nonlocal read
        for record in _records(*[REFUND, APPROVED] * 500):
            read += 1
            yield record

    found = find(long_journal(), Query(), most=3)
    assert read == 1001
    assert [t.intent.stan for t in found] == [500, 499, 498]

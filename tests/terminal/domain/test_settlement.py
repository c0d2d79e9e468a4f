"""What a batch adds up to, and what of it is sent up one by one."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books, Totals
from terminal.domain.history import of_batch
from terminal.domain.original import Original
from terminal.domain.settlement import (
    DETAILS_MOST,
    IN_DETAILS,
    OPERATIONS,
    Balance,
    BatchTotals,
    OperationTotals,
    SettledBatch,
    UploadKind,
    batch_totals,
    done_by_hand_of,
    explaining,
    still_to_upload,
    unresolved_of,
    upload_count,
    upload_plan,
)
from terminal.domain.transaction import Intent, Outcome, Transaction


@dataclass(frozen=True)
class Stored:
    number: int
    kind: str
    body: dict[str, Any]
    wall: str = "2024-05-31T04:30:00.000Z"


def one(
    record: int,
    operation: str = "refund",
    outcome: Outcome = Outcome.APPROVED,
    amount_minor: int = 100,
) -> Transaction:
    original = Original(f"{record:012d}", date(2024, 5, 20), 9000)
    intent = Intent(
        operation,
        record,
        7,
        amount_minor,
        "S",
        "621234******1232",
        "",
        original,
        "",
        "",
        "01",
    )
    return Transaction(record, intent, outcome=outcome)


kinds = st.tuples(st.sampled_from(OPERATIONS), st.sampled_from(Outcome), st.integers(1, 10**6))
batches = st.lists(kinds, max_size=40).map(
    lambda every: tuple(one(n, *kind) for n, kind in enumerate(every, start=1))
)


@given(batches)
def test_the_plan_holds_each_approved_transaction_once_and_no_other(
    batch: tuple[Transaction, ...],
) -> None:
    planned = [t for item in upload_plan(batch) for t in item.transactions]
    approved = [t for t in batch if t.outcome is Outcome.APPROVED]
    assert sorted(planned, key=lambda t: t.record) == approved
    assert upload_count(upload_plan(batch)) == len(approved)


@given(batches)
def test_details_come_first_in_full_groups_and_refunds_one_by_one(
    batch: tuple[Transaction, ...],
) -> None:
    plan = upload_plan(batch)
    details = [i for i in plan if i.kind is UploadKind.DETAILS]
    refunds = [i for i in plan if i.kind is UploadKind.REFUND]
    assert (*details, *refunds) == plan
    assert all(len(item.transactions) == DETAILS_MOST for item in details[:-1])
    assert all(1 <= len(item.transactions) <= DETAILS_MOST for item in details[-1:])
    assert all(len(item.transactions) == 1 for item in refunds)
    for item in plan:
        is_detail = item.kind is UploadKind.DETAILS
        assert all((t.intent.operation in IN_DETAILS) is is_detail for t in item.transactions)
    for kept in (details, refunds):
        records = [t.record for item in kept for t in item.transactions]
        assert records == sorted(records)


@given(batches, st.randoms(), st.data())
def test_an_upload_goes_on_from_any_cursor_with_the_same_rest(
    batch: tuple[Transaction, ...], chance: Any, data: st.DataObject
) -> None:
    plan = upload_plan(batch)
    items_done = data.draw(st.integers(0, len(plan)))
    again = list(batch)
    chance.shuffle(again)
    rest = still_to_upload(upload_plan(again), items_done)
    assert plan[:items_done] + rest == plan
    assert [item.number for item in rest] == list(range(items_done + 1, len(plan) + 1))


def test_a_cursor_beyond_the_plan_is_a_programmers_error() -> None:
    with pytest.raises(AssertionError):
        still_to_upload(upload_plan([one(1)]), 2)


@given(batches)
def test_every_transaction_that_counts_is_planned_or_named(
    batch: tuple[Transaction, ...],
) -> None:
    planned = [t for item in upload_plan(batch) for t in item.transactions]
    named = [*unresolved_of(batch), *done_by_hand_of(batch)]
    counted = [t for t in batch if t.outcome.counts_as_spent]
    assert sorted((*planned, *named), key=lambda t: t.record) == counted


@given(batches)
def test_totals_of_the_operations_add_up_to_the_books(batch: tuple[Transaction, ...]) -> None:
    records = [Stored(1, "signed_in", {"batch": 7})]
    for transaction in batch:
        number = len(records) + 1
        records.append(Stored(number, "intent", transaction.intent.to_body()))
        if transaction.outcome is not Outcome.SENT:
            body = {"intent": number, "outcome": transaction.outcome.value, "rrn": f"{number:012d}"}
            records.append(Stored(number + 1, "result", body))
    books = Books()
    for record in records:
        take_in(books, record)
    totals = batch_totals(books.totals, of_batch(records, 7))
    sales = [o for o in totals.operations if o.operation == "sale"]
    others = [o for o in totals.operations if o.operation != "sale"]
    assert totals.foreign == Totals()
    assert totals.domestic == Totals(
        sum(o.amount_minor for o in sales),
        sum(o.count for o in sales),
        sum(o.amount_minor for o in others),
        sum(o.count for o in others),
    )


def test_the_amount_counted_is_what_the_host_moved() -> None:
    partly = replace(one(1), approved_minor=60)
    assert batch_totals(Books().totals, [partly]).operations == (OperationTotals("refund", 1, 60),)


def settled(ours: Totals, host: Totals | None, *unresolved: Transaction) -> SettledBatch:
    return SettledBatch(
        batch=7,
        stan=50,
        operator="01",
        totals=BatchTotals(ours),
        domestic=Balance.DIFFERENT,
        foreign=Balance.BALANCED,
        host_domestic=host,
        unresolved=unresolved,
    )


def test_an_unresolved_one_that_makes_up_the_difference_is_evidence() -> None:
    refund, sale = one(1, "refund", Outcome.UNKNOWN), one(2, "sale", Outcome.MANUAL)
    more_credit, more_debit = Totals(500, 2, 400, 3), Totals(600, 3, 300, 2)
    ours = Totals(500, 2, 300, 2)
    assert explaining(settled(ours, more_credit, refund, sale)) == (refund,)
    assert explaining(settled(ours, more_debit, refund, sale)) == (sale,)


def test_nothing_is_evidence_without_a_difference_or_the_hosts_figures() -> None:
    refund = one(1, "refund", Outcome.UNKNOWN)
    ours = Totals(500, 2, 300, 2)
    assert explaining(settled(ours, None, refund)) == ()
    balanced = replace(settled(ours, Totals(500, 2, 400, 3), refund), domestic=Balance.BALANCED)
    assert explaining(balanced) == ()


def test_one_of_an_earlier_batch_can_not_explain_this_one() -> None:
    refund = one(1, "refund", Outcome.UNKNOWN)
    earlier = replace(refund, intent=replace(refund.intent, batch=6))
    ours = Totals(500, 2, 300, 2)
    assert explaining(settled(ours, Totals(500, 2, 400, 3), earlier)) == ()

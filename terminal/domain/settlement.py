"""Closing a batch: what it adds up to, what is sent up one by one, what stays open (3.9, 3.10).

Everything here is made of the transactions of one batch as they stood when its settlement began:
fold the records up to that one, and a plan is the same after every restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import Final

from terminal.domain.bookkeeping import count
from terminal.domain.books import Totals
from terminal.domain.transaction import Outcome, Transaction

DETAILS_MOST: Final = 8  # records of one F48 (3.10)
OPERATIONS: Final = ("sale", "void", "refund", "qr_refund")
IN_DETAILS: Final = frozenset({"sale", "void"})


class Balance(StrEnum):
    """What the host says of one half of the totals: domestic or foreign cards.

    NOT_COMPARED: it said nothing, and a person has closed the batch without it.
    """

    BALANCED = "balanced"
    DIFFERENT = "different"
    ERROR = "error"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class OperationTotals:
    """How often one operation moved money in the batch, and how much."""

    operation: str
    count: int = 0
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """What the terminal counted: domestic and foreign cards, and each operation of both."""

    domestic: Totals = field(default_factory=Totals)
    foreign: Totals = field(default_factory=Totals)
    operations: tuple[OperationTotals, ...] = ()


def batch_totals(
    totals: Totals, transactions: Iterable[Transaction], foreign: Totals | None = None
) -> BatchTotals:
    """The books' totals of the batch, with those of each operation."""
    done = tuple(t for t in transactions if t.outcome.has_moved)
    operations = (_operation_totals(name, done) for name in OPERATIONS)
    return BatchTotals(totals, foreign or Totals(), tuple(o for o in operations if o.count))


def _operation_totals(operation: str, done: Iterable[Transaction]) -> OperationTotals:
    amounts = [t.moved_minor for t in done if t.intent.operation == operation]
    return OperationTotals(operation, len(amounts), sum(amounts))


class UploadKind(StrEnum):
    """One message with several details, or one refund's own message."""

    DETAILS = "details"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One 0320 of the upload: `number` is 1, 2, 3 … and the cursor once the host has it.

    DETAILS hold up to 8 transactions, a REFUND one. The amounts to send are `moved_minor`.
    """

    number: int
    kind: UploadKind
    transactions: tuple[Transaction, ...]


def upload_plan(transactions: Iterable[Transaction]) -> tuple[UploadItem, ...]:
    """Sales and voids in groups, then the refunds one by one, each in journal order (3.10).

    Only what the host approved: nothing unresolved, and nothing that a person settled, because
    for that nothing is ever sent again.
    """
    approved = [t for t in transactions if t.outcome is Outcome.APPROVED]
    approved.sort(key=lambda t: t.record)
    details = [t for t in approved if t.intent.operation in IN_DETAILS]
    refunds = [t for t in approved if t.intent.operation not in IN_DETAILS]
    groups = chain(
        ((UploadKind.DETAILS, group) for group in _grouped(details)),
        ((UploadKind.REFUND, (one,)) for one in refunds),
    )
    return tuple(UploadItem(n, kind, group) for n, (kind, group) in enumerate(groups, start=1))


def _grouped(transactions: list[Transaction]) -> Iterator[tuple[Transaction, ...]]:
    for start in range(0, len(transactions), DETAILS_MOST):
        yield tuple(transactions[start : start + DETAILS_MOST])


def still_to_upload(plan: tuple[UploadItem, ...], items_done: int) -> tuple[UploadItem, ...]:
    """What is left when the host has the first `items_done`; empty when only the end is due."""
    assert 0 <= items_done <= len(plan)
    return plan[items_done:]


def upload_count(plan: Iterable[UploadItem]) -> int:
    """The number of records for the message that ends the upload (F48 n4)."""
    return sum(len(item.transactions) for item in plan)


def unresolved_of(transactions: Iterable[Transaction]) -> tuple[Transaction, ...]:
    """What nobody knows yet: in no total, never uploaded, named on the slip."""
    return tuple(t for t in transactions if t.outcome.unresolved)


def done_by_hand_of(transactions: Iterable[Transaction]) -> tuple[Transaction, ...]:
    """What a person found done: in the totals, but never uploaded, named on the slip."""
    return tuple(t for t in transactions if t.outcome is Outcome.DONE_BY_HAND)


@dataclass(frozen=True, slots=True)
class NotUploaded:
    """A message that a person left out; without transactions it was the question, or the end.

    `why` is the code with which the host refused it, or `settling.SILENT`; empty when its card
    can't be opened.
    """

    transactions: tuple[Transaction, ...]
    operator: str
    operator_name: str = ""
    why: str = ""
    is_question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledBatch:
    """A closed batch as its slip tells it.

    The host's figures are None when it sent none. `wall` is an ISO time, host_date MMDD, host_time
    hhmmss. `uploaded` counts the records of an upload, None when there was none.
    """

    batch: int
    stan: int
    operator: str
    totals: BatchTotals
    domestic: Balance
    foreign: Balance
    host_domestic: Totals | None = None
    host_foreign: Totals | None = None
    uploaded: int | None = None
    unresolved: tuple[Transaction, ...] = ()
    by_hand: tuple[Transaction, ...] = ()
    not_uploaded: tuple[NotUploaded, ...] = ()
    operator_name: str = ""
    wall: str = ""
    host_date: str = ""
    host_time: str = ""


def explaining(settled: SettledBatch) -> tuple[Transaction, ...]:
    """Unresolved ones that alone make up the whole difference: evidence, no proof (profile 4)."""
    if settled.host_domestic is None or settled.domestic is not Balance.DIFFERENT:
        return ()
    ours, host = settled.totals.domestic, settled.host_domestic
    in_batch = (t for t in settled.unresolved if t.intent.batch == settled.batch)
    return tuple(t for t in in_batch if _with_one(ours, t) == host)


def _with_one(totals: Totals, transaction: Transaction) -> Totals:
    """As if this one had moved its money too."""
    counted = replace(totals)
    count(counted, transaction)
    return counted

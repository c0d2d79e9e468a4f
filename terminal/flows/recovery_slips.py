"""Slips that recovery owes: of a refund that turned out to be done, of a reversal that failed."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain.facts import Facts
from terminal.domain.receipt import Copy
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Persist
from terminal.flows import print_slips, reversal_slip
from terminal.flows.print_slips import BOTH
from terminal.flows.recovery_due import Recovery, Step


def owed(facts: Facts) -> tuple[Transaction, ...]:
    """Whose slips are not on paper: the failed reversals, then the late approvals."""
    failed = (t for t in facts.books.unresolved.values() if _failed(t))
    return (*failed, *(t for t in facts.books.recent if _copies(t)))


def _failed(one: Transaction) -> bool:
    is_a_persons = one.outcome is Outcome.MANUAL and bool(one.reversal_reason)
    return is_a_persons and reversal_slip.SLIP not in one.printed


def _copies(one: Transaction) -> tuple[Copy, ...]:
    is_late = one.outcome is Outcome.APPROVED and bool(one.recovered)
    return tuple(copy for copy in BOTH if is_late and copy.value not in one.printed)


def _next(c: Recovery) -> Transaction | None:
    return next((t for t in owed(c.facts) if t.record not in c.slips), None)


def slip_is_owed(c: Recovery, event: object) -> bool:
    """One that this run has not tried to print."""
    return _next(c) is not None


def print_slip(c: Recovery, event: object) -> Step:
    """The result stands, paper or no paper; what is not printed now is owed at the next start."""
    one = _next(c)
    assert one is not None
    tried = replace(c, record=one.record, slips=c.slips | {one.record})
    if _failed(one):
        return tried, (reversal_slip.call(c.facts, one.record),)
    if one.record in c.facts.clocks.resolved:
        return tried, (print_slips.call(c.facts, one.record, _copies(one)),)
    # Before the power went a part of it may have come out: this is a copy (F70, F71).
    counted = Persist("reprinted", {"intent": one.record, "by": c.facts.books.operator})
    return tried, (counted, print_slips.call(c.facts, one.record, _copies(one), duplicate=True))

"""Whether a run kept what must always hold (INV-1 to INV-15), told from its evidence alone.

It shares no code with the firmware, its drivers or the emulator: it was written from the documents
of the wires, of the journal and of the ledger, so that a mistake in one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

from tests.simulation import (
    check_batches,
    check_begun,
    check_books,
    check_in_time,
    check_line,
    check_messages,
    check_money,
    check_numbers,
    check_pad,
    check_paper,
    check_pending,
    check_people,
    check_screens,
    check_secrets,
    check_undone,
)
from tests.simulation.check_chain import check_chain
from tests.simulation.check_run import Run, read_run
from tests.simulation.evidence import Evidence, Violation

Invariant = Callable[[Run], Iterator[Violation]]


def _chain_is_whole(run: Run) -> Iterator[Violation]:
    return check_chain(run.journal, run.evidence)


INVARIANTS: Final[tuple[Invariant, ...]] = (
    _chain_is_whole,
    *check_money.CHECKS,
    *check_books.CHECKS,
    *check_numbers.CHECKS,
    *check_messages.CHECKS,
    *check_paper.CHECKS,
    *check_screens.CHECKS,
    *check_pending.CHECKS,
    *check_begun.CHECKS,
    *check_undone.CHECKS,
    *check_in_time.CHECKS,
    *check_batches.CHECKS,
    *check_line.CHECKS,
    *check_pad.CHECKS,
    *check_people.CHECKS,
    *check_secrets.CHECKS,
)


def check(evidence: Evidence) -> tuple[Violation, ...]:
    """All that was violated, each said once. A run that can be read at all raises nothing."""
    run = read_run(evidence)
    found = chain.from_iterable(_asked(invariant, run) for invariant in INVARIANTS)
    return tuple(dict.fromkeys(found))


def _asked(invariant: Invariant, run: Run) -> Iterator[Violation]:
    try:
        yield from invariant(run)
    except (LookupError, TypeError, ValueError) as error:
        name = getattr(invariant, "__name__", "")
        yield Violation("INV-10", f"{name}: a record makes no sense ({type(error).__name__})")

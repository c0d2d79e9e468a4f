"""What is open blocks what could conflict (INV-8), stays known (INV-9) and ends (INV-12)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from tests.simulation.check_cases import TRIES_MOST, Case, steps
from tests.simulation.check_chain import Record
from tests.simulation.check_run import Run
from tests.simulation.check_slips import settlement_slips
from tests.simulation.evidence import Violation

PATIENCE_S: Final = 900.0  # message life, three tries with growing gaps, and somebody to start them


def blocked(run: Run) -> Iterator[Violation]:
    """No refund or void of an original, or to a card, of which anything is open.

    Nor anything at all, where the profile says so.
    """
    found: dict[int, Case] = {}
    for record in steps(run.journal.records, found):
        case = found.get(record.number)
        for other in found.values() if case else ():
            if case and other is not case and other.is_open and _conflicts(run, case, other):
                yield Violation("INV-8", f"{case.name} was begun while {other.name} was open")


def _conflicts(run: Run, case: Case, other: Case) -> bool:
    if run.evidence.unknown_blocks_all or not case.original:
        return run.evidence.unknown_blocks_all
    same_card = bool(case.token) and case.token == other.token
    return same_card or case.original == other.original


def lists_what_is_open(run: Run) -> Iterator[Violation]:
    """The slip of a settlement names each intent that was open when it was asked (F80).

    Those of earlier batches too: nobody would ever ask about them again.
    """
    texts = settlement_slips(run.evidence.papers)
    found: dict[int, Case] = {}
    for record in steps(run.journal.records, found):
        if record.kind != "settle_asked":
            continue
        text = texts.get((record.body["batch"], record.body["stan"]))
        for case in found.values() if text else ():
            is_named = f"{case.key[1]:06d}" in str(text)
            if case.is_open and not is_named and not _was_resolved(run, case, record):
                yield Violation("INV-9", f"{case.name} is open, and not on the settlement slip")


def _was_resolved(run: Run, case: Case, asked: Record) -> bool:
    # Between the question and the slip it may have been found out, by a person or by asking.
    closed = (r.number for r in run.journal.records if r.kind == "batch_closed")
    end = next((number for number in closed if number > asked.number), None)
    decided = run.by_key[case.key].deciding
    return decided is not None and (end is None or decided.number < end)


def tries_are_counted(run: Run) -> Iterator[Violation]:
    """After the last try of a reversal comes a person, not one more try, and not silence."""
    for case in run.cases:
        # One that never left is no try.
        tries = min(run.reversals(case.key), case.counted("reversal_try"))
        final = tries - case.counted("reversal_early")
        if final > TRIES_MOST:
            yield Violation("INV-9", f"{case.name} was reversed {final} times")


def manual_stays_manual(run: Run) -> Iterator[Violation]:
    """What waits for a person is ended by a person, or by an answer; it never goes back."""
    for case in run.cases:
        said = [r.body["outcome"] for r in case.results]
        for before, after in pairwise(said):
            if before == "manual" and after in ("unknown", "to_reverse", "not_sent"):
                yield Violation("INV-9", f"{case.name} was on the manual list and became {after}")


def settled_by_a_person(run: Run) -> Iterator[Violation]:
    """What the journal says a person found out is what a person said, and the other way round."""
    said = run.evidence.settled_by_hand
    for case in run.cases:
        for record in case.results:
            if record.kind != "settled":
                continue
            done = record.body["outcome"] == "done_by_hand"
            if said.get(case.key) != done:
                story = f"{case.name}: {record.body['outcome']}, a person said {said.get(case.key)}"
                yield Violation("INV-10", story)


def ends_when_calm(run: Run) -> Iterator[Violation]:
    """So long after the last fault nothing is open that the profile can resolve by itself."""
    calm_s = run.evidence.calm_s
    if calm_s is None or _end_s(run) - calm_s < PATIENCE_S:
        return
    for case in run.cases:
        if case.outcome in _resolvable(run, case):
            yield Violation("INV-12", f"{case.name} is still {case.outcome}")


def _resolvable(run: Run, case: Case) -> frozenset[str]:
    if case.is_reversible:
        return frozenset({"sent", "to_reverse"})
    can_ask = run.evidence.recovery[:1] != ("manual",) and not case.is_duplicate
    return frozenset({"sent", "unknown"}) if can_ask else frozenset()


def _end_s(run: Run) -> float:
    seen = (run.evidence.passed, run.evidence.shown, run.evidence.papers)
    return max((one.at_s for kind in seen for one in kind[-1:]), default=0.0)


CHECKS: Final = (
    blocked,
    lists_what_is_open,
    tries_are_counted,
    manual_stays_manual,
    settled_by_a_person,
    ends_when_calm,
)

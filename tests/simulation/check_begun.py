"""What must be so when an intent is stored: nothing due before it, nothing beyond its limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from tests.simulation.check_cases import REFUNDS, Case, batches, steps
from tests.simulation.check_chain import Record
from tests.simulation.check_days import day_of, wall_day
from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation

KEY_NAME_LENGTH: Final = 4  # of a token: which key made it


def reversed_first(run: Run) -> Iterator[Violation]:
    """Nothing new is begun while a sale or void is to be taken back now (F02, F40)."""
    found: dict[int, Case] = {}
    started = 0
    for record in steps(run.journal.records, found):
        started = record.number if record.kind == "boot" else started
        for case in found.values() if record.number in found else ():
            if case.record is not record and _is_due(case, started):
                story = f"record {record.number} was begun before {case.name} was reversed"
                yield Violation("INV-8", story)


def _is_due(case: Case, started: int) -> bool:
    if not case.is_reversible or case.outcome not in ("sent", "to_reverse"):
        return False
    if not case.counted("reversal_early"):
        return True
    # It waits for the message life, which may have begun anew at the start; a try that came to
    # nothing was made after it.
    last = max((*case.results, *case.tries), key=lambda one: one.number)
    return last.kind == "result" and last.number > started


def batch_is_open(run: Run) -> Iterator[Violation]:
    """From the question of a settlement on, its batch takes nothing new until the end is known."""
    asked = 0
    for record in run.journal.records:
        if record.kind == "settle_asked":
            asked = record.body["batch"]
        elif record.kind in ("batch_closed", "settle_refused"):
            asked = 0
        elif record.kind == "intent" and asked:
            story = f"record {record.number}: begun while batch {asked} was being settled"
            yield Violation("INV-2", story)


def only_question_is_refused(run: Run) -> Iterator[Violation]:
    """An earlier question without an answer may have closed the batch: it stays so (F83)."""
    asked = 0
    for record in run.journal.records:
        if record.kind == "settle_asked":
            asked += 1
        elif record.kind in ("settle_answered", "batch_closed", "settle_refused"):
            if record.kind == "settle_refused" and asked > 1:
                story = f"record {record.number}: batch {record.body['batch']} is open again"
                yield Violation("INV-2", story)
            asked = 0


def limits_are_kept(run: Run) -> Iterator[Violation]:
    """No refund above the shop's largest, nor to another card without somebody's consent."""
    most = run.evidence.refund_max_minor
    for case in run.cases:
        asked = case.intent["amount_minor"] if case.is_refund else 0
        if asked > most:
            yield Violation("INV-3", f"{case.name}: {asked}, the largest refund is {most}")
        if asked and _is_another_card(case) and "other_card" not in case.intent["exceptions"]:
            yield Violation("INV-3", f"{case.name} goes to another card than the one that paid")


def _is_another_card(case: Case) -> bool:
    """Only tokens of one key can be compared (the keypad's document)."""
    paid, token = str(case.intent["original"].get("token", "")), case.token
    is_comparable = bool(token) and paid[:KEY_NAME_LENGTH] == token[:KEY_NAME_LENGTH]
    return is_comparable and paid != token


def days_are_kept(run: Run) -> Iterator[Violation]:
    """No refund of a purchase that is too old, no void of another day or batch (F06, F07, F09).

    Today is the later of our day and the host's last one. What our clock said when the purchase
    was looked at is not stored: it was one of the days since the start.
    """
    window = run.evidence.refund_window_days
    ours: set[date] = set()
    trusted = date.min
    for record, batch in batches(run.journal.records):
        ours = ours if record.kind != "boot" else set()
        ours.add(wall_day(record))
        possible = {max(trusted, day) for day in ours}
        if record.kind == "intent":
            yield from _wrong_day(record, batch, possible, window)
        trusted = day_of(record.body.get("trusted_day")) or trusted


def _wrong_day(record: Record, batch: int, today: set[date], window: int) -> Iterator[Violation]:
    operation, original = record.body["operation"], record.body["original"]
    day = day_of(original.get("day"))
    if day and operation in REFUNDS and (min(today) - day).days > window:
        yield Violation("INV-15", f"record {record.number}: a refund of a purchase of {day}")
    if operation != "void":
        return
    if original["batch"] != batch:
        yield Violation("INV-3", f"record {record.number}: a void of batch {original['batch']}")
    if day and day not in today:
        yield Violation("INV-3", f"record {record.number}: a void of a sale of {day}")


CHECKS: Final = (
    reversed_first,
    batch_is_open,
    only_question_is_refused,
    limits_are_kept,
    days_are_kept,
)

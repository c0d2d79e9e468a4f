"""Nothing is final while a copy may be on its way, nor by a word about a copy (profile 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.simulation.check_cases import Case
from tests.simulation.check_days import request_days
from tests.simulation.check_frames import Message
from tests.simulation.check_messages import DECLINES, about, authentic
from tests.simulation.check_run import REQUESTS, Run
from tests.simulation.evidence import Violation

DONE, NOT_FOUND = "00", "25"
NOT_FOUND_LEAST: Final = 2
ROUNDING_S: Final = 0.01


def reversed_in_time(run: Run) -> Iterator[Violation]:
    """A reversal ends by "not found" only after the life of its request, on its day (F57)."""
    final = {NOT_FOUND, DONE} if run.evidence.not_found_is_00 else {NOT_FOUND}
    for case in run.cases:
        code = case.deciding.body.get("response_code") if case.deciding else None
        if case.outcome != "reversed" or code not in final:
            continue
        asked_s = max((m.at_s for m in run.sent_once() if _is(m, "0400", case)), default=0.0)
        if asked_s < _quiet_s(run, case, asked_s):
            yield Violation("INV-2", f"{case.name} was reversed within the message life")
        said = [m for m in authentic(run) if _is(m, "0410", case) and m.get(39) == code]
        if said and not any(_is_of_its_day(m, case) for m in said):
            yield Violation("INV-2", f"{case.name} was reversed on another day")


def _is(message: Message, mti: str, case: Case) -> bool:
    return message.mti == mti and message.key == case.key


def _is_of_its_day(message: Message, case: Case) -> bool:
    return message.get(13) in request_days(case) | {""}


def _quiet_s(run: Run, case: Case, until_s: float) -> float:
    """When no copy that had left by then can arrive any more."""
    copies = (m.at_s for m in run.sent() if m.mti in REQUESTS and m.key == case.key)
    last = max((at_s for at_s in copies if at_s < until_s), default=None)
    return 0.0 if last is None else last + run.evidence.message_life_s - ROUNDING_S


def not_done_in_time(run: Run) -> Iterator[Violation]:
    """Closed as not done: two answers "not found", both asked after the message life (F58)."""
    for case in run.cases:
        found = set(_not_found(run, case)) if case.outcome == "not_done" else None
        if found is not None and len(found) < NOT_FOUND_LEAST:
            yield Violation("INV-2", f"{case.name} was not done after {len(found)} times not found")


def _not_found(run: Run, case: Case) -> Iterator[str]:
    """Numbers of the questions."""
    asked = {m.get(11): m.at_s for m in run.sent() if m.is_inquiry}
    for message in _told(run, case):
        at_s = asked.get(message.get(11), 0.0)
        if message.get(39) == NOT_FOUND and at_s >= _quiet_s(run, case, at_s):
            yield from (message.get(11),) if _is_of_its_day(message, case) else ()


def _told(run: Run, case: Case) -> Iterator[Message]:
    return (m for m in authentic(run) if m.is_inquiry and about(m) == case.key)


def no_copy_declines(run: Run) -> Iterator[Violation]:
    """Once a refund is unknown only an inquiry's answer declines it: a copy's says nothing."""
    boots = [r.number for r in run.journal.records if r.kind == "boot"]
    for case in run.cases:
        decided = case.deciding
        if decided is None or case.outcome != "declined":
            continue
        was_unknown = any(r.body["outcome"] == "unknown" for r in case.results)
        was_cut = any(case.record.number < boot < decided.number for boot in boots)
        codes = (m.get(44).strip() for m in _told(run, case) if m.get(39) == DONE)
        if (was_unknown or was_cut) and DECLINES.isdisjoint(codes):
            yield Violation("INV-2", f"{case.name} was declined by the answer to a copy")


def settled_in_time(run: Run) -> Iterator[Violation]:
    """A person settles nothing while a copy or a reversal of it may be on its way."""
    life_s = run.evidence.message_life_s - ROUNDING_S
    settled = {c.key: r for c in run.cases for r in c.results if r.kind == "settled"}
    for message in run.sent() if settled and run.evidence.one_clock else ():
        record = settled.get(message.key) if message.carries_money else None
        if record is not None and 0.0 < record.monotonic_ms / 1000 - message.at_s < life_s:
            yield Violation("INV-2", f"{message.key} was settled by hand within the message life")


CHECKS: Final = (reversed_in_time, not_done_in_time, no_copy_declines, settled_in_time)

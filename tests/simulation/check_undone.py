"""A sale or void is taken back, never asked about (profile 4); what makes it a person's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.simulation.check_cases import SEEN, TRIES_MOST, Case
from tests.simulation.check_chain import Record
from tests.simulation.check_frames import Message
from tests.simulation.check_messages import about, authentic, was_checked
from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation


def sales_end_by_reversal(run: Run) -> Iterator[Violation]:
    """A sale or void without an answer is ended by its reversal, or by a person from the list."""
    for case in run.cases:
        said = "sent"
        for record in case.results if case.is_reversible else ():
            if record.kind == "settled" and said != "manual":
                yield Violation("INV-9", f"{case.name} was settled by hand, and was {said}")
            said = record.body["outcome"]


def sales_are_sent_once(run: Run) -> Iterator[Violation]:
    """A sale or void is never asked about, nor sent again when a frame had been acknowledged."""
    sent: set[tuple[int, int]] = set()
    for message in run.sent_once():
        case = run.by_key.get(about(message)) if message.mti == "0200" else None
        if case is None or not case.is_reversible:
            continue
        if message.is_inquiry:
            yield Violation("INV-9", f"{case.name} was asked about")
        elif case.key in sent:
            yield Violation("INV-1", f"{case.name} was sent again")
        sent.add(case.key)


def questions_are_about_ours(run: Run) -> Iterator[Violation]:
    """An inquiry names batch and number of an intent (profile 4)."""
    for message in run.sent_once():
        if run.trusts_journal and message.is_inquiry and about(message) not in run.by_key:
            yield Violation("INV-9", f"an inquiry asks about {about(message)}, which nobody stored")


def seen_numbers_are_left_alone(run: Run) -> Iterator[Violation]:
    """What the host has seen before is neither asked about, sent again nor reversed (profile 1)."""
    said = (m for m in authentic(run) if m.mti != "0410" and m.get(39) == SEEN)
    seen = {m.key[1] for m in said if was_checked(run, m)}
    for case in run.cases:
        if not case.is_duplicate or case.key[1] not in seen:
            continue
        asked = sum(m.is_inquiry and about(m) == case.key for m in run.sent_once())
        copies = sum(m.mti == "0220" and m.key == case.key for m in run.sent_once())
        if asked or copies > 1 or run.reversals(case.key):
            yield Violation("INV-9", f"{case.name} may be another's number, and was worked up")


# ---- onto the manual list


def manual_has_a_reason(run: Run) -> Iterator[Violation]:
    """Three reversals that left, or the host's own word, or no card number to send (F34, F46)."""
    answers = list(authentic(run))
    for case in run.cases:
        for record in case.results:
            code = record.body.get("response_code", "")
            if record.body["outcome"] != "manual":
                continue
            if not (_is_said(case, code, answers) if code else _is_over(run, case, record)):
                yield Violation("INV-9", f"{case.name} is a person's for no reason {code}".strip())


def _is_said(case: Case, code: str, answers: list[Message]) -> bool:
    said = (m for m in answers if m.key[1] == case.key[1] and m.get(39) == code)
    return any(m.mti == "0410" or (m.mti == "0210" and code == SEEN) for m in said)


def _is_over(run: Run, case: Case, record: Record) -> bool:
    left = run.reversals(case.key) - case.counted("reversal_early")
    return left + _cut_short(run, case) >= TRIES_MOST or _is_shut(run, case, record)


def _cut_short(run: Run, case: Case) -> int:
    """Tries of which nobody knows whether they left, because the power went."""
    told = sorted((*case.tries, *case.results), key=lambda one: one.number)
    ends = [*(one.number for one in told[1:]), len(run.journal.records) + 1]
    boots = [r.number for r in run.journal.records if r.kind == "boot"]
    return sum(
        one.kind == "reversal_try" and any(one.number < boot < end for boot in boots)
        for one, end in zip(told, ends, strict=True)
    )


def _is_shut(run: Run, case: Case, record: Record) -> bool:
    """There is no card number, or nobody can open it any more."""
    destroyed = (r for r in run.journal.records if r.kind == "seal_destroyed")
    gone = any(r.number < record.number and r.body["batch"] == case.key[0] for r in destroyed)
    return gone or not case.intent.get("sealed_digest")


CHECKS: Final = (
    sales_end_by_reversal,
    sales_are_sent_once,
    questions_are_about_ours,
    seen_numbers_are_left_alone,
    manual_has_a_reason,
)

"""Every decision names a person who was there (INV-10); tries and locks are kept (INV-15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tests.simulation.check_chain import Record
from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation

NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "intent": ("operator",),
        "settled": ("settled_by", "operator"),
        "reprinted": ("by",),
        "settle_asked": ("by",),
        "upload_skipped": ("by",),
        "parameters_asked": ("operator",),
        "parameters": ("operator",),
        "logon": ("number",),
    }
)
# With an approver's own password just before.
DECIDED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {"settled": "settled_by", "upload_skipped": "by"}
)
MINUTE_MS: Final = 59_000
MINUTE_S: Final = 60


def names_a_person(run: Run) -> Iterator[Violation]:
    """Who did it stands in each record of a decision, and he has a password here."""
    people: set[str] = set()
    for record in run.journal.records:
        if record.kind == "password":
            people.add(record.body["number"])
        for field in NAMES.get(record.kind, ()):
            if record.body.get(field) not in people:
                story = f"record {record.number}, {record.kind}: {field} names nobody known"
                yield Violation("INV-10", story)


def logged_on(run: Run) -> Iterator[Violation]:
    """The operator of an intent is the one who was logged on, and logged on with a password."""
    operator, right = "", set[str]()
    for record in run.journal.records:
        if record.kind in ("boot", "logoff"):
            operator = ""
        elif record.kind == "password_right":
            right.add(record.body["number"])
        elif record.kind == "logon":
            operator = record.body["number"]
            if operator not in right:
                yield Violation("INV-10", f"record {record.number}: logged on without a password")
            right.clear()
        elif record.kind == "intent" and record.body["operator"] != operator:
            story = f"record {record.number}: by {record.body['operator']}, {operator} is logged on"
            yield Violation("INV-10", story)


def approved_by_another(run: Run) -> Iterator[Violation]:
    """Where there was an exception another person agreed, with a password typed since the last."""
    right: set[str] = set()
    for record in run.journal.records:
        body = record.body
        if record.kind in ("boot", "logon"):
            right.clear()
        elif record.kind == "password_right":
            right.add(body["number"])
        elif record.kind == "intent":
            approver = body.get("approver", "")
            if body.get("exceptions") and not approver:
                yield Violation("INV-10", f"record {record.number}: an exception without approver")
            if approver and (approver == body["operator"] or approver not in right):
                story = f"record {record.number}: {approver} can't have approved it"
                yield Violation("INV-10", story)
            if body["operation"] != "sale":  # a sale goes on after a wrong PIN
                right.clear()
        elif record.kind in DECIDED_BY:
            person = body[DECIDED_BY[record.kind]]
            if person not in right:
                story = f"record {record.number}: {person} can't have settled it"
                yield Violation("INV-10", story)
            right.discard(person)


@dataclass(slots=True)
class Tries:
    """Questions of one person that no right password has answered. `asked`: the last may end."""

    count: int = 0
    locked_s: int = 0
    asked: bool = False


def tries_are_kept(run: Run) -> Iterator[Violation]:
    """A question adds a try; only a right password, a lock's end, or leaving it takes one away."""
    people: dict[str, Tries] = {}
    for record in run.journal.records:
        if record.kind == "boot":
            for tries in people.values():
                tries.asked = False
        elif record.kind == "minute":
            _a_minute_later(people)
        elif record.kind in ("password", "password_right"):
            people[record.body["number"]] = Tries()
        elif record.kind == "password_asked":
            tries = people.setdefault(record.body["number"], Tries())
            yield from _asked(record, tries)


def _a_minute_later(people: dict[str, Tries]) -> None:
    for number, tries in people.items():
        if tries.locked_s:
            tries.locked_s = max(0, tries.locked_s - MINUTE_S)
            if not tries.locked_s:
                people[number] = Tries()


def _asked(record: Record, tries: Tries) -> Iterator[Violation]:
    count, locked_s = record.body["count"], record.body["locked_remaining_s"]
    if count == tries.count + 1 and not tries.locked_s:
        tries.asked = True
    elif tries.asked and count == tries.count - 1 and not locked_s:
        tries.asked = False
    else:
        story = f"record {record.number}: try {count} after try {tries.count}"
        locked = f", locked for {tries.locked_s} s" if tries.locked_s else ""
        yield Violation("INV-15", story + locked)
    tries.count, tries.locked_s = count, locked_s


def minutes_are_minutes(run: Run) -> Iterator[Violation]:
    """A lock runs with the power on: no two minutes of one run are nearer than one."""
    before: Record | None = None
    for record in run.journal.records:
        if record.kind == "boot":
            before = None
        elif record.kind == "minute":
            if before and record.monotonic_ms - before.monotonic_ms < MINUTE_MS:
                yield Violation("INV-15", f"record {record.number}: a minute that was shorter")
            before = record


def right_only_after_asking(run: Run) -> Iterator[Violation]:
    """A password is right only when it was asked for, and that was stored before."""
    asked: set[str] = set()
    for record in run.journal.records:
        if record.kind == "boot":
            asked.clear()
        elif record.kind == "password_asked":
            asked.add(record.body["number"])
        elif record.kind == "password_right":
            if record.body["number"] not in asked:
                yield Violation("INV-15", f"record {record.number}: right without a question")
            asked.discard(record.body["number"])


CHECKS: Final = (
    names_a_person,
    logged_on,
    approved_by_another,
    tries_are_kept,
    minutes_are_minutes,
    right_only_after_asking,
)

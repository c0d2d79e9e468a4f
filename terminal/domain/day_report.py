"""What a day, or several, came to: counts and sums, what is open, what to look at. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from terminal.domain.bookkeeping import StoredRecord
from terminal.domain.history import every
from terminal.domain.receipt_rows import day_of, printed_time
from terminal.domain.transaction import Intent, Outcome, Transaction
from terminal.domain.warnings import Warned, moment_of


class Section(StrEnum):
    """By what the sums are made; all but the first are of money that was given back."""

    OPERATION = "operation"
    REASON = "reason"
    OPERATOR = "operator"
    APPROVER = "approver"
    HOUR = "hour"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Line:
    """How often, and how much: `name` is the code, number or hour that stands in the journal."""

    name: str
    count: int = 0
    amount_minor: int = 0

    def with_one(self, amount_minor: int) -> Line:
        """One more."""
        return replace(self, count=self.count + 1, amount_minor=self.amount_minor + amount_minor)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last, both of them included; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """A transaction whose clock made no sense belongs to no day, only to all of them."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first or day) <= day <= (self.last or day)


@dataclass(slots=True)
class DayReport:
    """The sums by section; `unresolved` are open now, of whatever day.

    `not_done` counts what was declined or reversed, by outcome. `days` are those that had
    transactions. `head` is number and hash of the newest record when the report was made.
    """

    sections: dict[Section, dict[str, Line]] = field(default_factory=dict)
    not_done: dict[Outcome, int] = field(default_factory=dict)
    unresolved: list[Transaction] = field(default_factory=list)
    by_hand: list[Transaction] = field(default_factory=list)
    days: dict[date, Line] = field(default_factory=dict)
    warned: tuple[Warned, ...] = ()
    head: tuple[int, bytes] = (0, b"")

    def lines(self, section: Section) -> tuple[Line, ...]:
        """Sorted by name: hours in their order, people by their number."""
        found = self.sections.get(section, {})
        return tuple(found[name] for name in sorted(found))

    @property
    def given_back(self) -> Line:
        """All refunds and voids together."""
        given = [line for line in self.lines(Section.OPERATION) if line.name != "sale"]
        amount_minor = sum(line.amount_minor for line in given)
        return Line("", sum(line.count for line in given), amount_minor)


def day_report(
    records: Iterable[StoredRecord],
    days: Days,
    head: tuple[int, bytes],
    warned: Iterable[Warned] = (),
) -> DayReport:
    """`records` are all of the journal in their order, read once; `warned` was found in the same.

    A transaction belongs to the day on its slip, a warning to the day of its record's clock.
    """
    by_record: dict[int, list[Warned]] = {}
    for one in warned:
        by_record.setdefault(one.record, []).append(one)
    kept: list[Warned] = []
    report = DayReport(head=head)
    for done in every(_looked_at(records, days, by_record, kept)):
        if done.outcome.unresolved:
            report.unresolved.append(done)
        elif days.holds(day_of(done)):
            _count(report, done)
    report.warned = tuple(kept)
    return report


def _looked_at(
    records: Iterable[StoredRecord],
    days: Days,
    by_record: Mapping[int, list[Warned]],
    kept: list[Warned],
) -> Iterator[StoredRecord]:
    """The records as they are; keeps the warnings of those that are of these days."""
    for record in records:
        found = by_record.get(record.number, ())
        moment = moment_of(record.wall) if found else None
        if found and days.holds(moment.day if moment else None):
            kept += found
        yield record


def _count(report: DayReport, done: Transaction) -> None:
    if not done.outcome.has_moved:
        report.not_done[done.outcome] = report.not_done.get(done.outcome, 0) + 1
        return
    if done.outcome is Outcome.DONE_BY_HAND:
        report.by_hand.append(done)
    for section, name in _names(done):
        lines = report.sections.setdefault(section, {})
        lines[name] = lines.get(name, Line(name)).with_one(done.moved_minor)
    day = day_of(done)
    if day is not None and done.intent.operation != "sale":
        report.days[day] = report.days.get(day, Line(f"{day}")).with_one(done.moved_minor)


def _names(done: Transaction) -> Iterator[tuple[Section, str]]:
    intent = done.intent
    yield Section.OPERATION, operation_of(intent)
    if intent.operation == "sale":
        return
    yield Section.OPERATOR, intent.operator
    approvers = (intent.approver, intent.second_approver)
    yield from ((Section.APPROVER, number) for number in approvers if number)
    yield from ((Section.EXCEPTION, name) for name in intent.exceptions)
    named: Mapping[Section, str] = {
        Section.REASON: intent.reason,
        Section.HOUR: printed_time(done)[11:13],
    }
    yield from ((section, name) for section, name in named.items() if name)


def operation_of(intent: Intent) -> str:
    """`partial` for a refund of less than was paid, else the operation itself."""
    is_part = intent.operation == "refund" and intent.amount_minor < intent.original.amount_minor
    return "partial" if is_part else intent.operation

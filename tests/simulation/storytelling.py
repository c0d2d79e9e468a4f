"""A simulated day told to a person: what was planned, what was seen, what the host has."""

from __future__ import annotations

from collections.abc import Iterator

from tests.simulation.day import Day
from tests.simulation.evidence import Evidence
from tests.simulation.plan import Plan


def plan_lines(plan: Plan) -> Iterator[str]:
    """The plan, an operation a line."""
    yield f"seed {plan.seed}, profile {plan.profile}, begins {plan.start_s:.0f} s after set-up"
    for number, operation in enumerate(plan.operations, start=1):
        troubles = ", ".join(
            " ".join(filter(None, (t.kind, f"at {t.at}", f"{t.size:g}" if t.size else "", t.text)))
            for t in operation.troubles
        )
        yield f"  {number}. {operation.kind} {operation.amount_minor}  {troubles}".rstrip()


def day_lines(day: Day) -> Iterator[str]:
    """The plan, what happened in the order of time, and what is wrong with it."""
    yield from plan_lines(day.plan)
    for _, line in sorted(_happenings(day.evidence), key=lambda each: each[0]):
        yield line
    yield from _books(day.evidence)
    for violation in day.violations:
        yield f"VIOLATED {violation.invariant}: {violation.story}"
    yield f"trace {day.trace_hash}"


def _happenings(evidence: Evidence) -> Iterator[tuple[float, str]]:
    for shown in evidence.shown:
        rows = " / ".join(row.strip() for row in shown.rows if row.strip())
        yield shown.at_s, f"{shown.at_s:10.3f} screen  {shown.name}: {rows}"
    for paper in evidence.papers:
        rows = " / ".join(row.strip() for row in paper.rows if row.strip())
        yield (
            paper.at_s,
            f"{paper.at_s:10.3f} paper   {'' if paper.cut else '(not cut) '}{rows[:150]}",
        )
    for wish in evidence.wishes:
        yield (
            wish.at_s,
            f"{wish.at_s:10.3f} wish    {wish.operation} {wish.amount_minor} {wish.rrn}",
        )
    for cut in evidence.cuts:
        yield cut, f"{cut:10.3f} power   off"
    for passed in evidence.passed:
        if passed.wire == "acquirer":
            way = "to host" if passed.out else "from   "
            yield (
                passed.at_s,
                f"{passed.at_s:10.3f} {way} {passed.raw[13:15].hex()} {len(passed.raw)} bytes",
            )


def _books(evidence: Evidence) -> Iterator[str]:
    for booking in evidence.bookings:
        if int(str(booking["batch"])) > 1:
            names = ("batch", "stan", "mti", "transaction_type", "amount_minor", "state")
            yield "  host: " + " ".join(str(booking[name]) for name in names)

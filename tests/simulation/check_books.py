"""Journal, ledger and totals say the same (INV-2), and what was told is so (INV-9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.simulation.check_cases import OUTCOMES, Case, closed_before, steps
from tests.simulation.check_run import PURCHASE, Run
from tests.simulation.evidence import Violation

FIGURES: Final = ("debit_minor", "debit_count", "credit_minor", "credit_count")


def journal_against_ledger(run: Run) -> Iterator[Violation]:
    """Once an intent is final, the host has booked it, or not, as the journal says."""
    for case in run.cases:
        booking = run.booked.get(case.key)
        if case.has_moved:
            if booking is None or not booking.has_moved:
                state = booking.state if booking else "nothing"
                yield Violation("INV-2", f"{case.name} is {case.outcome}, the host has {state}")
            elif booking.amount_minor != case.moved_minor:
                story = f"{case.name}: {case.moved_minor} here, {booking.amount_minor} at the host"
                yield Violation("INV-2", story)
        elif not case.is_open and booking is not None and booking.has_moved:
            story = f"{case.name} is {case.outcome}, the host has it {booking.state}"
            yield Violation("INV-2", story)


def sums_of_settled_run(run: Run) -> Iterator[Violation]:
    """When all is calm and nothing is open: the same money in each batch on both sides."""
    if not run.is_settled or not run.trusts_journal:
        return
    for batch in sorted({case.key[0] for case in run.cases}):
        here = figures(c for c in run.cases if c.has_moved and c.key[0] == batch)
        there = dict.fromkeys(FIGURES, 0)
        for booking in run.booked.values():
            if booking.key[0] == batch and booking.has_moved:
                _add(there, booking.kind == PURCHASE, booking.amount_minor)
        if here != there:
            yield Violation("INV-2", f"batch {batch}: {here} here, {there} at the host")


def asked_totals(run: Run) -> Iterator[Violation]:
    """The totals of a settlement are those of the records up to it, and went out like this."""
    found: dict[int, Case] = {}
    for record in steps(run.journal.records, found):
        if record.kind != "settle_asked":
            continue
        batch, told = record.body["batch"], _both(record.body)
        since = closed_before(run.journal.records, batch, record.number)
        mine = (c for c in found.values() if c.key[0] == batch and c.record.number > since)
        here = figures(c for c in mine if c.has_moved)
        if here != told:
            yield Violation("INV-2", f"totals of batch {batch} asked as {told}, they are {here}")
        for message in run.sent():
            if message.mti == "0500" and message.key == (batch, record.body["stan"]):
                yield from _sent_as(told, message.get(48), batch)


def _sent_as(told: Mapping[str, int], field: str, batch: int) -> Iterator[Violation]:
    halves = [field[:31], field[31:]]
    spans = dict(zip(FIGURES, ((0, 12), (12, 15), (15, 27), (27, 30)), strict=True))
    sent = {n: sum(int(half[a:b] or 0) for half in halves) for n, (a, b) in spans.items()}
    if sent != told:
        yield Violation("INV-11", f"totals of batch {batch} sent as {sent}, stored as {told}")


def figures(moved: Iterator[Case]) -> dict[str, int]:
    """Sales are debit, the rest is credit; a voided sale stays where it was (3.9)."""
    sums = dict.fromkeys(FIGURES, 0)
    for case in moved:
        _add(sums, case.intent["operation"] == "sale", case.moved_minor)
    return sums


def _add(sums: dict[str, int], is_sale: bool, amount_minor: int) -> None:
    side = "debit" if is_sale else "credit"
    sums[f"{side}_minor"] += amount_minor
    sums[f"{side}_count"] += 1


def _both(body: Mapping[str, Any]) -> dict[str, int]:
    return {name: body["totals"][name] + body["foreign"][name] for name in FIGURES}


def final_is_final(run: Run) -> Iterator[Violation]:
    """No later record gives an intent another outcome, and none is about an intent not there."""
    for case in run.cases:
        decided = case.deciding
        for record in case.results:
            said = record.body["outcome"]
            if decided and record.number > decided.number and said != case.outcome:
                story = f"{case.name} was {case.outcome} and became {said}"
                yield Violation("INV-9", story)
    intents = {case.record.number for case in run.cases}
    for record in run.journal.records:
        if record.kind in OUTCOMES and record.body["intent"] not in intents:
            yield Violation("INV-9", f"record {record.number} is about no intent")


CHECKS: Final = (
    journal_against_ledger,
    sums_of_settled_run,
    asked_totals,
    final_is_final,
)

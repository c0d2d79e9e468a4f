"""The books after the power cuts: the terminal's journal and the host's ledger must tell the same.

Rows are what scripts/journal and the control channel's `ledger` and `sales` give; a line for each
difference; amounts are in minor units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulation.check_books import FIGURES
from tests.simulation.check_cases import MOVED, OPEN
from tests.simulation.check_run import MOVED_THERE, PURCHASE

Row = Mapping[str, Any]
Key = tuple[int, int]
"""Batch and trace number (STAN): what names one operation for ever."""


@dataclass(frozen=True, slots=True)
class Case:
    """An intent of the journal and what became of it; `decided`: the record that said so last."""

    key: Key
    operation: str
    amount_minor: int
    original: str  # RRN or voucher of the purchase; empty for a sale
    outcome: str
    rrn: str
    decided: int

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.operation} {self.key[1]:06d} of batch {self.key[0]}"

    @property
    def has_moved(self) -> bool:
        """Money moved."""
        return self.outcome in MOVED


def cases(records: Sequence[Row]) -> list[Case]:
    """Every intent with its last result."""
    results = {r["body"]["intent"]: r for r in records if r["kind"] in ("result", "settled")}
    rrns = {
        r["body"]["intent"]: r["body"]["rrn"]
        for r in records
        if r["kind"] == "result" and r["body"].get("rrn")
    }
    return [
        _case(r, results.get(r["number"], r), rrns.get(r["number"], ""))
        for r in records
        if r["kind"] == "intent"
    ]


def _case(intent: Row, result: Row, rrn: str) -> Case:
    body = intent["body"]
    return Case(
        key=(body["batch"], body["stan"]),
        operation=body["operation"],
        amount_minor=body["amount_minor"],
        original=body["original"]["rrn"] or body["original"]["voucher"],
        outcome=result["body"].get("outcome", "sent"),
        rrn=rrn,
        decided=result["number"],
    )


def own(bookings: Iterable[Row]) -> list[Row]:
    """What this terminal asked for: the seeded purchases have a batch before all others."""
    every = list(bookings)
    seeded = min(booking["batch"] for booking in every)
    return [booking for booking in every if booking["batch"] != seeded]


def key_of(booking: Row) -> Key:
    """Batch and trace number of a booking."""
    return int(booking["batch"]), int(booking["stan"])


def differences(records: Sequence[Row], bookings: Sequence[Row], sales: Sequence[Row]) -> list[str]:
    """All of them."""
    here, there = cases(records), own(bookings)
    return [
        *twice(here, there),
        *unlike(here, there),
        *too_much(here, bookings, sales),
        *totals(records, here, there),
    ]


def twice(here: Sequence[Case], there: Sequence[Row]) -> Iterator[str]:
    """Nothing is there twice."""
    for book, keys in (
        ("journal", [case.key for case in here]),
        ("ledger", [key_of(booking) for booking in there]),
    ):
        for key, count in Counter(keys).items():
            if count > 1:
                yield f"STAN {key[1]:06d} of batch {key[0]} is {count} times in the {book}"


def unlike(here: Sequence[Case], there: Sequence[Row]) -> Iterator[str]:
    """Nothing is lost, and both sides tell the same of it."""
    known, asked = {c.key: c for c in here}, {key_of(b): b for b in there}
    for key in sorted(asked.keys() - known.keys()):
        yield f"STAN {key[1]:06d} of batch {key[0]} is on the ledger and not in the journal"
    for case in known.values():
        yield from _unlike(case, asked.get(case.key))


def _unlike(case: Case, booking: Row | None) -> Iterator[str]:
    state = booking["state"] if booking else "not there"
    if case.outcome in OPEN:
        yield f"{case.name} is still {case.outcome}"
    elif case.has_moved != (state in MOVED_THERE):
        yield f"{case.name} is {case.outcome} in the journal and {state} on the ledger"
    if booking is None:
        return
    if case.amount_minor != booking["amount_minor"]:
        yield f"{case.name}: {case.amount_minor} here, {booking['amount_minor']} there"
    if case.outcome == "approved" and case.rrn != booking["rrn"]:
        yield f"{case.name}: another RRN there"


def too_much(here: Sequence[Case], every: Sequence[Row], sales: Sequence[Row]) -> Iterator[str]:
    """What was given back of each purchase: the same in both books, never more than was paid."""
    asked = {key_of(booking) for booking in own(every)}
    for sale in sales:
        names = {sale["rrn"], sale["voucher"]} - {""}
        mine = {c.key: c.amount_minor for c in here if c.has_moved and c.original in names}
        backs = [b for b in every if b["original_rrn"] == sale["rrn"]]
        moved = [b for b in backs if b["state"] in MOVED_THERE]
        theirs = {key_of(b): b["amount_minor"] for b in moved if key_of(b) in asked}
        if mine != theirs:
            yield f"purchase {sale['rrn']}: {mine} was given back here, {theirs} there"
        if sum(b["amount_minor"] for b in moved) > sale["amount_minor"]:
            yield f"purchase {sale['rrn']}: more was given back than {sale['amount_minor']}"


def totals(records: Sequence[Row], here: Sequence[Case], there: Sequence[Row]) -> Iterator[str]:
    """The totals of each settlement are those of journal and ledger, and nothing is left over."""
    last = {r["body"]["batch"]: r for r in records if r["kind"] == "settle_asked"}
    for batch, asked in last.items():
        counted = [c for c in here if c.key[0] == batch and c.has_moved]
        early = {c.key for c in counted if c.decided < asked["number"]}
        told = {n: asked["body"]["totals"][n] + asked["body"]["foreign"][n] for n in FIGURES}
        mine = figures((c.operation == "sale", c.amount_minor) for c in counted if c.key in early)
        theirs = figures(
            (b["transaction_type"] == PURCHASE, b["amount_minor"])
            for b in there
            if key_of(b) in early and b["state"] in MOVED_THERE
        )
        if not told == mine == theirs:
            yield f"batch {batch} was settled as {told}; journal {mine}, ledger {theirs}"
    for booking in there:
        if booking["state"] == "booked":
            yield f"STAN {booking['stan']} of batch {booking['batch']} was never settled"


def figures(moved: Iterable[tuple[bool, int]]) -> dict[str, int]:
    """Sales are debit, voids and refunds credit; (is a sale, amount) of each."""
    sums = dict.fromkeys(FIGURES, 0)
    for is_sale, amount_minor in moved:
        side = "debit" if is_sale else "credit"
        sums[f"{side}_minor"] += amount_minor
        sums[f"{side}_count"] += 1
    return sums

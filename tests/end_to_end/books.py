"""Two books that must tell the same: the terminal's journal and the host's ledger."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.running import ROOT, SETTING, Running

Booking = dict[str, Any]
OPEN = ("", "unknown")  # without a result, or with one that says nobody knows


@dataclass(frozen=True, slots=True)
class Refund:
    """An intent of the journal and what became of it; `outcome` is empty while nothing is known."""

    batch: int
    stan: int
    amount_minor: int
    original_rrn: str
    outcome: str
    rrn: str


def records(state: Path) -> list[dict[str, Any]]:
    """The journal of a terminal whose power is off."""
    reading = subprocess.run(
        [
            sys.executable,
            str(ROOT / "scripts" / "_journal.py"),
            str(state / "journal.db"),
            "--json",
        ],
        capture_output=True,
        text=True,
        env=dict(SETTING),
    )
    assert reading.returncode == 0, reading.stderr
    return [json.loads(line) for line in reading.stdout.splitlines()]


def journal(state: Path) -> list[Refund]:
    """The refunds in the journal of a terminal whose power is off."""
    every = records(state)
    results = {r["body"]["intent"]: r["body"] for r in every if r["kind"] == "result"}
    assert len(results) == sum(r["kind"] == "result" for r in every), "an intent has two results"
    return [_refund(r["body"], results.get(r["number"], {})) for r in every if _is_intent(r)]


def _is_intent(record: dict[str, Any]) -> bool:
    return bool(record["kind"] == "intent")


def _refund(intent: dict[str, Any], result: dict[str, Any]) -> Refund:
    return Refund(
        batch=intent["batch"],
        stan=intent["stan"],
        amount_minor=intent["amount_minor"],
        original_rrn=intent["original"]["rrn"],
        outcome=result.get("outcome", ""),
        rrn=result.get("rrn", ""),
    )


def bookings(bench: Running) -> list[Booking]:
    """The refunds on the ledger that this terminal asked for; those of the seed have its batch."""
    every: list[Booking] = bench.channel.ask("ledger")["bookings"]
    seeded = min(booking["batch"] for booking in every)
    return [b for b in every if b["mti"] == "0220" and b["batch"] != seeded]


def differences(refunds: Sequence[Refund], booked: Sequence[Booking]) -> list[str]:
    """What the two books tell differently; nothing is lost and nothing is there twice."""
    known = {(refund.batch, refund.stan): refund for refund in refunds}
    asked = {(int(b["batch"]), int(b["stan"])): b for b in booked}
    found = list(_missing(known, asked))
    for key in known.keys() & asked.keys():
        found += _unlike(known[key], asked[key])
    if len(known) != len(refunds) or len(asked) != len(booked):
        found.append("a batch and STAN occur twice")
    return found


def _missing(
    known: dict[tuple[int, int], Refund], asked: dict[tuple[int, int], Booking]
) -> Iterator[str]:
    yield from (f"{key} is not in the journal" for key in asked.keys() - known.keys())
    for key in known.keys() - asked.keys():
        if known[key].outcome == "approved":
            yield f"{key} is approved in the journal and not on the ledger"


def _unlike(refund: Refund, booking: Booking) -> Iterator[str]:
    what = f"STAN {refund.stan}"
    expected = {"booked": ("approved", *OPEN), "declined": ("declined", *OPEN)}
    if refund.outcome not in expected[booking["state"]]:
        yield f"{what}: {refund.outcome} in the journal, {booking['state']} on the ledger"
    if (refund.amount_minor, refund.original_rrn) != (
        booking["amount_minor"],
        booking["original_rrn"],
    ):
        yield f"{what}: another amount or original"
    if refund.outcome == "approved" and refund.rrn != booking["rrn"]:
        yield f"{what}: another RRN"


def settled(bench: Running) -> tuple[list[Refund], list[Booking]]:
    """Switch the terminal off and read both books, which must agree."""
    bench.channel.ask("power", to="off")
    refunds, booked = journal(bench.state), bookings(bench)
    assert differences(refunds, booked) == []
    return refunds, booked

"""Do the three books agree? The terminal's journal, the host's ledger, and the slips."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
COPIES: Final = 2
MONEY_MOVED: Final = ("booked", "settled")
Row = Mapping[str, Any]


class JournalUnreadError(Exception):
    """The journal could not be read; the text is what scripts/journal said."""


async def journal_records(path: Path) -> list[dict[str, Any]]:
    """What scripts/journal says of a journal that nobody has open. Raises JournalUnreadError."""
    reading = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "scripts" / "_journal.py"),
        str(path),
        "--json",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await reading.communicate()
    if reading.returncode:
        raise JournalUnreadError(error.decode("utf-8", "replace").strip())
    return [json.loads(line) for line in out.splitlines()]


def refund_of(bookings: Sequence[Row], original_rrn: str) -> Row | None:
    """The last refund of a purchase that the host booked."""
    found = [b for b in bookings if b["mti"] == "0220" and b["original_rrn"] == original_rrn]
    return found[-1] if found else None


def disagreements(
    booking: Row | None, records: Sequence[Row], slips: Sequence[Row]
) -> tuple[str, ...]:
    """What differs in amount, STAN, RRN or outcome; nothing when all three tell the same."""
    if booking is None or booking["state"] not in MONEY_MOVED:
        return ("the host's ledger has no approved refund of this purchase",)
    return (*_journal(booking, records), *_slips(booking, slips))


def _journal(booking: Row, records: Sequence[Row]) -> Iterator[str]:
    key = (int(booking["batch"]), int(booking["stan"]))
    intents = [
        r
        for r in records
        if r["kind"] == "intent" and (r["body"]["batch"], r["body"]["stan"]) == key
    ]
    if len(intents) != 1:
        yield f"the journal has {len(intents)} intents with STAN {booking['stan']}"
        return
    if intents[0]["body"]["amount_minor"] != booking["amount_minor"]:
        yield "the journal has another amount than the ledger"
    number = intents[0]["number"]
    results = [
        r["body"] for r in records if r["kind"] == "result" and r["body"]["intent"] == number
    ]
    if [result.get("outcome") for result in results] != ["approved"]:
        yield "the journal does not have this refund as approved, once"
    elif results[0].get("rrn") != booking["rrn"]:
        yield "the journal has another RRN than the ledger"


def _slips(booking: Row, slips: Sequence[Row]) -> Iterator[str]:
    whole = [slip for slip in slips if slip["cut"]]
    if len(whole) != COPIES:
        yield f"{len(whole)} slips are on paper, {COPIES} are expected"
    amount = f"{booking['amount_minor'] / 100:,.2f}"
    for number, slip in enumerate(whole, 1):
        text = "\n".join(slip["rows"])
        for what, value in (
            ("amount", amount),
            ("STAN", f"{int(booking['stan']):06d}"),
            ("RRN", booking["rrn"]),
        ):
            if value not in text:
                yield f"slip {number} has not the {what} of the ledger"
        if "DECLINED" in text or "UNKNOWN" in text:
            yield f"slip {number} has another outcome than the ledger"

"""What the keypad was asked, and what it answered (drivers/keypad.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.simulation.check_pad_frames import ANSWER, LOAD_KEYS, MAC
from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation

FIRST_POLL: Final = 0x8001  # each run of the firmware numbers its polls and its questions anew
AT_ONCE_S: Final = 1.0
ROUNDING_S: Final = 0.01


def keys_were_taken(run: Run) -> Iterator[Violation]:
    """The terminal counts as signed in when the pad has taken the keys of that answer (F05)."""
    taken = [f.at_s for f in run.pad if f.kind == LOAD_KEYS + ANSWER]
    signed_in = [r.monotonic_ms / 1000 for r in run.journal.records if r.kind == "signed_in"]
    if len(signed_in) > len(taken):
        yield Violation("INV-14", f"{len(signed_in)} sign-ins, {len(taken)} times new keys")
    for at_s in signed_in if run.evidence.one_clock else ():
        if not any(-ROUNDING_S <= at_s - taken_s <= AT_ONCE_S for taken_s in taken):
            yield Violation("INV-14", f"signed in at {at_s:.3f}, and the pad had no new keys")


def pad_knows_the_head(run: Run) -> Iterator[Violation]:
    """Each MAC tells the pad a record, with its hash: its memory is the journal's anchor (F88)."""
    known = {r.number: r.hash for r in run.journal.records}
    for frame in run.pad if run.trusts_journal else ():
        if frame.out and frame.kind == MAC:
            number, told = int.from_bytes(frame.payload[1:5], "big"), frame.payload[5:37]
            if known.get(number) != told:
                yield Violation(
                    "INV-10", f"the pad was told of record {number}, which is not there"
                )


def questions_have_numbers(run: Run) -> Iterator[Violation]:
    """No two questions of one run of the firmware have a number in common (rule 7)."""
    runs = falls = last = 0
    for frame in run.pad:
        if frame.out and frame.number >= FIRST_POLL:
            runs += frame.number == FIRST_POLL
        elif frame.out:
            falls += frame.number <= last
            last = frame.number
    if falls > runs:
        yield Violation("INV-13", f"{falls} times the pad's questions began anew, in {runs} runs")


CHECKS: Final = (keys_were_taken, pad_knows_the_head, questions_have_numbers)

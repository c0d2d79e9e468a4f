"""A small fold and a clock for tests of the journal: how often which kind, and the sum."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from terminal.journal.record import Clock, Head, Record
from terminal.journal.store import Journal, open_journal


@dataclass(slots=True)
class Ledger:
    """What the test's fold derives."""

    kinds: dict[str, int] = field(default_factory=dict)
    sum_minor: int = 0


class LedgerFold:
    """Counts kinds, adds up `amount_minor`; counts how many records it was given."""

    def __init__(self) -> None:
        self.applied = 0

    def initial(self) -> Ledger:
        return Ledger()

    def apply(self, state: Ledger, record: Record) -> Ledger:
        self.applied += 1
        state.kinds[record.kind] = state.kinds.get(record.kind, 0) + 1
        state.sum_minor += record.body.get("amount_minor", 0)
        return state

    def to_json(self, state: Ledger) -> bytes:
        return msgspec.json.encode(state)

    def from_json(self, raw: bytes) -> Ledger:
        return msgspec.json.decode(raw, type=Ledger)


class SteppingClock:
    """Each look at it is a millisecond later."""

    def __init__(self) -> None:
        self._looks = 0

    def monotonic_s(self) -> float:
        self._looks += 1
        return self._looks / 1000

    def wall(self) -> datetime:
        return datetime(2025, 3, 1, tzinfo=UTC) + timedelta(milliseconds=self._looks)


def opened(
    path: str, remembered: Head | None = None, vfs: str | None = None, clock: Clock | None = None
) -> Journal[Ledger]:
    """The journal at `path`, with the test's fold."""
    return open_journal(path, LedgerFold(), clock or SteppingClock(), remembered, vfs)


def filled(path: str, intents: int, vfs: str | None = None) -> Head:
    """Makes a journal of a boot record and some intents, closes it, and tells its last record."""
    journal = opened(path, None, vfs)
    for number in range(intents):
        journal.append("intent", {"amount_minor": 100 + number, "stan": number + 1})
    journal.close()
    return journal.head

"""Journals of made-up days, written by the journal itself: what `scripts/report` reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from terminal.domain.transaction import Intent
from terminal.journal.books_fold import BooksFold
from terminal.journal.store import Journal, open_journal
from tests.terminal.domain.slip_material import INTENT


@dataclass(slots=True)
class TurnedClock:
    """Stands where a test has put it."""

    now: datetime

    def wall(self) -> datetime:
        """For people."""
        return self.now

    def monotonic_s(self) -> float:
        """Seconds since the beginning of 2026."""
        return (self.now - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()


class MadeJournal:
    """One terminal's journal; `path` is read when it was closed."""

    def __init__(self, path: Path, day: date) -> None:
        self.path = path
        self.clock = TurnedClock(datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC))
        self.journal: Journal[Any] = open_journal(str(path), BooksFold(), self.clock, None)
        self.stan = 0

    def refund(self, amount_minor: int, outcome: str = "approved", **changes: Any) -> MadeJournal:
        """One refund, a few minutes after what was before."""
        self.clock.now += timedelta(minutes=7)
        self.stan += 1
        original = replace(INTENT.original, rrn=f"{self.stan:012d}", amount_minor=amount_minor)
        wanted: dict[str, Any] = {"original": original, "amount_minor": amount_minor}
        intent: Intent = replace(INTENT, stan=self.stan, **wanted | changes)
        number = self.journal.append("intent", intent.to_body()).number
        self.journal.append("result", {"intent": number, "outcome": outcome})
        return self

    def turn(self, **by: int) -> MadeJournal:
        """So much later."""
        self.clock.now += timedelta(**by)
        return self

    def close(self) -> str:
        """No more records; gives the file."""
        self.journal.close()
        return str(self.path)

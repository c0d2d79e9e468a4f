"""The journal in use: the one on disk, or over it the one of a practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from terminal.domain.facts import Facts
from terminal.effects import Persist
from terminal.events import Event, ExportFailed, JournalExported, JournalOpened, JournalRefused
from terminal.ports import Clock, JournalGate, JournalRefusedError, OpenJournal
from terminal.practice.journal import PracticeJournal


class Bookkeeper:
    """Opens the journal, appends to it, and keeps the facts up to date."""

    def __init__(self, facts: Facts, gate: JournalGate, clock: Clock) -> None:
        self.journal: OpenJournal | None = None  # the one on disk
        self._practice: PracticeJournal | None = None
        self._facts = facts
        self._gate = gate
        self._clock = clock

    @property
    def in_use(self) -> OpenJournal:
        """Where records go now."""
        assert self.journal is not None, "before the journal is open"
        return self._practice or self.journal

    def open(self, number: int, digest: bytes) -> Event:
        """Compare it with what the pad remembers; what came of it."""
        try:
            self.journal = self._gate(number, digest)
        except JournalRefusedError as refused:
            return JournalRefused(refused.verdict, refused.reason)
        self._look()
        return JournalOpened()

    def append(self, effect: Persist) -> None:
        """Durable when it returns, but for the money of a practice, which is nowhere."""
        self.in_use.append(effect.kind, effect.body, effect.sealed)
        number = self._practice.newest if self._practice else self.in_use.head[0]
        if effect.kind == "practice":
            self._turn(effect.body)
        self._look()
        if effect.kind == "batch_closed":
            self.in_use.checkpoint()
        self._facts.stored(number, effect.kind, effect.body)

    def _turn(self, body: Mapping[str, Any]) -> None:
        assert self.journal is not None
        self._practice = PracticeJournal(self.journal, self._clock) if body["on"] else None
        self._facts.practice = bool(body["on"])

    def _look(self) -> None:
        self._facts.history = self.in_use
        self._facts.take(self.in_use.books)
        self._facts.room_bytes = self.in_use.room_bytes

    def export(self, name: str) -> Event:
        """A copy of it beside it."""
        reason = self.in_use.export(name)
        return ExportFailed(reason) if reason else JournalExported(name)

    @property
    def real_batch(self) -> int:
        """The batch that the journal on disk is in, practice or not."""
        assert self.journal is not None
        return self.journal.books.batch

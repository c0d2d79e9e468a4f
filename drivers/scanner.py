"""The scanner: lines of text. Source: drivers/scanner.md."""

from __future__ import annotations

from drivers.lines import LineReader
from drivers.outbox import Outbox
from drivers.presence import Presence
from terminal.events import CodeScanned
from terminal.ports import Reaction

LONGEST_LINE = 512


class ScannerDriver:
    """Speaks only: CodeScanned for each line, with an empty text when the line was garbage."""

    def __init__(self, wire: str = "scanner") -> None:
        self.garbage = 0  # lines too long or with bytes outside 20–7E
        self._lines = LineReader(LONGEST_LINE)
        self._presence = Presence(wire)
        self._out = Outbox()

    @property
    def due_s(self) -> float:
        """When an unfinished line is dropped."""
        return self._lines.due_s

    def opened(self, now_s: float) -> Reaction:
        """The port is there, so the scanner is."""
        self._lines.clear()
        self._out.tell(self._presence.is_there())
        return self._out.take()

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Each line becomes an event."""
        for line in self._lines.feed(raw, now_s):
            self.garbage += line is None
            self._out.tell((CodeScanned(line or ""),))
        return self._out.take()

    def written(self, now_s: float) -> Reaction:
        """Nothing is ever written to a scanner."""
        return self._out.take()

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """The port is gone."""
        self._lines.clear()
        self._out.tell(self._presence.is_gone(reason))
        return self._out.take()

    def tick(self, now_s: float) -> Reaction:
        """Drop a line that is never finished."""
        self._lines.tick(now_s)
        return self._out.take()

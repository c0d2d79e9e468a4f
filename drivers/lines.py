"""Lines of printable ASCII ending in CR, as stripe readers and bar-code scanners send them.

Source: drivers/card_reader.md, drivers/scanner.md.
"""

from __future__ import annotations

import math

CR, LF = 0x0D, 0x0A
PATIENCE_S = 2.0  # an unfinished line stands so long


class LineReader:
    """Bytes cut anywhere go in; out come lines, and None for each line that was garbage."""

    def __init__(self, longest: int) -> None:
        self.dropped = 0  # lines that stood unfinished too long
        self._longest = longest
        self._buffer = bytearray()
        self._is_garbage = False
        self._after_cr = False
        self._since_s = math.inf

    @property
    def due_s(self) -> float:
        """When an unfinished line has stood too long; infinity when none stands."""
        return self._since_s + PATIENCE_S

    def clear(self) -> None:
        """Forget the unfinished line: it may hold a piece of a stripe."""
        self._buffer.clear()
        self._is_garbage = self._after_cr = False
        self._since_s = math.inf

    def tick(self, now_s: float) -> None:
        """Drop an unfinished line that has stood too long."""
        if now_s >= self.due_s:
            self.dropped += 1
            self.clear()

    def feed(self, raw: bytes, now_s: float) -> tuple[str | None, ...]:
        """The lines that `raw` completes, without their CR; a LF after a CR is skipped."""
        self.tick(now_s)
        lines: list[str | None] = []
        for byte in raw:
            if byte == CR:
                lines.append(self._line())
            elif not (byte == LF and self._after_cr):
                self._keep(byte, now_s)
            self._after_cr = byte == CR
        return tuple(lines)

    def _line(self) -> str | None:
        line = None if self._is_garbage else self._buffer.decode("ascii")
        self.clear()
        return line

    def _keep(self, byte: int, now_s: float) -> None:
        self._since_s = min(self._since_s, now_s)
        if not 0x20 <= byte <= 0x7E or len(self._buffer) == self._longest:
            self._is_garbage = True
            self._buffer.clear()
        if not self._is_garbage:
            self._buffer.append(byte)

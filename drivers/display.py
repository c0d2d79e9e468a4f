"""The display: pictures of 20 columns × 8 rows, and beeps. Source: drivers/display.md."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from drivers.framing import ANSWER, Frame, FrameReader, frame
from drivers.outbox import Outbox
from drivers.presence import Heartbeat
from terminal.ports import Picture, PictureRow, Reaction

STATUS, SHOW, BEEP = 0x01, 0x02, 0x03
LONGEST_NAME = 40
ROWS = 8

_STATUS_ANSWER = struct.Struct(">BBII")  # columns, rows, boot id, sequence

Rows = Sequence[tuple[int, PictureRow]]


class DisplayDriver:
    """Keeps the display showing the last picture. Events: WireLost, WireBack.

    Only rows that changed are sent; all of them after a restart of the display, after a reopened
    line, and when the display reports another sequence number than the last one sent to it.
    `byte_s`: how long the line takes for a byte.
    """

    def __init__(self, wire: str = "display", byte_s: float = 0.0) -> None:
        self.strays = 0  # whole frames that made no sense
        self._reader = FrameReader()
        self._heart = Heartbeat(wire, byte_s)
        self._out = Outbox()
        self._wanted: Picture | None = None
        self._shown: Picture | None = None
        self._sequence = 0
        self._number = 0
        self._boot_id: int | None = None
        self._poll = (0, 0)  # number of the last status question, sequence when it was sent
        self._is_open = False

    @property
    def skipped(self) -> int:
        """Bytes that belonged to no frame."""
        return self._reader.skipped

    @property
    def due_s(self) -> float:
        """When a poll is due or overdue, or a half frame is dropped."""
        return min(self._heart.due_s, self._reader.due_s)

    def show(self, picture: Picture, now_s: float) -> Reaction:
        """Show it now, or as soon as the line is open."""
        assert len(picture.rows) == ROWS, f"picture {picture.name}: not {ROWS} rows"
        self._wanted = picture
        self._draw(now_s)
        return self._out.take()

    def beep(self, now_s: float) -> Reaction:
        """Sound an error; nothing when the line is closed."""
        if self._is_open:
            self._write(BEEP, b"\x01", now_s)
        return self._out.take()

    def opened(self, now_s: float) -> Reaction:
        """The line is open: everything is drawn anew."""
        self._is_open = True
        self._reader.clear()
        self._heart.opened(now_s)
        self._shown = None
        self._draw(now_s)
        return self.tick(now_s)

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Answers to status questions count; that a picture arrived is seen from them too."""
        for found in self._reader.feed(raw, now_s):
            if found.kind == STATUS | ANSWER:
                self._status(found, now_s)
            elif found.kind not in (SHOW | ANSWER, BEEP | ANSWER):
                self.strays += 1
        return self._out.take()

    def written(self, now_s: float) -> Reaction:
        """Answers are what counts."""
        return self._out.take()

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """The line is gone; the picture is kept for the next one."""
        self._is_open = False
        self._boot_id = None
        self._reader.clear()
        self._out.tell(self._heart.lost(reason))
        return self._out.take()

    def tick(self, now_s: float) -> Reaction:
        """Polls, their silence, half frames."""
        self._out.tell(self._heart.check(now_s))
        if self._heart.wants_to_ask(now_s):
            self._write(STATUS, b"", now_s)
            self._poll = (self._number, self._sequence)
            self._heart.asked(now_s)
        return self.receive(b"", now_s)

    def _status(self, found: Frame, now_s: float) -> None:
        try:
            _, _, boot_id, sequence = _STATUS_ANSWER.unpack(found.payload)
        except struct.error:
            self.strays += 1
            return
        self._out.tell(self._heart.answered(boot_id))
        missed = found.number == self._poll[0] and sequence != self._poll[1]
        if missed or self._boot_id not in (None, boot_id):
            self._shown = None
            self._draw(now_s)
        self._boot_id = boot_id

    def _draw(self, now_s: float) -> None:
        if not self._is_open or self._wanted is None or self._wanted == self._shown:
            return
        self._sequence = (self._sequence + 1) % (1 << 32)
        rows = _changed(self._shown, self._wanted)
        self._write(SHOW, _show_payload(self._sequence, self._wanted, rows), now_s)
        self._shown = self._wanted

    def _write(self, kind: int, payload: bytes, now_s: float) -> None:
        self._number = self._number % 0xFFFF + 1
        raw = frame(kind, self._number, payload)
        self._out.write(raw)
        self._heart.wrote(raw, now_s)


def _changed(old: Picture | None, new: Picture) -> Rows:
    return [
        (index, row) for index, row in enumerate(new.rows) if old is None or old.rows[index] != row
    ]


def _show_payload(sequence: int, picture: Picture, rows: Rows) -> bytes:
    # By hand: every screen passes here, and a message to the host may be waiting behind it.
    language = picture.language.encode("ascii", "replace")[:2].ljust(2)
    name = picture.name.encode("ascii", "replace")[:LONGEST_NAME]
    parts = [sequence.to_bytes(4, "big"), language, _str8(name), bytes((len(rows),))]
    for index, row in rows:
        parts += (bytes((index, row.inverse)), _str8(row.text.encode("gb18030", "replace")))
    return b"".join(parts)


def _str8(raw: bytes) -> bytes:
    return bytes((len(raw),)) + raw

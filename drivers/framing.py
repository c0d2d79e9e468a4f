"""Frames of the keypad and the display: built whole, and found again in whatever arrives.

Source: drivers/framing.md.
"""

from __future__ import annotations

import math
import struct
from binascii import crc_hqx
from dataclasses import dataclass, field

STX = 0x02
LARGEST_PAYLOAD = 4096
PATIENCE_S = 0.5  # an unfinished frame stands so long
ANSWER = 0x80  # added to a question's kind
REFUSAL = 0xFF

_HEAD = struct.Struct(">HBH")  # length, kind, number
_SHORTEST, _LONGEST = 3, 3 + LARGEST_PAYLOAD
_AROUND = 5  # STX, two bytes of length, two of CRC


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame carries; number 0 means that nobody asked."""

    kind: int
    number: int
    payload: bytes = field(default=b"", repr=False)


def frame(kind: int, number: int, payload: bytes = b"") -> bytes:
    """The bytes of one frame, to be written in one write; at most 4096 bytes of payload."""
    assert len(payload) <= LARGEST_PAYLOAD, "payload of a frame: more than 4096 bytes"
    covered = _HEAD.pack(_SHORTEST + len(payload), kind, number) + payload
    return b"\x02" + covered + crc_hqx(covered, 0xFFFF).to_bytes(2, "big")


class FrameReader:
    """Bytes cut anywhere go in, whole frames come out; what is no frame is skipped and counted."""

    def __init__(self) -> None:
        self.skipped = 0  # bytes that belonged to no frame
        self._buffer = bytearray()
        self._since_s = math.inf  # since when the head of the buffer stands unfinished
        self._last_s = -math.inf  # when bytes last came

    @property
    def due_s(self) -> float:
        """When an unfinished frame has stood too long; infinity when none stands."""
        return self._since_s + PATIENCE_S

    def clear(self) -> None:
        """Forget what stands unfinished: the line was opened anew."""
        self._buffer.clear()
        self._since_s = math.inf

    def feed(self, raw: bytes, now_s: float) -> tuple[Frame, ...]:
        """The frames that `raw` completes; call it with nothing when `due_s` has come."""
        if not raw and not self._buffer:
            return ()
        frames: list[Frame] = []
        if now_s >= self.due_s:
            self._drop_head(frames, now_s)
        if raw:
            self._last_s = now_s
        self._buffer += raw
        self._find(frames, now_s)
        return tuple(frames)

    def _drop_head(self, frames: list[Frame], now_s: float) -> None:
        """Skip the STX that stood too long, and all that follow it when the line is quiet."""
        self._skip(1)
        self._find(frames, now_s)
        while self._buffer and now_s >= self._last_s + PATIENCE_S:
            self._skip(1)
            self._find(frames, now_s)

    def _find(self, frames: list[Frame], now_s: float) -> None:
        while self._buffer:
            start = self._buffer.find(STX)
            self._skip(len(self._buffer) if start < 0 else start)
            found = self._head()
            if found is None:
                break
            self._since_s = math.inf
            if isinstance(found, Frame):
                frames.append(found)
        self._since_s = min(self._since_s, now_s) if self._buffer else math.inf

    def _head(self) -> Frame | bool | None:
        """The frame at the head; None when it needs more bytes, False when it was none."""
        if len(self._buffer) < 3:
            return None
        length = self._buffer[1] << 8 | self._buffer[2]
        whole = length + _AROUND
        if not _SHORTEST <= length <= _LONGEST:
            self._skip(1)
            return False
        if len(self._buffer) < whole:
            return None
        covered = bytes(self._buffer[1:whole])
        if crc_hqx(covered, 0xFFFF):  # a CRC over what it covers and itself is 0
            self._skip(1)
            return False
        del self._buffer[:whole]
        _, kind, number = _HEAD.unpack_from(covered)
        return Frame(kind, number, covered[_HEAD.size : -2])

    def _skip(self, count: int) -> None:
        if count:
            del self._buffer[:count]
            self.skipped += count
            self._since_s = math.inf

"""Frames on the two kinds of line, and the TPDU and header in front of a message.

TCP: two bytes of length. Serial: STX, two BCD bytes of length, frame, ETX, LRC, answered by ACK
or NAK (profile, 6). Frame: TPDU (5), header (6), message (fact sheet, 1.1 to 1.3).
"""

from dataclasses import dataclass, field
from typing import Literal

STX, ETX, ACK, NAK = 0x02, 0x03, 0x06, 0x15
TPDU_LENGTH, HEADER_LENGTH = 5, 6
LONGEST = 4096
SILENCE_S = 5.0
"""A serial frame that stops for longer than this is dropped: its sender lost power or the line."""


class FrameError(Exception):
    """The bytes are no frame; the line cannot go on. The text names the place."""


@dataclass(frozen=True, slots=True)
class Frame:
    """TPDU, header and message of one frame."""

    tpdu: bytes
    header: bytes
    body: bytes = field(repr=False)

    def joined(self) -> bytes:
        """The bytes of the frame without any line's framing."""
        return self.tpdu + self.header + self.body


@dataclass(frozen=True, slots=True)
class Heard:
    """What the line understood: a frame's bytes, or a signal about one."""

    kind: Literal["frame", "bad_frame", "ack", "nak"]
    raw: bytes = field(default=b"", repr=False)


def split_frame(raw: bytes) -> Frame:
    """TPDU, header and message; FrameError if there is too little."""
    start = TPDU_LENGTH + HEADER_LENGTH
    if len(raw) <= start:
        raise FrameError("shorter than TPDU and header")
    if raw[0] != 0x60:
        raise FrameError("TPDU does not begin with 60")
    return Frame(raw[:TPDU_LENGTH], raw[TPDU_LENGTH:start], raw[start:])


def answer_frame(request: Frame, body: bytes, processing_request: int, swap: bool) -> Frame:
    """The frame of an answer: TPDU addresses swapped, sixth digit of the header set."""
    tpdu = request.tpdu[:1] + request.tpdu[3:] + request.tpdu[1:3] if swap else request.tpdu
    third = request.header[2] & 0xF0 | processing_request
    header = request.header[:2] + bytes([third]) + request.header[3:]
    return Frame(tpdu, header, body)


@dataclass(slots=True)
class TcpLine:
    """Length-prefixed frames out of a stream of bytes."""

    _buffer: bytearray = field(default_factory=bytearray, repr=False)

    def wrap(self, raw: bytes) -> bytes:
        """A frame ready for the line."""
        return len(raw).to_bytes(2, "big") + raw

    def feed(self, raw: bytes, now_s: float) -> tuple[Heard, ...]:
        """The frames that are complete now; FrameError for an impossible length."""
        self._buffer += raw
        heard = []
        while len(self._buffer) >= 2:
            end = 2 + int.from_bytes(self._buffer[:2], "big")
            if not 2 < end <= LONGEST:
                raise FrameError("impossible length")
            if len(self._buffer) < end:
                break
            heard.append(Heard("frame", bytes(self._buffer[2:end])))
            del self._buffer[:end]
        return tuple(heard)


@dataclass(slots=True)
class SerialLine:
    """STX … LRC frames, ACK and NAK out of a stream of bytes; noise between frames is skipped."""

    _buffer: bytearray = field(default_factory=bytearray, repr=False)
    _last_s: float = 0.0

    def wrap(self, raw: bytes) -> bytes:
        """A frame ready for the line."""
        inner = bytes.fromhex(f"{len(raw):04d}") + raw + bytes([ETX])
        return bytes([STX]) + inner + bytes([_lrc(inner)])

    def feed(self, raw: bytes, now_s: float) -> tuple[Heard, ...]:
        """What is complete now; never an error, a bad frame is told as such."""
        if self._buffer and now_s - self._last_s > SILENCE_S:
            self._buffer.clear()
        self._last_s = now_s
        self._buffer += raw
        heard: list[Heard] = []
        while (each := self._next()) is not None:
            heard.append(each)
        return tuple(heard)

    def _next(self) -> Heard | None:
        self._skip_noise()
        if not self._buffer:
            return None
        if self._buffer[0] != STX:
            return Heard("ack" if self._buffer.pop(0) == ACK else "nak")
        if len(self._buffer) < 3:
            return None
        return self._framed()

    def _skip_noise(self) -> None:
        while self._buffer and self._buffer[0] not in (STX, ACK, NAK):
            del self._buffer[0]

    def _framed(self) -> Heard | None:
        digits = self._buffer[1:3].hex()
        if not digits.isdecimal() or not 0 < int(digits) <= LONGEST:
            return self._bad(1)
        end = 3 + int(digits)
        if len(self._buffer) < end + 2:
            return None
        inner = bytes(self._buffer[1 : end + 1])
        if inner[-1] != ETX or _lrc(inner) != self._buffer[end + 1]:
            return self._bad(end + 2)
        del self._buffer[: end + 2]
        return Heard("frame", inner[2:-1])

    def _bad(self, length: int) -> Heard:
        del self._buffer[:length]
        return Heard("bad_frame")


def _lrc(raw: bytes) -> int:
    total = 0
    for byte in raw:
        total ^= byte
    return total

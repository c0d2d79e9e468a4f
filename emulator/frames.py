"""Frames of the keypad and the display, seen from the device (drivers/framing.md)."""

from binascii import crc_hqx
from dataclasses import dataclass, field

Out = tuple[tuple[float, bytes], ...]  # (delay_s, raw), in order

STX = 0x02
ANSWER = 0x80  # added to a question's kind
HEAD_BYTES = 3  # STX and length
SHORTEST, LONGEST = 3, 4099  # kind, number and payload
CRC_BYTES = 2
UNFINISHED_S = 0.5


class MalformedPayloadError(Exception):
    """A payload ends too early, too late, or holds what its kind does not allow."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame with a right CRC."""

    kind: int
    number: int
    payload: bytes = field(default=b"", repr=False)


def framed(kind: int, number: int, payload: bytes = b"") -> bytes:
    """The bytes of one frame on the wire."""
    body = kind.to_bytes(1, "big") + number.to_bytes(2, "big") + payload
    covered = len(body).to_bytes(2, "big") + body
    return bytes((STX,)) + covered + crc_hqx(covered, 0xFFFF).to_bytes(CRC_BYTES, "big")


class FrameReader:
    """Cuts a stream into frames; what fits no frame is skipped and counted in `skipped_bytes`."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._last_s = 0.0
        self.skipped_bytes = 0

    def feed(self, raw: bytes, now_s: float) -> tuple[Frame, ...]:
        """Take bytes, cut anywhere; the frames that are whole now, in order."""
        frames = self._drop_unfinished(now_s)
        self._last_s = now_s
        self._held += raw
        return frames + self._whole_frames()

    def _drop_unfinished(self, now_s: float) -> tuple[Frame, ...]:
        frames: tuple[Frame, ...] = ()
        while self._held and now_s - self._last_s >= UNFINISHED_S:
            self._skip(1)
            frames += self._whole_frames()
        return frames

    def _whole_frames(self) -> tuple[Frame, ...]:
        frames = []
        while self._at_start_of_frame():
            end = HEAD_BYTES + self._length() + CRC_BYTES
            if len(self._held) < end:
                break
            frame = _parsed(bytes(self._held[:end]))
            if frame is None:
                self._skip(1)
                continue
            frames.append(frame)
            del self._held[:end]
        return tuple(frames)

    def _at_start_of_frame(self) -> bool:
        while self._held:
            if self._held[0] != STX:
                start = self._held.find(STX)
                self._skip(len(self._held) if start < 0 else start)
            if len(self._held) < HEAD_BYTES:
                return False
            if SHORTEST <= self._length() <= LONGEST:
                return True
            self._skip(1)
        return False

    def _length(self) -> int:
        return self._held[1] << 8 | self._held[2]

    def _skip(self, count: int) -> None:
        self.skipped_bytes += count
        del self._held[:count]


def _parsed(raw: bytes) -> Frame | None:
    covered, check = raw[1:-CRC_BYTES], raw[-CRC_BYTES:]
    if crc_hqx(covered, 0xFFFF).to_bytes(CRC_BYTES, "big") != check:
        return None
    return Frame(covered[2], int.from_bytes(covered[3:5], "big"), covered[5:])


class PayloadReader:
    """Takes a payload apart from its front; MalformedPayloadError where it ends too early."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        begin, end = self._at, self._at + count
        if end > len(self._payload):
            raise MalformedPayloadError(f"{count} bytes wanted, {self._left} left")
        self._at = end
        return self._payload[begin:end]

    @property
    def _left(self) -> int:
        return len(self._payload) - self._at

    def u8(self) -> int:
        """A byte."""
        return self.take(1)[0]

    def u16(self) -> int:
        """Two bytes, big-endian."""
        return int.from_bytes(self.take(2), "big")

    def u32(self) -> int:
        """Four bytes, big-endian."""
        return int.from_bytes(self.take(4), "big")

    def str8(self) -> bytes:
        """A byte of length and that many bytes."""
        return self.take(self.u8())

    def str16(self) -> bytes:
        """Two bytes of length and that many bytes."""
        return self.take(self.u16())

    def end(self) -> None:
        """Nothing may be left."""
        if self._left:
            raise MalformedPayloadError(f"{self._left} bytes too many")


def str8(raw: bytes) -> bytes:
    """A byte of length before the bytes themselves."""
    return len(raw).to_bytes(1, "big") + raw

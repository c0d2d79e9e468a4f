"""Where a message begins and ends on the line to the host: TCP, and the serial form (profile 6).

Pure and incremental: `feed` takes bytes cut anywhere and never raises. What is kept is bounded by
one frame. Each object serves one connection.
"""

from dataclasses import dataclass
from typing import Final

from terminal.iso8583.channel import LEAST_PAYLOAD

# Messages of this dialect stay below. A length of 21 to 255 in the wrong byte order does not.
LONGEST_PAYLOAD: Final = 4096

STX: Final = 0x02
ETX: Final = 0x03
ACK: Final = 0x06
NAK: Final = 0x15


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole payload: TPDU, header and message."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The other side has our frame."""


@dataclass(frozen=True, slots=True)
class NotAcknowledged:
    """The other side wants our frame once more."""


@dataclass(frozen=True, slots=True)
class Bad:
    """Something that is no frame: the part that is wrong, and what is wrong with it.

    On TCP the connection is useless from here on; on a serial line the receiver answers NAK.
    """

    place: str
    what: str


Found = Frame | Acknowledged | NotAcknowledged | Bad


class TcpFraming:
    """Two bytes of length, most significant first, then the payload."""

    __slots__ = ("_buffer", "_is_lost")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._is_lost = False

    @staticmethod
    def frame(payload: bytes) -> bytes:
        """The bytes to write, in one write."""
        assert LEAST_PAYLOAD <= len(payload) <= LONGEST_PAYLOAD, "payload length"
        return len(payload).to_bytes(2, "big") + payload

    def feed(self, raw: bytes) -> tuple[Found, ...]:
        """What these bytes complete. After a Bad nothing more is found: there is no way back in."""
        if self._is_lost:
            return ()
        self._buffer += raw
        found: list[Found] = []
        while len(self._buffer) >= 2 and not self._is_lost:
            length = int.from_bytes(self._buffer[:2], "big")
            if not LEAST_PAYLOAD <= length <= LONGEST_PAYLOAD:
                self._is_lost = True
                self._buffer.clear()
                found.append(Bad("length", f"{length} bytes announced"))
            elif len(self._buffer) < 2 + length:
                break
            else:
                found.append(Frame(bytes(self._buffer[2 : 2 + length])))
                del self._buffer[: 2 + length]
        return tuple(found)


class SerialFraming:
    """STX, length (BCD), payload, ETX, LRC over all after STX; answers ACK and NAK.

    After a length or an ETX that is wrong, bytes are skipped up to an STX, and an ACK or NAK is
    believed again only after a whole frame or `expect`: a byte of a payload must not pass for one.
    """

    __slots__ = ("_buffer", "_is_in_noise")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._is_in_noise = False

    @staticmethod
    def frame(payload: bytes) -> bytes:
        """The bytes to write, in one write."""
        assert LEAST_PAYLOAD <= len(payload) <= LONGEST_PAYLOAD, "payload length"
        checked = bytes.fromhex(f"{len(payload):04d}") + payload + bytes([ETX])
        return bytes([STX]) + checked + bytes([lrc(checked)])

    def expect(self) -> None:
        """Our frame is about to be written: forget what came before."""
        self._buffer.clear()
        self._is_in_noise = False

    def feed(self, raw: bytes) -> tuple[Found, ...]:
        """What these bytes complete, in their order."""
        self._buffer += raw
        found: list[Found] = []
        while True:
            self._skip_to_control(found)
            if not self._buffer or not self._take_frame(found):
                return tuple(found)

    def _skip_to_control(self, found: list[Found]) -> None:
        """Take single bytes up to an STX; noise is reported once."""
        for index, byte in enumerate(self._buffer):
            if byte == STX:
                del self._buffer[:index]
                return
            if self._is_in_noise:
                continue
            if byte == ACK:
                found.append(Acknowledged())
            elif byte == NAK:
                found.append(NotAcknowledged())
            else:
                self._noise(found, "STX", "other bytes before it")
        self._buffer.clear()

    def _take_frame(self, found: list[Found]) -> bool:
        """True when the frame that begins the buffer was taken out, good or bad."""
        if len(self._buffer) < 3:
            return False
        digits = bytes(self._buffer[1:3]).hex()
        length = int(digits) if digits.isdecimal() else 0
        if not LEAST_PAYLOAD <= length <= LONGEST_PAYLOAD:
            self._drop_stx(found, "length", "not a possible number of bytes")
            return True
        end = 3 + length
        if len(self._buffer) < end + 2:
            return False
        self._finish(found, end)
        return True

    def _finish(self, found: list[Found], end: int) -> None:
        checked = bytes(self._buffer[1 : end + 1])
        if checked[-1] != ETX:
            self._drop_stx(found, "ETX", "not where the length says")
        elif self._buffer[end + 1] != lrc(checked):
            self._take(found, end + 2, Bad("LRC", "wrong"))
        else:
            self._take(found, end + 2, Frame(checked[2:-1]))

    def _take(self, found: list[Found], count: int, whole: Frame | Bad) -> None:
        # A whole frame, right or wrong, ends the noise: its repeat must be heard.
        self._is_in_noise = False
        found.append(whole)
        del self._buffer[:count]

    def _drop_stx(self, found: list[Found], place: str, what: str) -> None:
        del self._buffer[:1]
        self._noise(found, place, what)

    def _noise(self, found: list[Found], place: str, what: str) -> None:
        # One report a disturbance: each is answered by a NAK, and a NAK by a whole frame.
        if not self._is_in_noise:
            found.append(Bad(place, what))
        self._is_in_noise = True


def lrc(raw: bytes) -> int:
    """Exclusive or of all bytes."""
    value = 0
    for byte in raw:
        value ^= byte
    return value

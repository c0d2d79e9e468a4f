"""The host's line as a pcap file. Whole card data is written of the deck's test cards only.

A frame with another card is written as the trace shows it: numbers cut, stripe and private fields
as zeros, lengths kept (its MAC is then wrong). Of what is no message only the head is written.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from emulator.host.masking import redacted
from emulator.host.message import Message, MessageError, decode, encode
from emulator.host.traffic import HEAD
from emulator.host.upload import read_details
from emulator.host.wire import FrameError, split_frame
from emulator.pcap import Address, PcapFile, TcpStream

LENGTH_BYTES: Final = 2
TOTALS_DIGITS: Final = 62
COUNT_DIGITS: Final = 4
UNKNOWN: Final = frozenset({36, 55})  # the deck has no third track and no chip
Said = tuple[float, bytes]


class Capture:
    """Writes every connection of a line. `numbers`: card numbers that may be written in full."""

    def __init__(
        self, path: Path, numbers: Collection[str], now: Callable[[], float] = time.time
    ) -> None:
        self._file = PcapFile(path)
        self._numbers = frozenset(numbers)
        self._now = now

    def connected(self, client: Address, server: Address) -> "CapturedConnection":
        """A terminal has connected to the host."""
        stream = TcpStream(self._file, client, server, self._now())
        return CapturedConnection(stream, self._numbers, self._now)

    def close(self) -> None:
        """The file is whole."""
        self._file.close()


class CapturedConnection:
    """One connection; what was said is written as soon as its frame is whole."""

    def __init__(
        self, stream: TcpStream, numbers: Collection[str], now: Callable[[], float]
    ) -> None:
        self._stream = stream
        self._now = now
        self._in, self._out = Direction(numbers), Direction(numbers)

    def came(self, raw: bytes) -> None:
        """The terminal wrote this."""
        self._write(True, self._in.said(self._now(), raw))

    def wrote(self, raw: bytes) -> None:
        """The host wrote this."""
        self._write(False, self._out.said(self._now(), raw))

    def closed(self) -> None:
        """The connection is gone, perhaps in the middle of a frame."""
        self._write(True, self._in.rest())
        self._write(False, self._out.rest())
        self._stream.ended(self._now())

    def _write(self, by_client: bool, said: tuple[Said, ...]) -> None:
        for wall_s, raw in said:
            self._stream.said(wall_s, by_client, raw)


@dataclass(slots=True)
class Direction:
    """Bytes of one side, cut as they came, held back until they are whole frames."""

    numbers: Collection[str]
    _held: list[Said] = field(default_factory=list, repr=False)

    def said(self, wall_s: float, raw: bytes) -> tuple[Said, ...]:
        """What can be written now, cut as it came."""
        self._held.append((wall_s, raw))
        whole = b"".join(raw for _, raw in self._held)
        frames = _frames(whole)
        if sum(map(len, frames)) < len(whole):
            return ()
        return self._take(b"".join(_open(frame, self.numbers) for frame in frames))

    def rest(self) -> tuple[Said, ...]:
        """What never became a frame, behind its head as zeros."""
        whole = b"".join(raw for _, raw in self._held)
        frames = _frames(whole)
        tail = whole[sum(map(len, frames)) :]
        return self._take(b"".join(_open(f, self.numbers) for f in frames) + _blank(tail))

    def _take(self, shown: bytes) -> tuple[Said, ...]:
        said, at = [], 0
        for wall_s, raw in self._held:
            said.append((wall_s, shown[at : at + len(raw)]))
            at += len(raw)
        self._held.clear()
        return tuple(said)


def _frames(raw: bytes) -> list[bytes]:
    """The whole frames at the beginning, each with its length."""
    frames = []
    while len(raw) >= LENGTH_BYTES:
        end = LENGTH_BYTES + int.from_bytes(raw[:LENGTH_BYTES], "big")
        if len(raw) < end:
            break
        frames.append(raw[:end])
        raw = raw[end:]
    return frames


def _open(frame: bytes, numbers: Collection[str]) -> bytes:
    try:
        parts = split_frame(frame[LENGTH_BYTES:])
        message = decode(parts.body)
    except (FrameError, MessageError):
        return _blank(frame)
    if is_test_card(message, numbers):
        return frame
    head = frame[:LENGTH_BYTES] + parts.tpdu + parts.header
    return head + encode(redacted(message))


def _blank(raw: bytes) -> bytes:
    head = raw[: LENGTH_BYTES + HEAD]
    return head + bytes(len(raw) - len(head))


def is_test_card(message: Message, numbers: Collection[str]) -> bool:
    """Whether all card data of a message is of these cards, as far as that can be told."""
    if not UNKNOWN.isdisjoint(message.fields):
        return False
    shown = [message.text(2)] if 2 in message.fields else []
    if 35 in message.fields:
        shown.append(message.text(35).partition("D")[0])
    listed = _listed(message.text(48)) if 48 in message.fields else ()
    return listed is not None and all(number in numbers for number in (*shown, *listed))


def _listed(text: str) -> tuple[str, ...] | None:
    """The card numbers in field 48: totals and counts have none; None if it is something else."""
    if len(text) == TOTALS_DIGITS or len(text) <= COUNT_DIGITS:
        return ()
    details = read_details(text)
    return None if details is None else tuple(detail.pan for detail in details)

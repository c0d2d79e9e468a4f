"""What the printer is told and what it answers, for the trace (drivers/printer.md)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.trace_entry import Meaning
from emulator.trace_masking import Masking

LF: Final = 0x0A
STATUS: Final = b"\x10\x04"
# Beginning of a command: its length, and its name.
FIXED: Final[Mapping[bytes, tuple[int, str]]] = MappingProxyType(
    {
        b"\x1b@": (2, "initialise"),
        b"\x1c&": (2, "Chinese on"),
        b"\x1c.": (2, "Chinese off"),
        b"\x1ba": (3, "align"),
        b"\x1bE": (3, "bold"),
        b"\x1d!": (3, "size"),
        b"\x1bd": (3, "feed"),
        b"\x1dH": (3, "bar code text"),
        b"\x1dh": (3, "bar code height"),
        b"\x1dw": (3, "bar code module"),
        b"\x10\x14": (10, "clear buffers"),
        b"\x1dV": (4, "cut"),
        b"\x1dr": (3, "fence"),
        STATUS: (3, "status"),
    }
)
ENDS: Final = frozenset({"line", "cut", "fence", "clear buffers", "QR", "Code 128", "status"})
# No line is that long: the bytes are none of ours, and are shown as they come.
LONGEST_HELD: Final = 8192


class PrinterTrace:
    """Bytes to the printer, cut anywhere, as one meaning for each printed line."""

    def __init__(self, masking: Masking) -> None:
        self._masking = masking
        self._held = b""

    def feed(self, raw: bytes) -> tuple[Meaning, ...]:
        """The lines and commands that are whole now."""
        self._held += raw
        found, said, start, at = [], list[str](), 0, 0
        while at < len(self._held):
            step = _next(self._held, at)
            if step is None:
                break
            length, name = step
            said += [name] if name else [self._text(self._held[at : at + length])]
            at += length
            if name in ENDS:
                found.append(self._meaning(self._held[start:at], said))
                start, said = at, []
        self._held = self._held[start:] if len(self._held) - start < LONGEST_HELD else b""
        return tuple(found)

    def _meaning(self, raw: bytes, said: list[str]) -> Meaning:
        text = ", ".join(part for part in said if part != "line") or "empty line"
        return Meaning(self._masking.raw(raw), text, raw.startswith(STATUS))

    def _text(self, raw: bytes) -> str:
        return f"“{self._masking.text(raw.decode('gb18030', 'replace')).strip()}”"


def printer_answer(raw: bytes) -> tuple[Meaning, ...]:
    """Status bytes of the printer: a real-time answer has bits 1 and 4 set, a fence has not."""
    return tuple(_status(byte) for byte in raw)


def _status(byte: int) -> Meaning:
    shape = byte & 0b1001_0011
    if shape == 0b0001_0010:
        return Meaning(bytes((byte,)), f"status {byte:08b}", is_poll=True)
    if byte & 0b1001_0000 == 0:
        paper = "no paper" if byte & 0b1100 else "on paper"
        return Meaning(bytes((byte,)), f"fence answered: {paper}")
    return Meaning(bytes((byte,)), f"unknown byte {byte:02X}")


def _next(raw: bytes, at: int) -> tuple[int, str] | None:
    """Length and name of what begins here; text has no name; None when it is not whole yet."""
    if raw[at] == LF:
        return 1, "line"
    if raw[at] not in (0x10, 0x1B, 0x1C, 0x1D):
        return _text_length(raw, at)
    head = raw[at : at + 2]
    if len(head) < 2:
        return None
    if head in FIXED:
        length, name = FIXED[head]
        return _whole(raw, at, length, name)
    return _counted(raw, at, head)


def _counted(raw: bytes, at: int, head: bytes) -> tuple[int, str] | None:
    if head == b"\x1d(":
        if len(raw) < at + 5:
            return None
        size = int.from_bytes(raw[at + 3 : at + 5], "little")
        is_print = raw[at + 6 : at + 7] == b"Q"
        return _whole(raw, at, 5 + size, "QR" if is_print else "QR set-up")
    if head == b"\x1dk":
        return _whole(raw, at, 4 + raw[at + 3], "Code 128") if len(raw) > at + 3 else None
    return 1, "unknown command"


def _whole(raw: bytes, at: int, length: int, name: str) -> tuple[int, str] | None:
    return (length, name) if len(raw) >= at + length else None


def _text_length(raw: bytes, at: int) -> tuple[int, str] | None:
    end = at
    while end < len(raw) and raw[end] not in (LF, 0x10, 0x1B, 0x1C, 0x1D):
        end += 1
    return (end - at, "") if end < len(raw) else None

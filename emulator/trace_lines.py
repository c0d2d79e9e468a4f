"""What the card reader and the scanner say, for the trace: no track data gets into it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.trace_entry import Meaning
from emulator.trace_masking import Masking, masked_digits

SIGNALS: Final[Mapping[str, str]] = MappingProxyType(
    {"!I": "card inserted", "!T": "card tapped", "!R": "card removed"}
)
UNREADABLE: Final = ("%E?", ";E?")
TRACK_2: Final = re.compile(r";([0-9]*)[^?]*\??$")


def reader_meanings(raw: bytes) -> tuple[Meaning, ...]:
    """The lines of the card reader; of a track only the masked number is shown."""
    return tuple(_reader_line(line) for line in raw.split(b"\r") if line)


def scanner_meanings(raw: bytes, masking: Masking) -> tuple[Meaning, ...]:
    """The lines of the scanner."""
    lines = [masking.raw(line) for line in raw.split(b"\r") if line.strip()]
    return tuple(Meaning(line + b"\r", _readable(line)) for line in lines)


def _reader_line(line: bytes) -> Meaning:
    text = line.decode("latin-1")
    if text in SIGNALS:
        return Meaning(line + b"\r", SIGNALS[text])
    track = TRACK_2.search(text)
    if track is None or text.endswith(UNREADABLE):
        return Meaning(_starred(text), "stripe, track 2 unreadable")
    return Meaning(_starred(text), f"stripe, track 2 {masked_digits(track.group(1))}")


def _starred(text: str) -> bytes:
    return re.sub(r"[0-9A-Za-z^/ ]", "*", text).encode("latin-1") + b"\r"


def _readable(line: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in line)

"""What passed on the host's wires, for people: decoded, and without card data."""

from dataclasses import dataclass
from typing import Literal

from emulator.host.masking import readable, redacted
from emulator.host.message import Message, encode
from emulator.host.wire import Frame

HEAD = 13


Direction = Literal["in", "out"]
Place = tuple[int, float, Direction]
"""Number of the connection, time on the line's clock, direction."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """One frame. raw: with card data and keys as zeros, or only its head if it got no further.

    connection: number of the connection; time_s: the line's clock; note: faults or what is wrong.
    fields: (number, name, masked text).
    """

    connection: int
    time_s: float
    direction: Direction
    raw: bytes
    mti: str = ""
    fields: tuple[tuple[int, str, str], ...] = ()
    note: str = ""


def seen(place: Place, frame: Frame, message: Message, note: str = "") -> Traffic:
    """The trace of a frame that was understood."""
    raw = frame.tpdu + frame.header + encode(redacted(message))
    return Traffic(*place, raw, message.mti, readable(message), note)


def failed(connection: int, time_s: float, raw: bytes, error: Exception) -> Traffic:
    """The trace of a frame that got no further: its head, its length and what is wrong."""
    note = f"no answer, {len(raw)} bytes: {error}"
    return Traffic(connection, time_s, "in", raw[:HEAD], note=note)

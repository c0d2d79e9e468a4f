"""What links report; the runtime hands these to the wire's driver, never to a flow."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LinkOpened:
    """The wire can be written to."""

    wire: str


@dataclass(frozen=True, slots=True)
class BytesArrived:
    """Some bytes, cut anywhere."""

    wire: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FrameWritten:
    """The whole frame left this process."""

    wire: str


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The wire is gone; `write_called` tells whether any write was begun since it was opened."""

    wire: str
    reason: str
    write_called: bool


LinkEvent = LinkOpened | BytesArrived | FrameWritten | LinkLost

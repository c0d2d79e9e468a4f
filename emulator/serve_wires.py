"""What every wire offers, and the wire as a pseudo-terminal."""

import os
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from emulator.serve_descriptor import Descriptor

OnBytes = Callable[[bytes], None]


class Wire(Protocol):
    """The emulator's end of one wire. The URL stays the same when the wire goes down and up."""

    on_bytes: OnBytes

    @property
    def url(self) -> str:
        """What the firmware opens."""

    @property
    def is_up(self) -> bool:
        """False while the cable is pulled."""

    async def up(self) -> None:
        """Offer the wire; no effect when it is up."""

    async def down(self) -> None:
        """Close it under whoever holds it; no effect when it is down."""

    def send(self, raw: bytes) -> None:
        """Bytes to the firmware; lost when nobody listens."""


def ignore(raw: bytes) -> None:
    """The receiver of a wire that has none yet."""


class PtyWire:
    """A pseudo-terminal behind a link of fixed name: each opening gives it another number."""

    def __init__(self, link: Path) -> None:
        self.on_bytes: OnBytes = ignore
        self._link = link
        self._ends: tuple[int, int] | None = None
        self._ours: Descriptor | None = None

    @property
    def url(self) -> str:
        return f"serial:{self._link}"

    @property
    def is_up(self) -> bool:
        return self._ends is not None

    async def up(self) -> None:
        if self.is_up:
            return
        self._ends = ours, theirs = os.openpty()
        # A fresh one echoes, and reading fails when nobody holds the other end: so we hold it.
        tty.setraw(theirs)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        self._ours = Descriptor(ours, self.on_bytes)

    async def down(self) -> None:
        if self._ends is None or self._ours is None:
            return
        self._ours.stop()
        for end in self._ends:
            os.close(end)
        self._ends = self._ours = None
        self._link.unlink(missing_ok=True)

    def send(self, raw: bytes) -> None:
        if self._ours is not None:
            self._ours.send(raw)

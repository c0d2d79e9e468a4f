"""What every wire offers, and the wire as a pseudo-terminal."""

import asyncio
import os
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

READ_BYTES: Final = 4096
UNREAD_LIMIT_BYTES: Final = 65_536
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
        self._master = -1
        self._slave = -1
        self._unsent = bytearray()

    @property
    def url(self) -> str:
        return f"serial:{self._link}"

    @property
    def is_up(self) -> bool:
        return self._master >= 0

    async def up(self) -> None:
        if self.is_up:
            return
        self._master, self._slave = os.openpty()
        # A fresh one echoes, and reading fails when nobody holds the other end: so we hold it.
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(self._slave))
        asyncio.get_running_loop().add_reader(self._master, self._read)

    async def down(self) -> None:
        if not self.is_up:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._master)
        loop.remove_writer(self._master)
        os.close(self._master)
        os.close(self._slave)
        self._master = self._slave = -1
        self._unsent.clear()
        self._link.unlink(missing_ok=True)

    def send(self, raw: bytes) -> None:
        # What a real device says while nobody reads is lost: here, when so much waits already. How
        # long one writing is does not count, or a very long scan would never arrive.
        if self.is_up and len(self._unsent) <= UNREAD_LIMIT_BYTES:
            self._unsent += raw
            self._write()

    def _read(self) -> None:
        with suppress(BlockingIOError, InterruptedError):
            self.on_bytes(os.read(self._master, READ_BYTES))

    def _write(self) -> None:
        with suppress(BlockingIOError, InterruptedError):
            del self._unsent[: os.write(self._master, self._unsent)]
        loop = asyncio.get_running_loop()
        if self._unsent:
            loop.add_writer(self._master, self._write)
        else:
            loop.remove_writer(self._master)

"""A descriptor that the loop reads and writes, and that nobody ever waits for."""

import asyncio
import os
from collections.abc import Callable
from typing import Final

READ_BYTES: Final = 4096
UNREAD_LIMIT_BYTES: Final = 65_536


def nothing() -> None:
    """Of an end that can't go away."""


class Descriptor:
    """From now until `stop`; closing it is its owner's.

    `came` gets what is read, `gone` is called when the other side is not there any more.
    """

    def __init__(
        self, number: int, came: Callable[[bytes], None], gone: Callable[[], None] = nothing
    ) -> None:
        self._number = number
        self._came = came
        self._gone = gone
        self._unsent = bytearray()
        os.set_blocking(number, False)
        asyncio.get_running_loop().add_reader(number, self._read)

    def send(self, raw: bytes) -> None:
        """Write it, now or as soon as it is taken."""
        # What a real device says while nobody reads is lost: here, when so much waits already. How
        # long one writing is does not count, or a very long scan would never arrive.
        if len(self._unsent) <= UNREAD_LIMIT_BYTES:
            self._unsent += raw
            self._write()

    def stop(self) -> None:
        """Read and write no more; what was not taken is lost."""
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._number)
        loop.remove_writer(self._number)
        self._unsent.clear()

    def _read(self) -> None:
        try:
            raw = os.read(self._number, READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            raw = b""
        if raw:
            self._came(raw)
        else:
            self._gone()

    def _write(self) -> None:
        try:
            del self._unsent[: os.write(self._number, self._unsent)]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self._gone()
            return
        loop = asyncio.get_running_loop()
        if self._unsent:
            loop.add_writer(self._number, self._write)
        else:
            loop.remove_writer(self._number)

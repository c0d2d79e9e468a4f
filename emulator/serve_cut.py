"""A wire that goes down and comes back: pulled by a person, or cut by the fault `link.drop`."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from emulator.line_trouble import LineTrouble

REOPEN_S: Final = 1.0
OnLink = Callable[[str, bool], None]


class ByteCut(Protocol):
    """The fault that cuts a wire in the middle of its bytes."""

    def passed(self, raw: bytes) -> bytes:
        """What of these bytes still gets through; less than all: the wire is cut now."""


class Cable(Protocol):
    """What can be pulled and put back. `on_link` is told its name and whether it is in now."""

    on_link: OnLink

    @property
    def trouble(self) -> LineTrouble:
        """What is wrong with it while it is in."""

    @property
    def is_up(self) -> bool:
        """False while it is pulled."""

    async def set_link(self, is_up: bool) -> None:
        """Put it in, or pull it."""

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut it when `cut` says so; it comes back by itself."""


def nobody(name: str, is_up: bool) -> None:
    """Who is told of a cable that nobody watches."""


class WireCut:
    """Cuts a wire when its fault says so, and brings it back after a second."""

    def __init__(self, set_link: Callable[[bool], Awaitable[None]]) -> None:
        self.cut: ByteCut | None = None
        self._set_link = set_link
        self._returning: asyncio.Task[None] | None = None

    def passed(self, raw: bytes) -> bytes:
        """What of these bytes gets through."""
        if self.cut is None:
            return raw
        kept = self.cut.passed(raw)
        if len(kept) < len(raw) and self._returning is None:
            self._returning = asyncio.get_running_loop().create_task(self._drop_and_return())
        return kept

    def cancel(self) -> None:
        """It does not come back: somebody has decided otherwise."""
        returning, self._returning = self._returning, None
        if returning is not None:
            returning.cancel()

    async def _drop_and_return(self) -> None:
        await self._set_link(False)
        await asyncio.sleep(REOPEN_S)
        await self._set_link(True)
        self._returning = None

"""What an armed fault wants done that takes a moment: a cable pulled or put in, the power cut."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from emulator.parts import Parts
from emulator.verbs import power_off


class Orders:
    """Carries orders out one after the other, in the order they were given.

    `on_power_off` is told when the terminal has lost its power.
    """

    def __init__(self) -> None:
        self.on_power_off: Callable[[], None] = lambda: None
        self._parts: Parts | None = None
        self._last: asyncio.Task[None] | None = None

    def attend(self, parts: Parts) -> None:
        """From now on there is something to carry orders out on."""
        self._parts = parts

    def give(self, name: str, params: Mapping[str, Any]) -> None:
        """One more."""
        loop = asyncio.get_running_loop()
        self._last = loop.create_task(self._after(self._last, name, params))

    async def done(self) -> None:
        """Wait until all that were given are carried out."""
        if self._last is not None:
            await self._last

    async def _after(
        self, before: asyncio.Task[None] | None, name: str, params: Mapping[str, Any]
    ) -> None:
        if before is not None:
            await before
        assert self._parts is not None
        if name == "power.cut":
            await power_off(self._parts)
            self.on_power_off()
        else:
            await self._parts.cables[params["wire"]].set_link(name == "plug")

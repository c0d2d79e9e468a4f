"""What happens on a wire one after the other, each part after its delay."""

import asyncio
import math
from collections import deque
from collections.abc import Callable


class InTurn:
    """Acts after their delays, in the order in which they were handed in: none overtakes another.

    Two keys pressed while an answer is on its way are due at the same moment, and an event loop
    keeps no order among timers of the same moment: each gets one of its own.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._last_due_s = 0.0
        self._waiting: deque[asyncio.TimerHandle] = deque()

    def after(self, late_s: float, act: Callable[[], None]) -> None:
        """Do it so many seconds from now, at once when nothing is in front of it."""
        if late_s <= 0 and not self._waiting:
            act()
            return
        later_s = math.nextafter(self._last_due_s, math.inf)
        self._last_due_s = max(self._loop.time() + late_s, later_s)
        self._waiting.append(self._loop.call_at(self._last_due_s, self._due, act))

    def forget(self) -> None:
        """Nothing that still waits is done."""
        for handle in self._waiting:
            handle.cancel()
        self._waiting.clear()
        self._last_due_s = 0.0

    def _due(self, act: Callable[[], None]) -> None:
        self._waiting.popleft()
        act()

"""An event loop whose clock jumps to the next timer: minutes pass in no time, exactly."""

import asyncio
from collections.abc import Coroutine
from selectors import DefaultSelector, SelectorKey
from typing import Any, TypeVar

T = TypeVar("T")


class JumpingSelector(DefaultSelector):
    """Never waits: what it was to wait has passed."""

    now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        self.now_s += max(0.0, timeout or 0.0)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time is the selector's."""

    def __init__(self) -> None:
        self._jumping = JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds since it was made."""
        return self._jumping.now_s


def in_virtual_time(play: Coroutine[Any, Any, T]) -> T:
    """What `play` makes, as if it had taken its time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(play)

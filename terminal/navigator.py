"""A stack of running flows: a flow may call another and is told how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from terminal.effects import Beep, Call, Effect
from terminal.events import Event, KeyPressed, Returned, Started
from terminal.flow import Flow

DEPTH_MAX = 5


class Navigator:
    """The flow on top gets the events; a key that it has no row for sounds a beep."""

    def __init__(self, home: Flow[Any]) -> None:
        self._stack = [home]
        self.ignored = 0  # events that nobody waited for, keys aside

    @property
    def top(self) -> Flow[Any]:
        """The flow that is on the display."""
        return self._stack[-1]

    @property
    def is_home(self) -> bool:
        """Only the first flow runs."""
        return len(self._stack) == 1

    def handle(self, event: Event) -> Iterator[Effect]:
        """The effects of an event, in order, those of called and returned flows included.

        Each is to be performed before the next is asked for: a flow that returns after a Persist
        finds it in the books.
        """
        if not self.top.accepts(event):
            yield from self._unwanted(event)
            return
        for effect in self.top.handle(event):
            if isinstance(effect, Call):
                assert len(self._stack) < DEPTH_MAX, "flows call each other too deep"
                self._stack.append(effect.make())
                yield from self.handle(Started())
            else:
                yield effect
        yield from self._ended()

    def _ended(self) -> Iterator[Effect]:
        while self.top.finished and len(self._stack) > 1:
            returned = Returned(self._stack.pop().result)
            assert self.top.accepts(returned), f"{self.top.table.name} called and does not listen"
            yield from self.handle(returned)

    def _unwanted(self, event: Event) -> Iterator[Effect]:
        if isinstance(event, KeyPressed):
            yield Beep()
        elif not isinstance(event, Started):
            self.ignored += 1

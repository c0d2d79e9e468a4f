"""A stack of running flows: a flow may call another and is told how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import Any

from terminal.effects import Beep, Call, Effect
from terminal.events import (
    CardSwiped,
    CardUnreadable,
    ChipPresented,
    Event,
    KeyPressed,
    Returned,
    Started,
)
from terminal.flow import Flow

DEPTH_MAX = 5
# Whoever did it hears that nothing came of it.
BY_HAND = (KeyPressed, CardSwiped, CardUnreadable, ChipPresented)

# The kind of question that an answer's trigger belongs to.
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "keypad": "keypad",
        "keypad_failed": "keypad",
        "host": "host",
        "host_not_reached": "host",
        "host_silent": "host",
        "printed": "printer",
        "print_failed": "printer",
    }
)


class Navigator:
    """The flow on top gets the events; a key or card that it has no row for beeps."""

    def __init__(self, home: Flow[Any]) -> None:
        self._stack = [home]
        self.ignored = 0  # events that nobody waited for, keys and cards aside

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

    def leave_all(self) -> None:
        """Whatever goes on is left where it stands, as if the power had gone."""
        del self._stack[1:]

    def _ended(self) -> Iterator[Effect]:
        while self.top.finished and len(self._stack) > 1:
            returned = Returned(self._stack.pop().result)
            assert self.top.accepts(returned), f"{self.top.table.name} called and does not listen"
            yield from self.handle(returned)

    def _unwanted(self, event: Event) -> Iterator[Effect]:
        if isinstance(event, BY_HAND):
            yield Beep()
        elif not isinstance(event, Started):
            self.ignored += 1


class OpenQuestions:
    """An answer counts only when it has the number of the newest question of its kind."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._open: dict[str, int] = {}

    def next(self, kind: str) -> int:
        """The number of a new question; an older one of this kind is nobody's any more."""
        self._open[kind] = number = next(self._numbers)
        return number

    def drop(self, kind: str) -> None:
        """Nobody waits for an answer of this kind any more."""
        self._open.pop(kind, None)

    def is_stale(self, event: Event) -> bool:
        """Is it an answer that nobody waits for? An answer that is waited for ends its question."""
        kind = ANSWERS.get(event.trigger)
        if kind is None:
            return False
        number: int = event.number  # type: ignore[attr-defined]  # every answer has one
        if self._open.get(kind) != number:
            return True
        del self._open[kind]
        return False

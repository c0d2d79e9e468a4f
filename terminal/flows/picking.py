"""A line of a list is picked with the arrow keys: the rows that every list needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from terminal.events import KeyPressed
from terminal.flow import On
from terminal.flows.typed import Step, beep

C = TypeVar("C", bound=Any)


def arrows(state: Enum, count: Callable[[Any], int]) -> list[On[Any]]:
    """Rows that move `context.picked` over so many lines; beyond either end they beep."""

    def go_down(context: C, event: object) -> Step[C]:
        is_last = context.picked >= count(context) - 1
        return (
            beep(context, event) if is_last else (replace(context, picked=context.picked + 1), ())
        )

    return [On("up", state, state, do=go_up), On("down", state, state, do=go_down)]


def jump(state: Enum, count: Callable[[Any], int]) -> On[Any]:
    """A row by which a digit picks its line, for lists whose lines want an Enter of their own."""

    def pick(context: C, event: KeyPressed) -> Step[C]:
        value = event.key.value
        is_line = len(value) == 1 and 1 <= int(value) <= count(context)
        return (replace(context, picked=int(value) - 1), ()) if is_line else beep(context, event)

    return On("digit", state, state, do=pick)


def go_up(context: C, event: object) -> Step[C]:
    """The line above."""
    above = replace(context, picked=context.picked - 1)
    return (above, ()) if context.picked else beep(context, event)

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


def lines(state: Enum, count: Callable[[Any], int], opened: Enum | None = None) -> list[On[Any]]:
    """Rows of a list: arrows, and a digit that picks its line, and opens it if `opened` is given.

    A digit without a line beeps.
    """

    def digit_is_a_line(context: C, event: KeyPressed) -> bool:
        value = event.key.value
        return len(value) == 1 and 1 <= int(value) <= count(context)

    return [
        *arrows(state, count),
        On("digit", state, opened or state, when=digit_is_a_line, do=pick_digit),
        On("digit", state, state, do=beep),
    ]


def pick_digit(context: C, event: KeyPressed) -> Step[C]:
    """One key picks; 1 is the first."""
    return replace(context, picked=int(event.key.value) - 1), ()


def go_up(context: C, event: object) -> Step[C]:
    """The line above."""
    above = replace(context, picked=context.picked - 1)
    return (above, ()) if context.picked else beep(context, event)

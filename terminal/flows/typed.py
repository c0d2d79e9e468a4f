"""Typing at the pad: digits, letters through Alpha, and the rows that a typed entry needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from terminal.effects import Beep, Effect
from terminal.events import KeyPressed
from terminal.flow import On

# The letters of each key, three a key; Q and Z stand on 1.
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        first: group
        for group in ("1QZ", "2ABC", "3DEF", "4GHI", "5JKL", "6MNO", "7PRS", "8TUV", "9WXY")
        for first in group
    }
)


C = TypeVar("C", bound=Any)
Step = tuple[C, tuple[Effect, ...]]


def beep(context: C, event: object) -> Step[C]:
    """Nothing but a beep."""
    return context, (Beep(),)


def stay(context: C, event: object) -> Step[C]:
    """Nothing at all."""
    return context, ()


def typing(state: Enum, most: int, letters: bool = False) -> list[On[Any]]:
    """Rows for an entry of at most so many characters in `context.entry`."""

    def put(context: C, event: KeyPressed) -> Step[C]:
        entry = context.entry + event.key.value
        if len(entry) > most:
            return beep(context, event)
        return replace(context, entry=entry, error=None), ()

    rows: list[On[Any]] = [On("digit", state, state, do=put), On("clear", state, state, do=rub)]
    return [*rows, On("alpha", state, state, do=cycle)] if letters else rows


def rub(context: C, event: object) -> Step[C]:
    """Clear takes the last character away; on an empty entry it beeps."""
    if not context.entry:
        return beep(context, event)
    return replace(context, entry=context.entry[:-1], error=None), ()


def cycle(context: C, event: object) -> Step[C]:
    """Alpha turns the last character into the next letter of its key."""
    last = context.entry[-1:]
    group = LETTERS.get(last, "")
    if not group:
        return beep(context, event)
    turned = group[(group.index(last) + 1) % len(group)]
    return replace(context, entry=context.entry[:-1] + turned, error=None), ()


def complain(error: object) -> Callable[[C, Any], Step[C]]:
    """An action that says what is wrong with the entry, empties it and beeps."""

    def action(context: C, event: object) -> Step[C]:
        return replace(context, entry="", error=error), (Beep(),)

    return action

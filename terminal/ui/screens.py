"""Screens as data: what is to be shown, never how it looks on the cells of a display."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from terminal.domain.money import Amount
from terminal.domain.phrase import Phrase
from terminal.ui.text import Text

Value = str | int | Amount | Phrase | Text
NO_VALUES: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Say:
    """A text and what goes into its placeholders."""

    text: Text | Phrase
    values: Mapping[str, Value] = field(default_factory=lambda: NO_VALUES)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label at the left edge and a value at the right."""

    label: Text
    value: Value


Content = Say | Fact


def say(text: Text | Phrase, **values: Value) -> Say:
    """A text with its placeholders filled."""
    return Say(text, values)


NONE_YET: Final = -1
"""Where nobody may choose by an Enter that bounced."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose from by number, or by Up, Down and Enter. `selected`: or `NONE_YET`."""

    name: str
    title: Say
    items: tuple[Say, ...]
    selected: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something is to be typed (or scanned, or swiped): what stands there so far is `entry`."""

    name: str
    title: Say
    lines: tuple[Content, ...]
    entry: str | None = None
    hint: Say | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """The whole case; Enter goes on, Cancel leaves."""

    name: str
    title: Say
    lines: tuple[Content, ...]
    hint: Say | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, whether money moved, and what to do."""

    name: str
    title: Say
    lines: tuple[Content, ...]
    hint: Say | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Something is going on; no key helps."""

    name: str
    title: Say
    lines: tuple[Content, ...] = ()


Screen = Menu | Prompt | Confirm | Message | Progress

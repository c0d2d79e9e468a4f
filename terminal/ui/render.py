"""Screens to rows of cells. Pure: the same screen and language give the same rows.

Row 0 is the title, inverse; rows 1 to 6 are the body; row 7 is the hint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from terminal.domain.cells import centre, drawable, left, right, tail, width, wrap
from terminal.domain.phrase import Language
from terminal.ui.screens import Confirm, Content, Fact, Menu, Message, Prompt, Say, Screen
from terminal.ui.words import sentence, shown

COLUMNS: Final = 20
BODY_ROWS: Final = 6
CURSOR: Final = "_"

Row = tuple[str, bool]  # exactly 20 cells; inverse or not


@dataclass(frozen=True, slots=True)
class _Layout:
    """The eight rows, and how many rows had no room or lost their end."""

    rows: tuple[Row, ...]
    dropped: int


def render(screen: Screen, language: Language) -> tuple[Row, ...]:
    """Eight rows of exactly 20 cells, each with its inverse flag; what has no room is left out."""
    return _laid_out(screen, language).rows


def overflow(screen: Screen, language: Language) -> int:
    """How many rows `render` left out or cut at the edge; 0 for every screen that is fine."""
    return _laid_out(screen, language).dropped


def _laid_out(screen: Screen, language: Language) -> _Layout:
    title = drawable(sentence(screen.title, language))
    foot = drawable(_foot(screen, language))
    body, dropped = _body(screen, language)
    blanks = (("", False),) * (BODY_ROWS - len(body))
    cut_rows = sum(width(text) > COLUMNS for text in (title, foot))
    rows = [(left(text, COLUMNS), inverse) for text, inverse in (*body, *blanks, (foot, False))]
    return _Layout(((centre(title, COLUMNS), True), *rows), dropped + cut_rows)


def _foot(screen: Screen, language: Language) -> str:
    if isinstance(screen, Menu):
        return _place_in(screen)
    if isinstance(screen, Prompt | Confirm | Message) and screen.hint is not None:
        return sentence(screen.hint, language)
    return ""


def _place_in(menu: Menu) -> str:
    if len(menu.items) <= BODY_ROWS:
        return ""
    return right(f"↑↓ {_selected(menu) + 1}/{len(menu.items)}", COLUMNS)


def _body(screen: Screen, language: Language) -> tuple[tuple[Row, ...], int]:
    if isinstance(screen, Menu):
        return _menu_rows(screen, language)
    entry = _entry_row(screen)
    rows = tuple(row for content in screen.lines for row in _content_rows(content, language))
    room = BODY_ROWS - len(entry)
    return (*((row, False) for row in rows[:room]), *entry), max(0, len(rows) - room)


def _entry_row(screen: Screen) -> tuple[Row, ...]:
    # What is being typed is always seen, at its end, however much else there is to say.
    if not isinstance(screen, Prompt) or screen.entry is None:
        return ()
    typed = tail(drawable(screen.entry), COLUMNS - width(CURSOR))
    return ((right(typed + CURSOR, COLUMNS), False),)


def _selected(menu: Menu) -> int:
    return max(0, min(menu.selected, len(menu.items) - 1))


def _menu_rows(menu: Menu, language: Language) -> tuple[tuple[Row, ...], int]:
    selected = _selected(menu)
    first = max(0, selected - BODY_ROWS + 1)
    items = [f"{n} {_one_line(item, language)}" for n, item in enumerate(menu.items, 1)]
    window = enumerate(items[first : first + BODY_ROWS], first)
    rows = tuple((text, index == selected) for index, text in window)
    return rows, sum(width(item) > COLUMNS for item in items)


def _one_line(say: Say, language: Language) -> str:
    return drawable(sentence(say, language))


def _content_rows(content: Content, language: Language) -> tuple[str, ...]:
    if isinstance(content, Fact):
        return _fact_rows(content, language)
    return wrap(sentence(content, language), COLUMNS)


def _fact_rows(fact: Fact, language: Language) -> tuple[str, ...]:
    label = shown(fact.label, language)
    value = shown(fact.value, language)
    gap = COLUMNS - width(label) - width(value)
    if gap >= 1:
        return (label + " " * gap + value,)
    values = tuple(right(row, COLUMNS) for row in wrap(value, COLUMNS))
    return (*wrap(label, COLUMNS), *values)

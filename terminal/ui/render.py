"""Screens to rows of cells. Pure: the same screen and language give the same rows.

Row 0 is the title, inverse; rows 1 to 6 are the body; row 7 is the hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from terminal.domain.cells import centre, drawable, left, right, tail, width, wrap
from terminal.domain.phrase import Language
from terminal.ui.screens import (
    NONE_YET,
    Confirm,
    Content,
    Fact,
    Menu,
    Message,
    Progress,
    Prompt,
    Say,
    Screen,
)
from terminal.ui.words import sentence, shown

COLUMNS: Final = 20
BODY_ROWS: Final = 6
CURSOR: Final = "_"

Row = tuple[str, bool]  # exactly 20 cells; inverse or not
Written = Prompt | Confirm | Message | Progress


def render(screen: Screen, language: Language) -> tuple[Row, ...]:
    """Eight rows of exactly 20 cells, each with its inverse flag; what has no room is left out."""
    title, foot = _edges(screen, language)
    body = _menu_rows(screen, language) if isinstance(screen, Menu) else _body(screen, language)
    blanks = (("", False),) * (BODY_ROWS - len(body))
    rows = [(left(text, COLUMNS), inverse) for text, inverse in (*body, *blanks, (foot, False))]
    return ((centre(title, COLUMNS), True), *rows)


def overflow(screen: Screen, language: Language) -> int:
    """How many rows `render` left out or cut at the edge; 0 for every screen that is fine."""
    edges = _edges(screen, language)
    if isinstance(screen, Menu):
        items = _items(screen.items, 1, language)
        return sum(width(text) > COLUMNS for text in (*edges, *items))
    rows = len(_content(screen, language)) + len(_entry_row(screen))
    return max(0, rows - BODY_ROWS) + sum(width(text) > COLUMNS for text in edges)


def _edges(screen: Screen, language: Language) -> tuple[str, str]:
    """The title, and the foot."""
    return _one_line(screen.title, language), drawable(_foot(screen, language))


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


def _body(screen: Written, language: Language) -> tuple[Row, ...]:
    entry = _entry_row(screen)
    rows = _content(screen, language)[: BODY_ROWS - len(entry)]
    return (*((row, False) for row in rows), *entry)


def _content(screen: Written, language: Language) -> list[str]:
    return [row for content in screen.lines for row in _content_rows(content, language)]


def _entry_row(screen: Screen) -> tuple[Row, ...]:
    # What is being typed is always seen, at its end, however much else there is to say.
    if not isinstance(screen, Prompt) or screen.entry is None:
        return ()
    typed = tail(drawable(screen.entry), COLUMNS - width(CURSOR))
    return ((right(typed + CURSOR, COLUMNS), False),)


def _selected(menu: Menu) -> int:
    return max(NONE_YET, min(menu.selected, len(menu.items) - 1))


def _menu_rows(menu: Menu, language: Language) -> tuple[Row, ...]:
    selected = _selected(menu)
    first = max(0, selected - BODY_ROWS + 1)
    window = _items(menu.items[first : first + BODY_ROWS], first + 1, language)
    return tuple((text, index == selected) for index, text in enumerate(window, first))


def _items(items: Iterable[Say], first: int, language: Language) -> list[str]:
    return [f"{n} {_one_line(item, language)}" for n, item in enumerate(items, first)]


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

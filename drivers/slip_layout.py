"""Text on 32 half-width columns: how wide it is, where it wraps, how a label meets its value."""

from __future__ import annotations

import re

from terminal.domain.cells import cut, width
from terminal.domain.slip import COLUMNS

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """Control characters become blanks: text from outside must never be a printer's command."""
    return _CONTROLS.sub(" ", text)


def wrapped(text: str, columns: int = COLUMNS) -> tuple[str, ...]:
    """The rows of a text, broken where the next character does not fit; at least one."""
    rows = []
    while width(text) > columns:
        rows.append(cut(text, columns))
        text = text[len(rows[-1]) :]
    return (*rows, text)


def to_the_right(text: str, columns: int = COLUMNS) -> str:
    """The text at the right edge."""
    return " " * (columns - width(text)) + text


def pair(label: str, value: str, columns: int = COLUMNS) -> tuple[str, ...]:
    """Label left and value right on one row, with a blank between; else on rows of their own."""
    if width(label) + 1 + width(value) <= columns:
        return (label + to_the_right(value, columns - width(label)),)
    return wrapped(label, columns) + tuple(
        to_the_right(row, columns) for row in wrapped(value, columns)
    )

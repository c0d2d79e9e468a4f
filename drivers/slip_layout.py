"""Text on 32 half-width columns: how wide it is, where it wraps, how a label meets its value."""

from __future__ import annotations

from terminal.domain.slip import COLUMNS


def clean(text: str) -> str:
    """Control characters become blanks: text from outside must never be a printer's command."""
    return "".join(" " if ord(sign) < 0x20 or 0x7F <= ord(sign) <= 0x9F else sign for sign in text)


def cells(text: str) -> int:
    """Half-width columns; in Chinese mode all but ASCII take two."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def wrapped(text: str, columns: int = COLUMNS) -> tuple[str, ...]:
    """The rows of a text, broken where the next character does not fit; at least one."""
    rows = [""]
    for sign in text:
        if cells(rows[-1]) + cells(sign) > columns:
            rows.append("")
        rows[-1] += sign
    return tuple(rows)


def to_the_right(text: str, columns: int = COLUMNS) -> str:
    """The text at the right edge."""
    return " " * (columns - cells(text)) + text


def pair(label: str, value: str, columns: int = COLUMNS) -> tuple[str, ...]:
    """Label left and value right on one row, with a blank between; else on rows of their own."""
    if cells(label) + 1 + cells(value) <= columns:
        return (label + to_the_right(value, columns - cells(label)),)
    return wrapped(label, columns) + tuple(
        to_the_right(row, columns) for row in wrapped(value, columns)
    )

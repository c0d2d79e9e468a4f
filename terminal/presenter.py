"""A screen as the rows of a picture, with what is lost said on the last row of any screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from terminal.domain.cells import left
from terminal.domain.phrase import Language
from terminal.ports import PictureRow
from terminal.ui.render import COLUMNS, render
from terminal.ui.screens import Screen, say
from terminal.ui.text import Text
from terminal.ui.words import sentence

WIRE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "keypad": Text.WIRE_KEYPAD,
        "reader": Text.WIRE_READER,
        "scanner": Text.WIRE_SCANNER,
        "printer": Text.WIRE_PRINTER,
    }
)


def picture_rows(
    screen: Screen, language: Language, lost: frozenset[str]
) -> tuple[PictureRow, ...]:
    """Eight rows of 20 cells."""
    rows = [PictureRow(text, inverse) for text, inverse in render(screen, language)]
    lost -= {"display"}  # whoever reads this sees that it is there
    if lost:
        wire = WIRE_NAMES[min(lost)]
        text = sentence(say(Text.LOST_WIRE, wire=wire), language)
        rows[-1] = PictureRow(left(text, COLUMNS), inverse=True)
    return tuple(rows)

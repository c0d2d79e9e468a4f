"""A screen as the rows of a picture: with what is lost on its last row, practice on its first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said on any screen: which wires are lost, and that this is practice."""

    lost: frozenset[str] = frozenset()
    practice: bool = False


def picture_rows(screen: Screen, language: Language, marks: Marks) -> tuple[PictureRow, ...]:
    """Eight rows of 20 cells."""
    rows = [PictureRow(text, inverse) for text, inverse in render(screen, language)]
    if marks.practice:
        # The mark is whole, whatever it costs the title.
        title = sentence(say(Text.PRACTICE_MARK), language) + " " + rows[0].text.strip()
        rows[0] = PictureRow(left(title, COLUMNS), inverse=True)
    lost = marks.lost - {"display"}  # whoever reads this sees that it is there
    if lost:
        wire = WIRE_NAMES[min(lost)]
        text = sentence(say(Text.LOST_WIRE, wire=wire), language)
        rows[-1] = PictureRow(left(text, COLUMNS), inverse=True)
    return tuple(rows)

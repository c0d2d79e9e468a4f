"""What stands on a slip, as data: rows of text with their looks, codes, the cut."""

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Literal

from emulator.display import cells_of

COLUMNS = 32
DOTS = 384


class Align(IntEnum):
    """Where a row stands; the numbers are those of the command."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one look."""

    text: str
    is_bold: bool = False
    is_tall: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """One printed line, at most 32 cells; an empty one is paper fed."""

    runs: tuple[TextRun, ...] = ()
    align: Align = Align.LEFT

    @property
    def text(self) -> str:
        """The row as plain text, standing where it does on the paper."""
        text = "".join(run.text for run in self.runs)
        free = COLUMNS - cells_of(text)
        indent = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[self.align]
        return (" " * indent + text).rstrip()

    @property
    def is_tall(self) -> bool:
        """Whether any of it is of double height."""
        return any(run.is_tall for run in self.runs)


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code; `module_dots` is the side of a module, `level` L, M, Q or H."""

    text: str
    align: Align = Align.LEFT
    module_dots: int = 3
    level: Literal["L", "M", "Q", "H"] = "L"


@dataclass(frozen=True, slots=True)
class BarCode:
    """A Code 128 of ASCII text."""

    text: str
    align: Align = Align.LEFT
    module_dots: int = 3
    height_dots: int = 162
    has_caption: bool = False


class Mark(Enum):
    """What is in a printer's queue and leaves no ink."""

    CUT = "cut"
    FENCE = "fence"


PaperItem = TextRow | QrCode | BarCode


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """A piece of paper from top to bottom; not `cut`: it still hangs in the printer."""

    items: tuple[PaperItem, ...] = ()
    cut: bool = False

    @property
    def rows(self) -> tuple[str, ...]:
        """The text on it, a bar code's caption included, without blanks at the ends of rows."""
        return tuple(row for item in self.items for row in _texts(item))

    @property
    def codes(self) -> tuple[str, ...]:
        """What a scanner reads from it, top to bottom."""
        return tuple(item.text for item in self.items if not isinstance(item, TextRow))


def _texts(item: PaperItem) -> tuple[str, ...]:
    if isinstance(item, TextRow):
        return (item.text,)
    if isinstance(item, BarCode) and item.has_caption:
        return (TextRow((TextRun(item.text),), item.align).text,)
    return ()

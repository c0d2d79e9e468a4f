"""A slip as data: what is on the paper, before any printer's language. 32 half-width columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

COLUMNS = 32


class Align(Enum):
    """Where a line stands on the paper."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; longer than the paper it wraps at a cell. `tall` doubles the height."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge and its value at the right; on two lines when one is too short."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line across the paper."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code of `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Code128:
    """A Code 128 bar code of `text` (ASCII)."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: int = 1


Row = Line | Pair | Rule | Qr | Code128 | Space


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper, cut at its end. `name` tells slips apart, e.g. refund.merchant."""

    name: str
    rows: tuple[Row, ...]


class PrinterProblem(Enum):
    """Why a slip is not on paper."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OVERHEATED = "overheated"
    SILENT = "silent"
    ERROR = "error"

"""How a called flow ends without a result, and what its caller says about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from terminal.ui.text import Text


class Left(Enum):
    """Instead of a result. TOLD: the screen before has already said why nothing was done."""

    CANCELLED = auto()
    TIMED_OUT = auto()
    TOLD = auto()


REASONS: Mapping[Left, Text] = MappingProxyType(
    {Left.CANCELLED: Text.LEFT_BY_KEY, Left.TIMED_OUT: Text.LEFT_BY_TIME}
)

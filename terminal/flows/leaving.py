"""How a called flow ends without a result, and what its caller says about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from terminal.events import Returned
from terminal.ui.text import Text


class Left(Enum):
    """Instead of a result. TOLD: the screen before has already said why nothing was done."""

    CANCELLED = auto()
    TIMED_OUT = auto()
    TOLD = auto()


REASONS: Mapping[Left, Text] = MappingProxyType(
    {Left.CANCELLED: Text.LEFT_BY_KEY, Left.TIMED_OUT: Text.LEFT_BY_TIME}
)


def was_told(c: object, event: Returned) -> bool:
    """The called flow has already said why there is nothing."""
    return event.result is Left.TOLD


def was_left(c: object, event: Returned) -> bool:
    """The called flow was left, or nobody pressed a key."""
    return isinstance(event.result, Left)

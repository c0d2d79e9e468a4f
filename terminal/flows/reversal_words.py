"""What is said while a sale or void is taken back, and when it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class ReversalWords:
    """What is being done to it, and what stands when that is done."""

    reversing: Text
    taken_back: Text


_REFUND: Final = ReversalWords(Text.REVERSING_REFUND, Text.REVERSED_REFUND)
_REVERSALS: Final[Mapping[str, ReversalWords]] = MappingProxyType(
    {
        "sale": ReversalWords(Text.REVERSING_SALE, Text.REVERSED_SALE),
        "refund": _REFUND,
        "qr_refund": _REFUND,
        "void": ReversalWords(Text.REVERSING_VOID, Text.REVERSED_VOID),
    }
)


def reversal_words(operation: str) -> ReversalWords:
    """The words of what is reversed: sale, void, or a refund where the profile has it so."""
    return _REVERSALS[operation]

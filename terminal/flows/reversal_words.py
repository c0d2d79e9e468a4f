"""What is said of an operation that may have to be taken back or settled by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class OperationWords:
    """The label of its amount; what a person found out: done or not done."""

    amount: Text
    done: Text
    not_done: Text


@dataclass(frozen=True, slots=True)
class ReversalWords:
    """What is being done to it, and what stands when that is done."""

    reversing: Text
    taken_back: Text


_REFUND: Final = OperationWords(Text.LABEL_AMOUNT, Text.SETTLE_DONE, Text.SETTLE_NOT_DONE)
_WORDS: Final[Mapping[str, OperationWords]] = MappingProxyType(
    {
        "refund": _REFUND,
        "qr_refund": _REFUND,
        "sale": OperationWords(Text.LABEL_SALE, Text.SETTLE_PAID, Text.SETTLE_NOT_PAID),
        "void": OperationWords(Text.LABEL_VOID, Text.SETTLE_VOIDED, Text.SETTLE_NOT_VOIDED),
    }
)
_REVERSALS: Final[Mapping[str, ReversalWords]] = MappingProxyType(
    {
        "sale": ReversalWords(Text.REVERSING_SALE, Text.REVERSED_SALE),
        "void": ReversalWords(Text.REVERSING_VOID, Text.REVERSED_VOID),
    }
)


def operation_words(operation: str) -> OperationWords:
    """The words of refund, qr_refund, sale or void."""
    return _WORDS[operation]


def reversal_words(operation: str) -> ReversalWords:
    """The words of what is reversed: sale or void."""
    return _REVERSALS[operation]

"""The lines that several screens of a refund share. Pure; knows the case by its attributes only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from terminal.domain import refund_policy
from terminal.domain.money import Amount
from terminal.ui.screens import Content, Fact, Say, say
from terminal.ui.text import Text

if TYPE_CHECKING:
    from terminal.flows.refund_case import Refund

EXCEPTIONS: Mapping[str, Text] = MappingProxyType(
    {
        refund_policy.ABOVE_LIMIT: Text.EXCEPTION_ABOVE_LIMIT,
        refund_policy.TYPED_CARD: Text.EXCEPTION_TYPED_CARD,
        refund_policy.OTHER_CARD: Text.EXCEPTION_OTHER_CARD,
        refund_policy.OTHER_KEYPAD: Text.EXCEPTION_OTHER_KEYPAD,
    }
)


def short_card(masked: str) -> str:
    """First six and last four in ten cells and two dots."""
    return f"{masked[:6]}..{masked[-4:]}" if masked[:1].isdigit() else masked[-4:]


def case_lines(c: Refund) -> tuple[Content, ...]:
    """The whole case for an approver: amount, what remains, card, why."""
    assert c.card is not None
    return (
        Fact(Text.LABEL_AMOUNT, Amount(c.amount_minor)),
        Fact(Text.LABEL_REMAINS, Amount(c.remaining_minor)),
        Fact(Text.LABEL_CARD, short_card(c.card.masked.masked)),
        *(say(EXCEPTIONS[name]) for name in c.verdict.exceptions[:2]),
    )


def error_or(c: Refund, *lines: Content) -> tuple[Content, ...]:
    """An error stands below the lines it belongs to."""
    said: tuple[Say, ...] = (c.error,) if c.error else ()
    return (*lines, *said)

"""The lines that the screens of sale and void share."""

from __future__ import annotations

from terminal.domain.card import short_card
from terminal.domain.money import Amount
from terminal.flows.operation_words import words
from terminal.ui.screens import Content, Fact, say
from terminal.ui.text import Text


def approval_lines(operation: str, amount_minor: int, card: str, why: Text) -> tuple[Content, ...]:
    """The whole case for an approver: amount, card, and why somebody has to agree."""
    return (
        Fact(words(operation).amount, Amount(amount_minor).plain),
        Fact(Text.LABEL_CARD, short_card(card)),
        say(why),
    )

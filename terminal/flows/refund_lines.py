"""The lines that several screens of a refund share. Pure; knows the case by its attributes only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from terminal.domain import refund_policy
from terminal.domain.card import short_card
from terminal.domain.money import Amount
from terminal.domain.phrase import Phrase
from terminal.domain.refund_policy import Match
from terminal.ui.screens import Content, Fact, Say, say
from terminal.ui.text import Text

if TYPE_CHECKING:
    from terminal.flows.refund_case import Refund

CASE_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        refund_policy.ABOVE_LIMIT: Text.CASE_ABOVE_LIMIT,
        refund_policy.TYPED_CARD: Text.CASE_TYPED_CARD,
        refund_policy.OTHER_CARD: Text.CASE_OTHER_CARD,
        refund_policy.OTHER_KEYPAD: Text.CASE_OTHER_KEYPAD,
        refund_policy.OLD_PURCHASE: Text.CASE_OLD,
        refund_policy.NO_ORIGINAL: Text.CASE_NO_SLIP,
    }
)


def payee(c: Refund) -> Content:
    """Who gets the money: the card, or the wallet that paid."""
    if c.card is None:
        return Fact(Text.LABEL_WALLET, Text.WALLET_THAT_PAID)
    return Fact(Text.LABEL_CARD, short_card(c.card.masked.masked))


def case_lines(c: Refund) -> tuple[Content, ...]:
    """The whole case for an approver: amount, what remains, card, and all that is unusual."""
    return (
        # The title names the currency: with it, large amounts would push the entry off the display.
        Fact(Text.CASE_AMOUNT, Amount(c.amount_minor).plain),
        Fact(Text.CASE_REMAINS, Amount(c.remaining_minor).plain),
        payee(c),
        say(_unusual(c)),
    )


def _unusual(c: Refund) -> Phrase:
    """In one text: each on a row of its own would push the entry off the display."""
    words = [CASE_WORDS[name].value for name in c.verdict.exceptions]
    if c.card and c.card.match is Match.NOT_COMPARABLE:
        words.append(Text.CASE_NOT_COMPARED.value)
    return Phrase(", ".join(w.en for w in words), "，".join(w.zh_cn for w in words))


def error_or(c: Refund, *lines: Content) -> tuple[Content, ...]:
    """An error stands below the lines it belongs to."""
    said: tuple[Say, ...] = (c.error,) if c.error else ()
    return (*lines, *said)

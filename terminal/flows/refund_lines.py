"""The lines that several screens of a refund share. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from terminal.domain import refund_policy, warnings
from terminal.domain.card import short_card
from terminal.domain.cells import wrap
from terminal.domain.money import Amount
from terminal.domain.phrase import Language, Phrase
from terminal.domain.refund_policy import Match
from terminal.domain.warning_words import WARNINGS
from terminal.flows.refund_case import Refund, intent_of
from terminal.ui.screens import Content, Fact, Say, say
from terminal.ui.text import Text

CELLS, ROWS = 20, 2  # so much room has an approver's screen for what is unusual
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
    """The whole case for an approver: amount, what remains, card, and all that is unusual.

    What has no room beside the entry was read before: `notice_lines`.
    """
    noticed = notice_lines(c)
    count = say(Text.CASE_NOTICED, count=len(_words(c)))
    return (
        # The title names the currency: with it, large amounts would push the entry off the display.
        Fact(Text.CASE_AMOUNT, Amount(c.amount_minor).plain),
        Fact(Text.CASE_REMAINS, Amount(c.remaining_minor).plain),
        payee(c),
        count if noticed else say(_joined(_words(c))),
    )


def notice_lines(c: Refund) -> tuple[Content, ...]:
    """What an approver has to read first: warnings, or more than two rows of exceptions."""
    words = _words(c)
    joined = _joined(words)
    is_short = all(len(wrap(joined.in_language(lang), CELLS)) <= ROWS for lang in Language)
    return () if is_short and not _warned(c) else (say(joined),)


def _words(c: Refund) -> list[Phrase]:
    words = [CASE_WORDS[name].value for name in c.verdict.exceptions]
    if c.card and c.card.match is Match.NOT_COMPARABLE:
        words.append(Text.CASE_NOT_COMPARED.value)
    return [*words, *(WARNINGS[kind] for kind in _warned(c))]


def _warned(c: Refund) -> tuple[warnings.Kind, ...]:
    parameters, facts = c.facts.parameters, c.facts
    now = warnings.Moment(facts.wall_day, facts.wall_minute)
    found = warnings.of_refund(facts.books, parameters, intent_of(c), now)
    return tuple(kind for kind in found if kind in parameters.approver_sees)


def _joined(words: list[Phrase]) -> Phrase:
    """In one text: each on a row of its own would push the entry off the display."""
    return Phrase(", ".join(w.en for w in words), "，".join(w.zh_cn for w in words))


def error_or(c: Refund, *lines: Content) -> tuple[Content, ...]:
    """An error stands below the lines it belongs to."""
    said: tuple[Say, ...] = (c.error,) if c.error else ()
    return (*lines, *said)

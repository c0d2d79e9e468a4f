"""What the list of the unresolved shows: the list, one of it, the questions, the thanks."""

from __future__ import annotations

import math
from typing import Final

from terminal.domain.card import short_card
from terminal.domain.money import Amount, typed_amount
from terminal.flows.operation_words import words
from terminal.flows.pending_case import ANSWERS, Pending, is_the_machines, is_to_reverse, wait_s
from terminal.ui.screens import NONE_YET, Content, Fact, Menu, Message, Prompt, Say, Screen, say
from terminal.ui.text import Text

NAME: Final = "pending"
LINE_CELLS: Final = 11  # of a line of the list, beside its number and the trace number


def list_of_all(c: Pending) -> Screen:
    """All of them; one key picks."""
    if not c.all:
        lines = (say(Text.NOTHING_PENDING),)
        return Message(NAME, say(Text.TITLE_PENDING), lines, say(Text.HINT_ENTER))
    items = (
        say(
            Text.PENDING_ITEM, stan=f"{t.intent.stan:06d}", amount=_in_a_line(t.intent.amount_minor)
        )
        for t in c.all
    )
    return Menu(NAME, say(Text.TITLE_PENDING), tuple(items), c.picked)


def _in_a_line(amount_minor: int) -> str:
    """The amount, if it fits beside the trace number; a million or more does not."""
    plain = Amount(amount_minor).plain
    return plain if len(plain) <= LINE_CELLS else ""


def one(c: Pending) -> Screen:
    """One, and what can be done about it now."""
    one, intent = c.one, c.one.intent
    reference = intent.original.rrn
    lines: tuple[Content, ...] = (
        Fact(Text.LABEL_STAN, f"{intent.stan:06d}"),
        Fact(words(intent.operation).amount, Amount(intent.amount_minor)),
        Fact(Text.LABEL_CARD, short_card(intent.card)),
        *((Fact(Text.LABEL_REFERENCE, reference),) if reference else ()),
    )
    if is_to_reverse(c):
        return _to_reverse(c, lines)
    if is_the_machines(c):
        return _to_ask(c, lines)
    life_s = c.facts.settle_wait_s(one.record)
    if life_s:
        lines = (*lines, say(Text.SETTLE_WAIT, seconds=life_s))
    elif one.reversal_tries:
        lines = (*lines, say(Text.PENDING_FAILED))
    hint = say(Text.HINT_CANCEL if life_s else Text.HINT_SETTLE)
    return Message("pending.one", say(Text.TITLE_PENDING), lines, hint)


def _to_reverse(c: Pending, lines: tuple[Content, ...]) -> Screen:
    again_s = wait_s(c)
    tries = say(Text.PENDING_TRIES, count=c.one.reversal_tries)
    state = say(Text.PENDING_AGAIN, seconds=int(again_s)) if again_s else tries
    hint = say(Text.HINT_CANCEL if again_s else Text.HINT_REVERSE)
    return Message("pending.to_reverse", say(Text.TITLE_PENDING), (*lines, state), hint)


def _to_ask(c: Pending, lines: tuple[Content, ...]) -> Screen:
    again_s = wait_s(c)
    hint = say(Text.HINT_CANCEL if again_s else Text.HINT_ASK)
    state = _asked(c, again_s)
    return Message("pending.to_ask", say(Text.TITLE_PENDING), (*lines, state), hint)


def _asked(c: Pending, again_s: float) -> Say:
    if math.isinf(again_s):
        is_settling = c.facts.books.settling is not None
        return say(Text.ASKED_AFTER_SETTLEMENT if is_settling else Text.ASKED_LATER)
    tries = say(Text.PENDING_ASKED, count=c.one.recovery_tries)
    return say(Text.ASKED_AGAIN, seconds=int(again_s)) if again_s else tries


def answer(c: Pending) -> Screen:
    """What the acquirer's list says."""
    said = words(c.one.intent.operation)
    items = (say(said.found_done), say(said.found_not_done))
    chosen = NONE_YET if c.answer is None else ANSWERS.index(c.answer)
    return Menu("pending.answer", say(Text.TITLE_SETTLE), items, chosen)


def amount(c: Pending) -> Screen:
    """How much the list says; all of it is one key."""
    asked = Fact(Text.LABEL_ASKED, Amount(c.one.intent.amount_minor))
    lines = (c.error, asked) if c.error else (say(Text.ASK_LISTED_AMOUNT), asked)
    typed = Amount(typed_amount(c.entry)).plain if c.entry else ""
    return Prompt("pending.amount", say(Text.TITLE_SETTLE), lines, typed, say(Text.FULL_OR_TYPE))


def settled(c: Pending) -> Screen:
    """On record."""
    lines = (say(Text.SETTLED),)
    return Message("pending.settled", say(Text.TITLE_SETTLE), lines, say(Text.HINT_ENTER))

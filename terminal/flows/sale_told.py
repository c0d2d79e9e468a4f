"""What became of a sale or void that was not approved: told first, printed after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from terminal.domain.facts import Facts
from terminal.domain.transaction import Outcome, Transaction
from terminal.flows.leaving import Left
from terminal.flows.operation_words import words
from terminal.ui.host_text import host_text
from terminal.ui.screens import Message, Say, Screen, say
from terminal.ui.text import Text


class Stopped(Protocol):
    """What is read of a sale or void that was not sent."""

    @property
    def facts(self) -> Facts: ...

    @property
    def operation(self) -> str: ...

    @property
    def error(self) -> Say | None: ...

    @property
    def left(self) -> Left | None: ...


@dataclass(frozen=True, slots=True)
class Ended:
    """A sale or void, and what the exchange came to."""

    facts: Facts
    operation: str
    done: Transaction


def why_left(operation: str, left: Left) -> Say:
    """Cancelled, or nobody pressed a key."""
    said = words(operation)
    return say(said.cancelled if left is Left.CANCELLED else said.expired)


def stopped(c: Stopped) -> Screen:
    """Why it is not possible here, or who left it."""
    assert c.error is not None
    said, phone = words(c.operation), c.facts.parameters.service_phone
    hint = say(Text.HINT_PHONE, phone=phone)
    lines = (c.error, say(said.nothing_moved))
    if c.left:
        told = (*lines, say(Text.BEGIN_AGAIN))
        return Message(f"{c.operation}.cancelled", say(Text.TITLE_CANCELLED), told, hint)
    is_signed_off = c.error.text is Text.REFUSED_NOT_SIGNED_IN
    do_next = (say(Text.SIGN_IN_FIRST),) if is_signed_off else ()
    return Message(f"{c.operation}.refused", say(said.refused), (*lines, *do_next), hint)


def told(c: Ended) -> Screen:
    """By its outcome."""
    return TOLD[c.done.outcome](c)


def _declined(c: Ended) -> Screen:
    phone = c.facts.parameters.service_phone
    text = host_text(c.done.response_code, c.operation)
    next_step = say(text.do_next, phone=phone)
    if c.facts.books.sign_in_wanted:
        next_step = say(Text.SIGN_IN_ANEW)
    lines = (say(text.what), say(words(c.operation).nothing_moved), next_step)
    title = say(Text.TITLE_DECLINED, code=c.done.response_code)
    return Message(f"{c.operation}.declined", title, lines, say(Text.HINT_PHONE, phone=phone))


def _not_sent(c: Ended) -> Screen:
    said = words(c.operation)
    pad = c.done.detail.startswith("keypad")
    what = Text.NOT_SENT_KEYPAD if pad else Text.HOST_NOT_REACHED
    lines = (say(what), say(said.nothing_moved), say(said.again))
    hint = say(Text.HINT_PHONE, phone=c.facts.parameters.service_phone)
    return Message(f"{c.operation}.not_sent", say(Text.TITLE_NOT_SENT), lines, hint)


def _to_reverse(c: Ended) -> Screen:
    lines = (say(Text.TO_REVERSE_WHAT), say(Text.TO_REVERSE_DO))
    name = f"{c.operation}.to_reverse"
    return Message(name, say(Text.TITLE_TO_REVERSE), lines, say(Text.HINT_ENTER))


def _reversed(c: Ended) -> Screen:
    is_sale = c.operation == "sale"
    do_next = Text.SALE_REVERSED_DO if is_sale else Text.VOID_REVERSED_DO
    lines = (say(Text.REVERSED_WHAT), say(do_next))
    name = f"{c.operation}.reversed"
    return Message(name, say(Text.TITLE_REVERSED), lines, say(Text.HINT_ENTER))


def _manual(c: Ended) -> Screen:
    stan, phone = f"{c.done.intent.stan:06d}", c.facts.parameters.service_phone
    lines = (say(Text.MANUAL_WHAT), say(Text.MANUAL_DO, phone=phone, stan=stan))
    return Message(f"{c.operation}.manual", say(Text.TITLE_MANUAL), lines, say(Text.HINT_ENTER))


TOLD: Mapping[Outcome, Callable[[Ended], Screen]] = MappingProxyType(
    {
        Outcome.DECLINED: _declined,
        Outcome.NOT_SENT: _not_sent,
        Outcome.TO_REVERSE: _to_reverse,
        Outcome.REVERSED: _reversed,
        Outcome.MANUAL: _manual,
    }
)


def is_worth_a_slip(c: Ended, event: object) -> bool:
    """What was not sent is not; a reversal that failed has printed its own."""
    if c.done.outcome is Outcome.NOT_SENT:
        return False
    return not (c.done.outcome is Outcome.MANUAL and c.done.reversal_tries)


def is_open(c: Ended, event: object) -> bool:
    """Its slip is printed even when nobody presses a key."""
    return c.done.outcome.unresolved and is_worth_a_slip(c, event)

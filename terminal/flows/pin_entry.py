"""The customer's PIN, typed in the pad's secure entry; only its encrypted block comes out (4.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from terminal.domain.card import HeldCard
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import (
    CancelEntry,
    EnterPin,
    EntryOutcome,
    PinEntered,
    Refusal,
)
from terminal.domain.money import Amount
from terminal.effects import AskKeypad, Beep, Call, Effect, Persist
from terminal.events import EntryProgressed, KeypadAnswered, KeypadFailed
from terminal.flow import Flow, FlowTable, On
from terminal.flows.leaving import Left
from terminal.flows.operation_words import words
from terminal.ui.screens import Content, Fact, Message, Prompt, Say, Screen, say
from terminal.ui.text import Text

SHORTEST: Final = 4
LONGEST_WAIT_S: Final = 60


class S(Enum):
    """ASKING is the pad's secure entry; NO_PIN says why the pad took none."""

    ASKING = auto()
    NO_PIN = auto()
    GIVEN = auto()
    LEFT = auto()
    EXPIRED = auto()
    GIVEN_UP = auto()


@dataclass(frozen=True, slots=True)
class Pin:
    """What was given: the 8 bytes of F52, or None when the customer has no PIN."""

    block: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PinCase:
    """Of which card, for what; `setting` is ask or bypass_allowed."""

    facts: Facts
    card: HeldCard
    operation: str
    amount_minor: int
    setting: str
    error: Say | None = None
    stars: int = 0
    pin: Pin | None = None


Step = tuple[PinCase, tuple[Effect, ...]]


def call(case: PinCase) -> Call:
    """Ask for the PIN; the result is a Pin, or a Left."""
    return Call(lambda: Flow(TABLE, case))


def ask(c: PinCase, event: object) -> Step:
    """The pad takes it; the block is bound to this card's number."""
    wait_s = min(LONGEST_WAIT_S, c.facts.parameters.entry_timeout_s)
    longest = int(c.facts.profile.pin_max)
    question = EnterPin(c.card.pan, SHORTEST, longest, wait_s)
    return replace(c, stars=0), (AskKeypad(question),)


def keep_stars(c: PinCase, event: EntryProgressed) -> Step:
    """Something was typed at the pad."""
    return replace(c, stars=event.count), ()


def _outcome(event: KeypadAnswered) -> EntryOutcome:
    assert isinstance(event.answer, PinEntered)
    return event.answer.outcome


def is_given(c: PinCase, event: KeypadAnswered) -> bool:
    """A PIN, or none where the shop allows that."""
    outcome = _outcome(event)
    may_be_none = outcome is EntryOutcome.BYPASSED and c.setting == "bypass_allowed"
    return outcome is EntryOutcome.RIGHT or may_be_none


def keep_pin(c: PinCase, event: KeypadAnswered) -> Step:
    """What the caller gets."""
    assert isinstance(event.answer, PinEntered)
    return replace(c, pin=Pin(event.answer.block or None)), ()


def was_left(c: PinCase, event: KeypadAnswered) -> bool:
    """Cancelled at the pad."""
    return _outcome(event) is EntryOutcome.CANCELLED


def is_missing(c: PinCase, event: KeypadAnswered) -> bool:
    """Enter without a PIN where one is needed, while the card's number is still here."""
    return _outcome(event) is EntryOutcome.BYPASSED and c.card.held


def ask_again(c: PinCase, event: object) -> Step:
    """It is needed."""
    asked, effects = ask(replace(c, error=say(Text.PIN_NEEDED)), event)
    return asked, (Beep(), *effects)


def end_entry(c: PinCase, event: KeypadFailed) -> Step:
    """A pad that answers too late must not go on swallowing keys."""
    if event.refusal is Refusal.NO_WORKING_KEY:
        wanted = Persist("sign_in_wanted", {"why": "keypad"})
        return replace(c, error=say(Text.PIN_NO_KEYS)), (wanted, Beep())
    silent = replace(c, error=say(Text.KEYPAD_GAVE_NO_ANSWER))
    return silent, (AskKeypad(CancelEntry()), Beep())


def _prompt(c: PinCase) -> Screen:
    amount = Fact(words(c.operation).amount, Amount(c.amount_minor))
    lines: list[Content] = [amount, say(Text.PIN_AT_PAD)]
    if c.setting == "bypass_allowed":
        lines.append(say(Text.PIN_OR_ENTER))
    if c.error:
        lines.append(c.error)
    name, title = f"{c.operation}.pin", say(Text.TITLE_PIN)
    return Prompt(name, title, tuple(lines), "*" * c.stars, say(Text.HINT_TYPE))


def _no_pin(c: PinCase) -> Screen:
    assert c.error is not None
    lines = (c.error, say(words(c.operation).nothing_moved))
    return Message(f"{c.operation}.no_pin", say(Text.TITLE_PIN), lines, say(Text.HINT_ENTER))


def _result(state: S, c: PinCase) -> Pin | Left | None:
    left = {S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT, S.GIVEN_UP: Left.TOLD}
    return left.get(state, c.pin)


TABLE: FlowTable[PinCase] = FlowTable(
    name="pin_entry",
    states=S,
    initial=S.ASKING,
    final=frozenset({S.GIVEN, S.LEFT, S.EXPIRED, S.GIVEN_UP}),
    rows=[
        On("started", S.ASKING, S.ASKING, do=ask),
        On("entry", S.ASKING, S.ASKING, do=keep_stars),
        On("keypad", S.ASKING, S.GIVEN, when=is_given, do=keep_pin),
        On("keypad", S.ASKING, S.LEFT, when=was_left),
        On("keypad", S.ASKING, S.ASKING, when=is_missing, do=ask_again),
        On("keypad", S.ASKING, S.EXPIRED),
        On("keypad_failed", S.ASKING, S.NO_PIN, do=end_entry),
        On("enter", S.NO_PIN, S.GIVEN_UP),
        On("cancel", S.NO_PIN, S.GIVEN_UP),
        On("timeout", S.NO_PIN, S.GIVEN_UP),
    ],
    screens={S.ASKING: _prompt, S.NO_PIN: _no_pin},
    # The pad ends each entry by itself, and its driver says when it does not.
    timeout_s={S.ASKING: math.inf, S.NO_PIN: 15.0},
    result=_result,
)

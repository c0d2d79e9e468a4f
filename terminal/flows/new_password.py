"""A person's new password: at first use after an invitation, or instead of the old one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CancelEntry, EntryOutcome
from terminal.domain.parameters import Person
from terminal.effects import AskKeypad, Call, Effect
from terminal.events import EntryProgressed, KeypadAnswered, Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import password_entry, password_making
from terminal.flows.leaving import Left
from terminal.ui.screens import Message, Prompt, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """OLD asks for the old one, where there is one; TYPING is the pad's entry, twice."""

    OLD = auto()
    TYPING = auto()
    TOLD = auto()
    NO_KEYPAD = auto()
    RIGHT = auto()
    LEFT = auto()
    EXPIRED = auto()
    GIVEN_UP = auto()


@dataclass(frozen=True, slots=True)
class NewPassword:
    """Whose; `is_first`: nobody can be asked for an old one."""

    facts: Facts
    person: Person
    is_first: bool
    phase: int = 1
    stars: int = 0
    error: Text | None = None


Step = tuple[NewPassword, tuple[Effect, ...]]


def call(facts: Facts, person: Person, is_first: bool) -> Call:
    """Set it; the result is True, or a Left."""
    return Call(lambda: Flow(TABLE, NewPassword(facts, person, is_first)))


def is_first(c: NewPassword, event: object) -> bool:
    """There is no old one."""
    return c.is_first


def ask_old(c: NewPassword, event: object) -> Step:
    """Only its owner replaces a password."""
    return c, (password_entry.call(c.facts, c.person, "new_password.old"),)


def old_was_right(c: NewPassword, event: Returned) -> bool:
    """The pad compared it."""
    return event.result is True


def ask(c: NewPassword, event: object) -> Step:
    """Both typings are one entry of the pad."""
    return replace(c, phase=1, stars=0), (password_making.question(c.facts, c.person),)


def keep_stars(c: NewPassword, event: EntryProgressed) -> Step:
    """Something was typed at the pad."""
    return replace(c, phase=event.phase, stars=event.count), ()


def is_made(c: NewPassword, event: KeypadAnswered) -> bool:
    """The pad has salt and verifier."""
    return password_making.made(event).outcome is EntryOutcome.RIGHT


def store(c: NewPassword, event: KeypadAnswered) -> Step:
    """From now on this one counts."""
    return c, (password_making.record(c.facts, c.person, event),)


def was_left(c: NewPassword, event: KeypadAnswered) -> bool:
    """Cancelled at the pad."""
    return password_making.made(event).outcome is EntryOutcome.CANCELLED


def has_expired(c: NewPassword, event: KeypadAnswered) -> bool:
    """Timed out at the pad."""
    return password_making.made(event).outcome is EntryOutcome.TIMED_OUT


def say_what_was_wrong(c: NewPassword, event: KeypadAnswered) -> Step:
    """Weak or different: once more."""
    outcome = password_making.made(event).outcome
    return ask(replace(c, error=password_making.COMPLAINTS.get(outcome)), event)


def end_entry(c: NewPassword, event: object) -> Step:
    """A pad that answers too late must not go on swallowing keys."""
    return c, (AskKeypad(CancelEntry()),)


def _prompt(c: NewPassword) -> Screen:
    shortest, longest = c.facts.parameters.password_digits(c.person.role)
    again = c.phase == 2
    what = say(Text.TYPE_NEW_PASSWORD, shortest=shortest, longest=longest)
    lines = [
        say(Text.PERSON, number=c.person.number, name=c.person.name),
        say(Text.TYPE_AGAIN) if again else what,
    ]
    if c.error and not again:
        lines.append(say(c.error))
    title, hint = say(Text.TITLE_NEW_PASSWORD), say(Text.HINT_TYPE)
    return Prompt("new_password", title, tuple(lines), "*" * c.stars, hint)


def _message(c: NewPassword, text: Text) -> Screen:
    title, hint = say(Text.TITLE_NEW_PASSWORD), say(Text.HINT_ENTER)
    return Message("new_password.told", title, (say(text),), hint)


RESULTS: Mapping[S, bool | Left] = MappingProxyType(
    {S.RIGHT: True, S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT, S.GIVEN_UP: Left.TOLD}
)
TOLD = (S.TOLD, S.NO_KEYPAD)

TABLE: FlowTable[NewPassword] = FlowTable(
    name="new_password",
    states=S,
    initial=S.OLD,
    final=frozenset(RESULTS),
    rows=[
        On("started", S.OLD, S.TYPING, when=is_first, do=ask),
        On("started", S.OLD, S.OLD, do=ask_old),
        On("returned", S.OLD, S.TYPING, when=old_was_right, do=ask),
        On("returned", S.OLD, S.LEFT),
        On("entry", S.TYPING, S.TYPING, do=keep_stars),
        On("keypad", S.TYPING, S.TOLD, when=is_made, do=store),
        On("keypad", S.TYPING, S.LEFT, when=was_left),
        On("keypad", S.TYPING, S.EXPIRED, when=has_expired),
        On("keypad", S.TYPING, S.TYPING, do=say_what_was_wrong),
        On("keypad_failed", S.TYPING, S.NO_KEYPAD, do=end_entry),
        On("enter", S.TOLD, S.RIGHT),
        On("cancel", S.TOLD, S.RIGHT),
        On("timeout", S.TOLD, S.RIGHT),
        On("enter", S.NO_KEYPAD, S.GIVEN_UP),
        On("cancel", S.NO_KEYPAD, S.GIVEN_UP),
        On("timeout", S.NO_KEYPAD, S.GIVEN_UP),
    ],
    screens={
        S.OLD: _prompt,
        S.TYPING: _prompt,
        S.TOLD: lambda c: _message(c, Text.PASSWORD_IS_SET),
        S.NO_KEYPAD: lambda c: _message(c, Text.KEYPAD_GAVE_NO_ANSWER),
    },
    timeout_s={S.OLD: math.inf, S.TYPING: math.inf, S.TOLD: 5.0, S.NO_KEYPAD: 15.0},
    result=lambda state, c: RESULTS[state],
)

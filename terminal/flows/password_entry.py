"""One person's password, typed in the pad's secure entry and compared there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType

from terminal.domain import operators
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CancelEntry, CheckPassword, EntryEnded, EntryOutcome
from terminal.domain.operators import PasswordTries
from terminal.domain.parameters import Person
from terminal.domain.staff import Credential
from terminal.effects import AskKeypad, Call, Effect, Persist
from terminal.events import EntryProgressed, KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.flows.leaving import Left
from terminal.ui.screens import Message, Prompt, Say, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """ASKING is the pad's secure entry; the last three are ways out without the password."""

    ASKING = auto()
    LOCKED_OUT = auto()
    NOT_SET = auto()
    NO_KEYPAD = auto()
    RIGHT = auto()
    LEFT = auto()
    EXPIRED = auto()
    GIVEN_UP = auto()


@dataclass(frozen=True, slots=True)
class Ask:
    """Who is asked, on a screen of which name; `stars` typed so far."""

    facts: Facts
    person: Person
    name: str
    is_asked: bool = True
    stars: int = 0
    wrong: bool = False


Step = tuple[Ask, tuple[Effect, ...]]


def call(facts: Facts, person: Person, name: str, is_asked: bool = True) -> Call:
    """Ask this person; the result is True when the password was right, else a Left.

    `is_asked`: False where the shop goes without.
    """
    return Call(lambda: Flow(TABLE, Ask(facts, person, name, is_asked)))


def credential(c: Ask) -> Credential:
    """How this person's password is checked."""
    return c.facts.books.people[c.person.number]


def is_not_asked(c: Ask, event: object) -> bool:
    """The shop goes without it here."""
    return not c.is_asked


def is_not_set(c: Ask, event: object) -> bool:
    """The person has no password yet."""
    return c.person.number not in c.facts.books.people


def is_locked(c: Ask, event: object) -> bool:
    """No password may be asked for now."""
    return operators.is_locked(credential(c).tries)


def is_right(c: Ask, event: KeypadAnswered) -> bool:
    """The pad says so."""
    return _outcome(event) is EntryOutcome.RIGHT


def was_left(c: Ask, event: KeypadAnswered) -> bool:
    """Cancelled at the pad: no password was given."""
    return _outcome(event) is EntryOutcome.CANCELLED


def has_expired(c: Ask, event: KeypadAnswered) -> bool:
    """Timed out at the pad: no password was given."""
    return _outcome(event) is EntryOutcome.TIMED_OUT


def _outcome(event: KeypadAnswered) -> EntryOutcome:
    assert isinstance(event.answer, EntryEnded)
    return event.answer.outcome


def ask(c: Ask, event: object) -> Step:
    """The try is on disk before the question: a power cut must not give one more."""
    known, parameters = credential(c), c.facts.parameters
    tries = operators.after_question(
        known.tries, parameters.wrong_passwords_max, parameters.lock_minutes
    )
    shortest, longest = parameters.password_digits(c.person.role)
    question = CheckPassword(
        bytes.fromhex(known.salt), bytes.fromhex(known.verifier), known.cost, shortest, longest
    )
    return replace(c, stars=0), (_asked(c, tries), AskKeypad(question))


def ask_again(c: Ask, event: object) -> Step:
    """The password was wrong and there are tries left."""
    return ask(replace(c, wrong=True), event)


def _asked(c: Ask, tries: PasswordTries) -> Persist:
    body = {
        "number": c.person.number,
        "count": tries.count,
        "locked_remaining_s": tries.locked_remaining_s,
    }
    return Persist("password_asked", body)


def keep_stars(c: Ask, event: EntryProgressed) -> Step:
    """Something was typed at the pad."""
    return replace(c, stars=event.count), ()


def store_right(c: Ask, event: object) -> Step:
    """All tries are given back."""
    return c, (Persist("password_right", {"number": c.person.number}),)


def take_back(c: Ask, event: object) -> Step:
    """A question that ended without a password was no try."""
    return c, (_asked(c, operators.after_cancelled(credential(c).tries)),)


def end_entry(c: Ask, event: object) -> Step:
    """A pad that answers too late must not go on swallowing keys."""
    return c, (AskKeypad(CancelEntry()),)


def _prompt(c: Ask) -> Screen:
    lines = [say(Text.PASSWORD_OF, number=c.person.number, name=c.person.name)]
    if c.wrong:
        most = c.facts.parameters.wrong_passwords_max
        # The question now open is stored as a try already: it is still to be used.
        left = max(1, most - credential(c).tries.count + 1)
        lines.append(say(Text.PASSWORD_WRONG, left=left))
    title, hint = say(Text.TITLE_PASSWORD), say(Text.HINT_TYPE)
    return Prompt(c.name, title, tuple(lines), "*" * c.stars, hint)


def _message(c: Ask, *lines: Say) -> Screen:
    return Message(c.name, say(Text.TITLE_PASSWORD), lines, say(Text.HINT_ENTER))


def _locked_message(c: Ask) -> Screen:
    minutes = operators.minutes_left(credential(c).tries)
    return _message(c, say(Text.LOCKED_OUT, minutes=minutes))


RESULTS: Mapping[S, bool | Left] = MappingProxyType(
    {S.RIGHT: True, S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT, S.GIVEN_UP: Left.TOLD}
)
TOLD = (S.LOCKED_OUT, S.NOT_SET, S.NO_KEYPAD)

TABLE: FlowTable[Ask] = FlowTable(
    name="password_entry",
    states=S,
    initial=S.ASKING,
    final=frozenset(RESULTS),
    rows=[
        On("started", S.ASKING, S.RIGHT, when=is_not_asked),
        On("started", S.ASKING, S.NOT_SET, when=is_not_set),
        On("started", S.ASKING, S.LOCKED_OUT, when=is_locked),
        On("started", S.ASKING, S.ASKING, do=ask),
        On("entry", S.ASKING, S.ASKING, do=keep_stars),
        On("keypad", S.ASKING, S.RIGHT, when=is_right, do=store_right),
        On("keypad", S.ASKING, S.LEFT, when=was_left, do=take_back),
        On("keypad", S.ASKING, S.EXPIRED, when=has_expired, do=take_back),
        On("keypad", S.ASKING, S.LOCKED_OUT, when=is_locked),
        On("keypad", S.ASKING, S.ASKING, do=ask_again),
        On("keypad_failed", S.ASKING, S.NO_KEYPAD, do=end_entry),
        On("enter", TOLD, S.GIVEN_UP),
        On("cancel", TOLD, S.GIVEN_UP),
        On("timeout", TOLD, S.GIVEN_UP),
    ],
    screens={
        S.ASKING: _prompt,
        S.LOCKED_OUT: _locked_message,
        S.NOT_SET: lambda c: _message(c, say(Text.NO_PASSWORD_YET)),
        S.NO_KEYPAD: lambda c: _message(c, say(Text.KEYPAD_GAVE_NO_ANSWER)),
    },
    # The pad ends each entry by itself, and its driver says when it does not: a limit of our own
    # would run on while a second password is typed.
    timeout_s={S.ASKING: math.inf, **dict.fromkeys(TOLD, 15.0)},
    result=lambda state, c: RESULTS[state],
)

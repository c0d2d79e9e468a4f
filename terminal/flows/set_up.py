"""First use: the pad's one-time code, then a password for everybody. There are no defaults."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import (
    CheckCode,
    EntryEnded,
    EntryOutcome,
    MakePassword,
    PasswordMade,
    SpendCode,
)
from terminal.domain.parameters import Person
from terminal.effects import AskKeypad, Call, Effect, Persist
from terminal.events import EntryProgressed, KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.ui.screens import Message, Prompt, Screen, say
from terminal.ui.text import Text

RETRY_S = 5.0
COMPLAINTS = {EntryOutcome.WEAK: Text.PASSWORD_WEAK, EntryOutcome.DIFFERENT: Text.PASSWORD_DIFFERS}


class S(Enum):
    """CODE, then PASSWORDS one person after the other; SPENDING uses the code up."""

    CODE = auto()
    PASSWORDS = auto()
    SPENDING = auto()
    CODE_SPENT = auto()
    NO_PEOPLE = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class SetUp:
    """What stands in the pad's secure entry, and what was wrong with the last one."""

    facts: Facts
    phase: int = 1
    stars: int = 0
    error: Text | None = None


Step = tuple[SetUp, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Set the shop up."""
    return Call(lambda: Flow(TABLE, SetUp(facts)))


def without_password(facts: Facts) -> Person | None:
    """The first person of the list who has none."""
    have = facts.books.people
    return next((p for p in facts.parameters.people if p.number not in have), None)


def nobody_is_listed(c: SetUp, event: object) -> bool:
    """The parameter file has no people."""
    return not c.facts.parameters.people


def ask_code(c: SetUp, event: object) -> Step:
    """The paper that came with the pad."""
    return replace(c, stars=0), (AskKeypad(CheckCode()),)


def code_wrong(c: SetUp, event: object) -> Step:
    """Ask for it again."""
    return ask_code(replace(c, error=Text.CODE_WRONG), event)


def code_is_right(c: SetUp, event: KeypadAnswered) -> bool:
    """The pad knows its code."""
    return _ended(event) is EntryOutcome.RIGHT


def code_is_spent(c: SetUp, event: KeypadAnswered) -> bool:
    """Somebody has set this pad up before."""
    return _ended(event) is EntryOutcome.SPENT


def code_was_given(c: SetUp, event: KeypadAnswered) -> bool:
    """Not cancelled, not timed out: it was wrong."""
    return _ended(event) is EntryOutcome.WRONG


def _ended(event: KeypadAnswered) -> EntryOutcome:
    assert isinstance(event.answer, EntryEnded)
    return event.answer.outcome


def ask_password(c: SetUp, event: object) -> Step:
    """The next person's new password, typed twice at the pad."""
    person = without_password(c.facts)
    assert person is not None
    return replace(c, phase=1, stars=0), (_new_password(c.facts, person),)


def _new_password(facts: Facts, person: Person) -> AskKeypad:
    shortest, longest = facts.parameters.password_digits(person.role)
    cost = facts.parameters.password_cost
    return AskKeypad(MakePassword(person.number, shortest, longest, cost))


def password_is_made(c: SetUp, event: KeypadAnswered) -> bool:
    """The pad has salt and verifier of a new password."""
    return _made(event).outcome is EntryOutcome.RIGHT


def others_wait(c: SetUp, event: KeypadAnswered) -> bool:
    """A password is made, and somebody else still has none."""
    waiting = [p for p in c.facts.parameters.people if p.number not in c.facts.books.people]
    return password_is_made(c, event) and len(waiting) > 1


def _made(event: KeypadAnswered) -> PasswordMade:
    assert isinstance(event.answer, PasswordMade)
    return event.answer


def _store(c: SetUp, event: KeypadAnswered) -> Persist:
    person, made = without_password(c.facts), _made(event)
    assert person is not None
    body = {"salt": made.salt.hex(), "verifier": made.verifier.hex()}
    cost = c.facts.parameters.password_cost
    return Persist("password", {"number": person.number, "cost": cost, **body})


def store_and_ask_next(c: SetUp, event: KeypadAnswered) -> Step:
    """Store this one; the one after this person is next."""
    people = [p for p in c.facts.parameters.people if p.number not in c.facts.books.people]
    fresh = replace(c, phase=1, stars=0, error=None)
    return fresh, (_store(c, event), _new_password(c.facts, people[1]))


def store_last(c: SetUp, event: KeypadAnswered) -> Step:
    """The shop is set up on disk before the code is used up."""
    return c, (_store(c, event), Persist("set_up", {}), AskKeypad(SpendCode()))


def spend(c: SetUp, event: object) -> Step:
    """All passwords are there: a cut came before the end."""
    return c, (Persist("set_up", {}), AskKeypad(SpendCode()))


def everybody_has_one(c: SetUp, event: KeypadAnswered) -> bool:
    """A cut came after the last password."""
    return code_is_right(c, event) and without_password(c.facts) is None


def say_what_was_wrong(c: SetUp, event: KeypadAnswered) -> Step:
    """Weak or different: the same person again."""
    return ask_password(replace(c, error=COMPLAINTS.get(_made(event).outcome)), event)


def keep_stars(c: SetUp, event: EntryProgressed) -> Step:
    """Something was typed at the pad."""
    return replace(c, phase=event.phase, stars=event.count), ()


def _code_screen(c: SetUp) -> Screen:
    lines = [say(Text.TYPE_CODE)]
    if c.error:
        lines.append(say(c.error))
    hint = say(Text.HINT_TYPE)
    return Prompt("setup", say(Text.TITLE_SETUP), tuple(lines), "*" * c.stars, hint)


def _password_screen(c: SetUp) -> Screen:
    person = without_password(c.facts)
    assert person is not None
    shortest, longest = c.facts.parameters.password_digits(person.role)
    again = c.phase == 2
    lines = [
        say(Text.NEW_PASSWORD, number=person.number, name=person.name),
        say(Text.TYPE_AGAIN)
        if again
        else say(Text.TYPE_NEW_PASSWORD, shortest=shortest, longest=longest),
    ]
    if c.error and not again:
        lines.append(say(c.error))
    title, hint = say(Text.TITLE_SETUP), say(Text.HINT_TYPE)
    return Prompt("setup.password", title, tuple(lines), "*" * c.stars, hint)


def _stuck(c: SetUp, text: Text) -> Screen:
    return Message("setup", say(Text.TITLE_SETUP), (say(text),))


TABLE: FlowTable[SetUp] = FlowTable(
    name="set_up",
    states=S,
    initial=S.CODE,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.CODE, S.NO_PEOPLE, when=nobody_is_listed),
        On("started", S.CODE, S.CODE, do=ask_code),
        On("entry", S.CODE, S.CODE, do=keep_stars),
        On("keypad", S.CODE, S.SPENDING, when=everybody_has_one, do=spend),
        On("keypad", S.CODE, S.PASSWORDS, when=code_is_right, do=ask_password),
        On("keypad", S.CODE, S.CODE_SPENT, when=code_is_spent),
        On("keypad", S.CODE, S.CODE, when=code_was_given, do=code_wrong),
        On("keypad", S.CODE, S.CODE, do=ask_code),
        On("entry", S.PASSWORDS, S.PASSWORDS, do=keep_stars),
        On("keypad", S.PASSWORDS, S.PASSWORDS, when=others_wait, do=store_and_ask_next),
        On("keypad", S.PASSWORDS, S.SPENDING, when=password_is_made, do=store_last),
        On("keypad", S.PASSWORDS, S.PASSWORDS, do=say_what_was_wrong),
        On("keypad", S.SPENDING, S.DONE),
        On("timeout", S.CODE, S.CODE, do=ask_code),
        On("timeout", S.PASSWORDS, S.PASSWORDS, do=ask_password),
        On("timeout", S.SPENDING, S.DONE),
        On("keypad_failed", S.SPENDING, S.DONE),
    ],
    screens={
        S.CODE: _code_screen,
        S.PASSWORDS: _password_screen,
        S.SPENDING: _code_screen,
        S.CODE_SPENT: lambda c: _stuck(c, Text.CODE_SPENT),
        S.NO_PEOPLE: lambda c: _stuck(c, Text.NO_PEOPLE),
    },
    timeout_s={
        S.CODE: 90.0,
        S.PASSWORDS: 90.0,
        S.SPENDING: RETRY_S,
        S.CODE_SPENT: math.inf,
        S.NO_PEOPLE: math.inf,
    },
    result=lambda state, c: None,
)

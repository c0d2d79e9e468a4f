"""First use: the pad's one-time code, then a password for everybody. There are no defaults."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import Final

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import set_up_case as case
from terminal.flows.set_up_case import SetUp
from terminal.ui.screens import Message, Progress, Prompt, Screen, say
from terminal.ui.text import Text

RETRY_S: Final = 5.0


class S(Enum):
    """CODE, then PASSWORDS one person after the other; SPENDING uses the code up."""

    CODE = auto()
    PASSWORDS = auto()
    SPENDING = auto()
    NO_KEYPAD = auto()
    CODE_SPENT = auto()
    NO_PEOPLE = auto()
    DONE = auto()


def call(facts: Facts) -> Call:
    """Set the shop up."""
    return Call(lambda: Flow(TABLE, SetUp(facts)))


def _code_screen(c: SetUp) -> Screen:
    lines = [say(Text.TYPE_CODE)]
    if c.error:
        lines.append(say(c.error))
    hint = say(Text.HINT_TYPE)
    return Prompt("setup", say(Text.TITLE_SETUP), tuple(lines), "*" * c.stars, hint)


def _password_screen(c: SetUp) -> Screen:
    person = case.without_password(c.facts)
    assert person is not None
    shortest, longest = c.facts.parameters.password_digits(person.role)
    again = c.phase == 2
    lines = [
        say(Text.PERSON, number=person.number, name=person.name),
        say(Text.TYPE_AGAIN)
        if again
        else say(Text.TYPE_NEW_PASSWORD, shortest=shortest, longest=longest),
    ]
    if c.error and not again:
        lines.append(say(c.error))
    title, hint = say(Text.TITLE_SETUP), say(Text.HINT_TYPE)
    return Prompt("setup.password", title, tuple(lines), "*" * c.stars, hint)


def _ending() -> Screen:
    return Progress("setup", say(Text.TITLE_SETUP), (say(Text.ENDING_SETUP),))


def _stuck(c: SetUp, text: Text) -> Screen:
    return Message("setup", say(Text.TITLE_SETUP), (say(text),))


TABLE: FlowTable[SetUp] = FlowTable(
    name="set_up",
    states=S,
    initial=S.CODE,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.CODE, S.NO_PEOPLE, when=case.nobody_is_listed),
        On("started", S.CODE, S.CODE, do=case.ask_code),
        On("entry", S.CODE, S.CODE, do=case.keep_stars),
        On("keypad", S.CODE, S.SPENDING, when=case.everybody_has_one, do=case.spend),
        On("keypad", S.CODE, S.PASSWORDS, when=case.code_is_right, do=case.ask_first),
        On("keypad", S.CODE, S.CODE_SPENT, when=case.code_is_spent),
        On("keypad", S.CODE, S.CODE, when=case.code_was_given, do=case.code_wrong),
        On("keypad", S.CODE, S.CODE, do=case.ask_code),
        On("entry", S.PASSWORDS, S.PASSWORDS, do=case.keep_stars),
        On("keypad", S.PASSWORDS, S.PASSWORDS, when=case.others_wait, do=case.store_and_ask_next),
        On("keypad", S.PASSWORDS, S.SPENDING, when=case.password_is_made, do=case.store_last),
        On("keypad", S.PASSWORDS, S.PASSWORDS, do=case.say_what_was_wrong),
        On("keypad", S.SPENDING, S.DONE),
        On("keypad_failed", (S.CODE, S.PASSWORDS), S.NO_KEYPAD),
        On("enter", S.NO_KEYPAD, S.CODE, do=case.begin_again),
        On("timeout", S.NO_KEYPAD, S.CODE, do=case.begin_again),
        On("timeout", S.SPENDING, S.DONE),
        On("keypad_failed", S.SPENDING, S.DONE),
    ],
    screens={
        S.CODE: _code_screen,
        S.PASSWORDS: _password_screen,
        S.SPENDING: lambda c: _ending(),
        S.NO_KEYPAD: lambda c: _stuck(c, Text.KEYPAD_GAVE_NO_ANSWER),
        S.CODE_SPENT: lambda c: _stuck(c, Text.CODE_SPENT),
        S.NO_PEOPLE: lambda c: _stuck(c, Text.NO_PEOPLE),
    },
    # The pad ends each entry by itself, and its driver says when it does not.
    timeout_s={
        S.CODE: math.inf,
        S.PASSWORDS: math.inf,
        S.NO_KEYPAD: RETRY_S,
        S.SPENDING: RETRY_S,
        S.CODE_SPENT: math.inf,
        S.NO_PEOPLE: math.inf,
    },
    result=lambda state, c: None,
)

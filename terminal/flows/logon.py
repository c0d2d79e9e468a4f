"""Who is at the terminal: operator number and password."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain import staff
from terminal.domain.facts import Facts
from terminal.domain.parameters import Person
from terminal.effects import Call, Effect, Persist
from terminal.events import Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import new_password, password_entry
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import Prompt, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """Nobody leaves this flow without having logged on."""

    NUMBER = auto()
    PASSWORD = auto()
    LOGGED_ON = auto()


@dataclass(frozen=True, slots=True)
class Logon:
    """The number typed so far."""

    facts: Facts
    entry: str = ""
    error: Text | None = None


Step = tuple[Logon, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Log somebody on."""
    return Call(lambda: Flow(TABLE, Logon(facts)))


def _person(c: Logon) -> Person | None:
    return c.facts.parameters.person(c.entry)


def is_known(c: Logon, event: object) -> bool:
    """The number is in the shop's list."""
    return _person(c) is not None


def is_off(c: Logon, event: object) -> bool:
    """An administrator has switched this person off."""
    person = _person(c)
    return person is not None and person.off


def ask_password(c: Logon, event: object) -> Step:
    """The password decides; who was invited and has none sets it now."""
    person, books = _person(c), c.facts.books
    assert person is not None
    invited = staff.is_invited(books.staff, person.number, c.facts.today)
    if invited and person.number not in books.people:
        return c, (new_password.call(c.facts, person, is_first=True),)
    return c, (password_entry.call(c.facts, person, "logon.password"),)


def password_was_right(c: Logon, event: Returned) -> bool:
    """The pad compared it."""
    return event.result is True


def store_logon(c: Logon, event: object) -> Step:
    """From now on this person is the operator."""
    return c, (Persist("logon", {"number": c.entry}),)


def nothing_is_typed(c: Logon, event: object) -> bool:
    """There is nothing to leave."""
    return not c.entry and c.error is None


def start_again(c: Logon, event: object) -> Step:
    """Back to an empty number."""
    return replace(c, entry="", error=None), ()


def _number_screen(c: Logon) -> Screen:
    lines = [say(Text.TYPE_NUMBER)]
    if c.error:
        lines.append(say(c.error))
    return Prompt("logon", say(Text.TITLE_LOGON), tuple(lines), c.entry, say(Text.HINT_TYPE))


TABLE: FlowTable[Logon] = FlowTable(
    name="logon",
    states=S,
    initial=S.NUMBER,
    final=frozenset({S.LOGGED_ON}),
    rows=[
        *typing(S.NUMBER, most=2),
        On("enter", S.NUMBER, S.NUMBER, when=is_off, do=complain(Text.PERSON_IS_OFF)),
        On("enter", S.NUMBER, S.PASSWORD, when=is_known, do=ask_password),
        On("enter", S.NUMBER, S.NUMBER, do=complain(Text.UNKNOWN_NUMBER)),
        On("returned", S.PASSWORD, S.LOGGED_ON, when=password_was_right, do=store_logon),
        On("returned", S.PASSWORD, S.NUMBER, do=start_again),
        On("cancel", S.NUMBER, S.NUMBER, when=nothing_is_typed, do=beep),
        On("cancel", S.NUMBER, S.NUMBER, do=start_again),
        On("timeout", S.NUMBER, S.NUMBER, do=start_again),
    ],
    screens={S.NUMBER: _number_screen, S.PASSWORD: _number_screen},
    timeout_s={
        S.NUMBER: lambda c: 60.0 if c.entry or c.error else math.inf,
        S.PASSWORD: math.inf,
    },
    result=lambda state, c: None,
)

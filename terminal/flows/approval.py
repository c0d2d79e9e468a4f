"""A second person decides, last, with the whole case on one screen, and types a password."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.operators import Action, may
from terminal.domain.parameters import Person
from terminal.effects import Call, Effect
from terminal.events import Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import password_entry
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s
from terminal.flows.typed import complain, typing
from terminal.ui.screens import Content, Message, Prompt, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """Number, then password; NOTICE comes before, where there is more than a row can say."""

    NOTICE = auto()
    NUMBER = auto()
    PASSWORD = auto()
    APPROVED = auto()
    LEFT = auto()
    EXPIRED = auto()


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be approved, as lines of a screen, by somebody who is not `requester`."""

    facts: Facts
    name: str
    requester: str
    action: Action
    lines: tuple[Content, ...]
    notice: tuple[Content, ...] = ()  # to be read before the number is typed
    first: str = ""  # who has approved it already
    entry: str = ""
    error: Text | None = None
    question: Text = Text.APPROVER_NUMBER


Step = tuple[Case, tuple[Effect, ...]]


def call(case: Case) -> Call:
    """Ask for approval; the result is the approver's number, or a Left."""
    return Call(lambda: Flow(TABLE, case))


def was_approved(c: object, event: Returned) -> bool:
    """Somebody who may, has typed the password: not a Left."""
    return isinstance(event.result, str)


def _person(c: Case) -> Person | None:
    return c.facts.parameters.person(c.entry)


def has_notice(c: Case, event: object) -> bool:
    """There is something to be read first."""
    return bool(c.notice)


def is_requester(c: Case, event: object) -> bool:
    """Nobody approves his own."""
    return c.entry == c.requester and _person(c) is not None


def is_first(c: Case, event: object) -> bool:
    """Two who agree are two people."""
    return bool(c.first) and c.entry == c.first


def may_do_it(c: Case, event: object) -> bool:
    """The role may."""
    person = _person(c)
    return person is not None and not person.off and may(person.role, c.action)


def ask_password(c: Case, event: object) -> Step:
    """The password decides."""
    person = _person(c)
    assert person is not None
    return c, (password_entry.call(c.facts, person, f"{c.name}_password"),)


def password_was_right(c: Case, event: Returned) -> bool:
    """The pad compared it."""
    return event.result is True


def start_again(c: Case, event: object) -> Step:
    """Back to an empty number."""
    return replace(c, entry="", error=None), ()


def _screen(c: Case) -> Screen:
    # The case takes all rows but the entry's: what to type, and what was wrong, is the hint.
    return Prompt(c.name, say(Text.TITLE_APPROVAL), c.lines, c.entry, say(c.error or c.question))


def _notice(c: Case) -> Screen:
    return Message(f"{c.name}_notice", say(Text.TITLE_APPROVAL), c.notice, say(Text.HINT_ENTER))


def _result(state: S, c: Case) -> str | Left:
    if state is S.APPROVED:
        return c.entry
    return Left.CANCELLED if state is S.LEFT else Left.TIMED_OUT


TABLE: FlowTable[Case] = FlowTable(
    name="approval",
    states=S,
    initial=S.NUMBER,
    final=frozenset({S.APPROVED, S.LEFT, S.EXPIRED}),
    rows=[
        On("started", S.NUMBER, S.NOTICE, when=has_notice),
        On("started", S.NUMBER, S.NUMBER),
        On("enter", S.NOTICE, S.NUMBER),
        *typing(S.NUMBER, most=2),
        On("enter", S.NUMBER, S.NUMBER, when=is_requester, do=complain(Text.APPROVER_IS_REQUESTER)),
        On("enter", S.NUMBER, S.NUMBER, when=is_first, do=complain(Text.APPROVER_IS_FIRST)),
        On("enter", S.NUMBER, S.PASSWORD, when=may_do_it, do=ask_password),
        On("enter", S.NUMBER, S.NUMBER, do=complain(Text.NOT_AN_APPROVER)),
        On("returned", S.PASSWORD, S.APPROVED, when=password_was_right),
        On("returned", S.PASSWORD, S.NUMBER, do=start_again),
        On("cancel", (S.NOTICE, S.NUMBER), S.LEFT),
        On("timeout", (S.NOTICE, S.NUMBER), S.EXPIRED),
    ],
    screens={S.NOTICE: _notice, S.NUMBER: _screen, S.PASSWORD: _screen},
    timeout_s={S.NOTICE: entry_limit_s, S.NUMBER: entry_limit_s, S.PASSWORD: math.inf},
    result=_result,
)

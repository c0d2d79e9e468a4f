"""Practice is switched on, by or with somebody who oversees, and off by anybody."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.operators import Action, may
from terminal.effects import Call, Effect, Persist
from terminal.events import Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import approval
from terminal.flows.approval import Case
from terminal.flows.limits import entry_limit_s
from terminal.flows.typed import stay
from terminal.ui.screens import Confirm, Message, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """ON and OFF ask; NOT_NOW says what comes first."""

    CHOOSING = auto()
    ON = auto()
    OFF = auto()
    NOT_NOW = auto()
    APPROVAL = auto()
    DONE = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Practice:
    """The world."""

    facts: Facts


Step = tuple[Practice, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """On, or off again."""
    return Call(lambda: Flow(TABLE, Practice(facts)))


def turned(on: bool, by: str, approver: str = "") -> Persist:
    """The only record of a practice: all that is between two of these is nowhere."""
    return Persist("practice", {"on": on, "by": by, "approver": approver})


def is_on(c: Practice, event: object) -> bool:
    """It is to be ended."""
    return c.facts.practice


def is_money_open(c: Practice, event: object) -> bool:
    """Nothing real is worked up in practice: so there must be nothing to work up."""
    return bool(c.facts.books.unresolved) or c.facts.books.settling is not None


def may_alone(c: Practice, event: object) -> bool:
    """Whoever is logged on oversees others."""
    operator = c.facts.operator
    return operator is not None and may(operator.role, Action.PRACTISE)


def begin(c: Practice, event: object) -> Step:
    """By the operator alone."""
    return c, (turned(True, c.facts.books.operator),)


def ask_approver(c: Practice, event: object) -> Step:
    """A slip of practice in the wrong hands looks like money given back."""
    requester = c.facts.books.operator
    lines = (say(Text.PRACTICE_NOTHING), say(Text.PRACTICE_BY, number=requester))
    case = Case(c.facts, "practice.approval", requester, Action.PRACTISE, lines)
    return c, (approval.call(case),)


def begin_approved(c: Practice, event: Returned) -> Step:
    """With the approver's number on record."""
    return c, (turned(True, c.facts.books.operator, event.result),)


def end(c: Practice, event: object) -> Step:
    """From here on money moves again."""
    return c, (turned(False, c.facts.books.operator),)


def _on(c: Practice) -> Screen:
    lines = (say(Text.PRACTICE_NOTHING), say(Text.PRACTICE_CENTS))
    return Confirm("practice.on", say(Text.TITLE_PRACTICE), lines, say(Text.HINT_PRACTISE))


def _off(c: Practice) -> Screen:
    lines = (say(Text.PRACTICE_ENDS),)
    return Confirm("practice.off", say(Text.TITLE_PRACTICE), lines, say(Text.HINT_ENTER))


def _not_now(c: Practice) -> Screen:
    lines = (say(Text.PRACTICE_NOT_NOW),)
    return Message("practice.not_now", say(Text.TITLE_PRACTICE), lines, say(Text.HINT_ENTER))


ASKING = (S.CHOOSING, S.ON, S.OFF, S.NOT_NOW)

TABLE: FlowTable[Practice] = FlowTable(
    name="practice",
    states=S,
    initial=S.CHOOSING,
    final=frozenset({S.DONE, S.LEFT}),
    rows=[
        On("started", S.CHOOSING, S.OFF, when=is_on),
        On("started", S.CHOOSING, S.NOT_NOW, when=is_money_open),
        On("started", S.CHOOSING, S.ON, do=stay),
        On("enter", S.ON, S.DONE, when=may_alone, do=begin),
        On("enter", S.ON, S.APPROVAL, do=ask_approver),
        On("returned", S.APPROVAL, S.DONE, when=approval.was_approved, do=begin_approved),
        On("returned", S.APPROVAL, S.LEFT),
        On("enter", S.OFF, S.DONE, do=end),
        On("enter", S.NOT_NOW, S.LEFT),
        On("cancel", ASKING, S.LEFT),
        On("timeout", ASKING, S.LEFT),
    ],
    screens={
        S.CHOOSING: _on,
        S.ON: _on,
        S.OFF: _off,
        S.NOT_NOW: _not_now,
        S.APPROVAL: _on,
    },
    timeout_s={**dict.fromkeys(ASKING, entry_limit_s), S.APPROVAL: math.inf},
    result=lambda state, c: None,
)

"""People on the terminal: added, switched off and on, unlocked, invited to set a new password."""

from __future__ import annotations

import math
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import people_case as case
from terminal.flows import people_screens as screens
from terminal.flows.limits import entry_limit_s
from terminal.flows.people_case import ROLES, People
from terminal.flows.picking import lines
from terminal.flows.typed import complain, typing
from terminal.ui.text import Text


class S(Enum):
    """OWN is the own password: nobody else's hand adds people."""

    OWN = auto()
    LIST = auto()
    PERSON = auto()
    NUMBER = auto()
    NAME = auto()
    ROLE = auto()
    TOLD = auto()
    DONE = auto()


def call(facts: Facts) -> Call:
    """Look after the shop's people; there is no result."""
    return Call(lambda: Flow(TABLE, People(facts)))


ENTRY = (S.NUMBER, S.NAME, S.ROLE, S.PERSON)

TABLE: FlowTable[People] = FlowTable(
    name="people",
    states=S,
    initial=S.OWN,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.OWN, S.OWN, do=case.ask_own_password),
        On("returned", S.OWN, S.LIST, when=case.password_was_right),
        On("returned", S.OWN, S.DONE),
        *lines(S.LIST, case.lines),
        On("enter", S.LIST, S.PERSON, when=case.is_a_person, do=case.open_person),
        On("enter", S.LIST, S.NUMBER, do=case.begin),
        *lines(S.PERSON, lambda c: len(case.deeds(c))),
        On("enter", S.PERSON, S.TOLD, when=case.deed_is_possible, do=case.do_it),
        On("enter", S.PERSON, S.TOLD, do=case.say_impossible),
        *typing(S.NUMBER, most=2),
        On("enter", S.NUMBER, S.NAME, when=case.number_is_free, do=case.keep_number),
        On("enter", S.NUMBER, S.NUMBER, do=complain(Text.NUMBER_TAKEN)),
        *typing(S.NAME, most=10, letters=True),
        On("enter", S.NAME, S.ROLE, when=case.name_is_given, do=case.keep_name),
        On("enter", S.NAME, S.NAME, do=complain(Text.NAME_NEEDED)),
        *lines(S.ROLE, lambda c: len(ROLES)),
        On("enter", S.ROLE, S.TOLD, do=case.add),
        On("enter", S.TOLD, S.LIST, do=case.start_again),
        On("cancel", (S.TOLD, *ENTRY), S.LIST, do=case.start_again),
        On("cancel", S.LIST, S.DONE),
        On("timeout", (S.LIST, S.TOLD, *ENTRY), S.DONE),
    ],
    screens={
        S.OWN: screens.people,
        S.LIST: screens.people,
        S.PERSON: screens.person,
        S.NUMBER: screens.number,
        S.NAME: screens.name,
        S.ROLE: screens.role,
        S.TOLD: screens.told,
    },
    timeout_s={S.OWN: math.inf, **dict.fromkeys((S.LIST, S.TOLD, *ENTRY), entry_limit_s)},
    result=lambda state, c: None,
)

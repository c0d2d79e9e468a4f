"""The unresolved: what is not known, and settling it by hand, by name, from the acquirer's list.

What the machine can still work up is the machine's: one key asks now; it is not settled here.
"""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import pending_case as case
from terminal.flows import pending_screens as screens
from terminal.flows.approval import was_approved
from terminal.flows.limits import entry_limit_s
from terminal.flows.pending_case import Pending
from terminal.flows.picking import lines
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import say
from terminal.ui.text import Text


class S(Enum):
    """A list, one of it whole, asking the host, who settles it, what he found out, how much."""

    LIST = auto()
    ONE = auto()
    ASKING = auto()
    APPROVAL = auto()
    ANSWER = auto()
    AMOUNT = auto()
    SETTLED = auto()
    LEFT = auto()


def call(facts: Facts) -> Call:
    """Show what is unresolved."""
    return Call(lambda: Flow(TABLE, Pending(facts)))


LOOKING = (S.LIST, S.ONE, S.ANSWER, S.AMOUNT)

TABLE: FlowTable[Pending] = FlowTable(
    name="pending",
    states=S,
    initial=S.LIST,
    final=frozenset({S.LEFT}),
    rows=[
        *lines(S.LIST, lambda c: len(c.all), opened=S.ONE),
        On("enter", S.LIST, S.ONE, when=case.there_is_any),
        On("enter", S.LIST, S.LEFT),
        On("enter", S.ONE, S.ASKING, when=case.may_be_asked, do=case.recover),
        On("enter", S.ONE, S.APPROVAL, when=case.may_be_settled, do=case.ask_approver),
        On("enter", S.ONE, S.ONE, do=beep),
        On("returned", S.ASKING, S.LIST),
        On("returned", S.APPROVAL, S.ANSWER, when=was_approved, do=case.keep_name),
        On("returned", S.APPROVAL, S.LIST),
        On("digit", S.ANSWER, S.AMOUNT, when=case.digit_leaves_amount, do=case.answer_by_digit),
        On("digit", S.ANSWER, S.SETTLED, when=case.digit_is_an_answer, do=case.settle_by_digit),
        On("digit", S.ANSWER, S.ANSWER, do=beep),
        On("up", S.ANSWER, S.ANSWER, do=case.turn),
        On("down", S.ANSWER, S.ANSWER, do=case.turn),
        On("enter", S.ANSWER, S.ANSWER, when=case.nothing_is_chosen, do=beep),
        On("enter", S.ANSWER, S.AMOUNT, when=case.answer_leaves_amount),
        On("enter", S.ANSWER, S.SETTLED, do=case.settle),
        *typing(S.AMOUNT, most=12),
        On("enter", S.AMOUNT, S.SETTLED, when=case.amount_can_be, do=case.settle),
        On("enter", S.AMOUNT, S.AMOUNT, do=complain(say(Text.LISTED_CAN_NOT_BE))),
        On("enter", S.SETTLED, S.LEFT),
        On("cancel", (*LOOKING, S.SETTLED), S.LEFT),
        On("timeout", (*LOOKING, S.SETTLED), S.LEFT),
    ],
    screens={
        S.LIST: screens.list_of_all,
        S.ONE: screens.one,
        S.ASKING: screens.list_of_all,
        S.APPROVAL: screens.one,
        S.ANSWER: screens.answer,
        S.AMOUNT: screens.amount,
        S.SETTLED: screens.settled,
    },
    timeout_s={
        **dict.fromkeys((*LOOKING, S.SETTLED), entry_limit_s),
        S.ASKING: float("inf"),
        S.APPROVAL: float("inf"),
    },
    result=lambda state, c: None,
)

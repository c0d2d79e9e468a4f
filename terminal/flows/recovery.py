"""Recovery: what is open and can be worked up without a person, before anything new is begun.

Reversals of sales and voids, oldest first, each at most once a run. A refund without a result
waits for a person (`manual` of profile 4).
"""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import recovery_case as case
from terminal.flows.printer_problem import PROBLEMS, keep_problem, keep_silence
from terminal.flows.recovery_case import Recovery, due_reversals
from terminal.ui.screens import Message, Progress, Screen, say
from terminal.ui.text import Text

GOOD_S = 3.0  # nobody need read "it went well"
BAD_S = 30.0


class S(Enum):
    """ASKING has the reversal on top; TOLD says what a try came to; a failed one gets a slip."""

    ASKING = auto()
    TOLD = auto()
    PRINTING = auto()
    PROBLEM = auto()
    OVER = auto()


def due(facts: Facts) -> bool:
    """Is there something to ask for now?"""
    return bool(due_reversals(facts))


def call(facts: Facts) -> Call:
    """Work up what is due. The result is "clear", or "line": something is still due, because no
    answer could be had, and the caller must not go on with anything new."""
    return Call(lambda: Flow(TABLE, Recovery(facts)))


def _result(state: S, c: Recovery) -> str:
    return "line" if due(c.facts) else "clear"


def going_on(trigger: str, state: S) -> list[On[Recovery]]:
    """The rows that find the next thing to do."""
    return [
        On(trigger, state, S.TOLD, when=case.must_sign_in, do=case.say_sign_in),
        On(trigger, state, S.TOLD, when=case.tries_are_used_up, do=case.give_up),
        On(trigger, state, S.ASKING, when=case.one_is_due, do=case.ask),
        On(trigger, state, S.PRINTING, when=case.slip_is_owed, do=case.print_slip),
        On(trigger, state, S.OVER),
    ]


def _busy(c: Recovery) -> Screen:
    return Progress("recovery", say(Text.TITLE_REVERSAL), (say(Text.HINT_WAIT),))


def _told(c: Recovery) -> Screen:
    return Message("recovery.told", say(Text.TITLE_REVERSAL), c.said, say(Text.HINT_ENTER))


def _printing(c: Recovery) -> Screen:
    lines = (*c.said[:1], say(Text.PRINTING_FAILED_SLIP))
    return Message("recovery.printing", say(Text.TITLE_REVERSAL), lines)


def _problem(c: Recovery) -> Screen:
    assert c.problem is not None
    lines = (say(PROBLEMS[c.problem]), *c.said[:1])
    title, hint = say(Text.TITLE_PRINTER), say(Text.HINT_PRINT_AGAIN)
    return Message("recovery.paper_out", title, lines, hint)


TABLE: FlowTable[Recovery] = FlowTable(
    name="recovery",
    states=S,
    initial=S.ASKING,
    final=frozenset({S.OVER}),
    rows=[
        *going_on("started", S.ASKING),
        On("returned", S.ASKING, S.TOLD, when=case.tries_are_used_up, do=case.give_up),
        On("returned", S.ASKING, S.TOLD, do=case.tell),
        *going_on("enter", S.TOLD),
        *going_on("timeout", S.TOLD),
        *going_on("cancel", S.TOLD),
        On("printed", S.PRINTING, S.TOLD, do=case.store_printed),
        On("print_failed", S.PRINTING, S.PROBLEM, do=keep_problem),
        On("timeout", S.PRINTING, S.PROBLEM, do=keep_silence),
        On("enter", S.PROBLEM, S.PRINTING, do=case.print_slip),
        On("cancel", S.PROBLEM, S.TOLD, do=case.leave_slip),
        On("timeout", S.PROBLEM, S.TOLD, do=case.leave_slip),
    ],
    screens={
        S.ASKING: _busy,
        S.TOLD: _told,
        S.PRINTING: _printing,
        S.PROBLEM: _problem,
    },
    timeout_s={
        S.ASKING: float("inf"),
        S.TOLD: lambda c: GOOD_S if c.good else BAD_S,
        S.PRINTING: 60.0,
        S.PROBLEM: 300.0,
    },
    result=_result,
)

"""Recovery: what is open and can be worked up without a person, before anything new is begun.

Reversals of sales and voids, then refunds without a result by the profile's list; oldest first,
each at most once a run. What is left of a list waits for a person (`manual` of profile 4).
"""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import recovery_case as case
from terminal.flows import recovery_refunds as refunds
from terminal.flows import recovery_slips as slips
from terminal.flows.recovery_due import Recovery, due_refunds, due_reversals
from terminal.ui.screens import Message, Progress, Screen, say
from terminal.ui.text import Text

GOOD_S = 3.0  # nobody need read "it went well"
BAD_S = 30.0


class S(Enum):
    """ASKING has a try on top, PRINTING a slip; TOLD says what a try came to."""

    ASKING = auto()
    TOLD = auto()
    PRINTING = auto()
    OVER = auto()


def due(facts: Facts) -> bool:
    """Is there something to ask for now?"""
    return bool(due_reversals(facts) or due_refunds(facts))


def due_at_start(facts: Facts) -> bool:
    """Something to ask for, or a slip that a power cut has kept from the paper."""
    return due(facts) or bool(slips.owed(facts))


def call(facts: Facts) -> Call:
    """Work up what is due. The result is "clear", or "line": a reversal is still due, because no
    answer could be had, and the caller must not go on with anything new."""
    return Call(lambda: Flow(TABLE, Recovery(facts)))


def _result(state: S, c: Recovery) -> str:
    # What an unknown refund blocks is the profile's `unknown_blocks`, not everything.
    return "line" if due_reversals(c.facts) else "clear"


def going_on(trigger: str, state: S) -> list[On[Recovery]]:
    """The rows that find the next thing to do."""
    return [
        On(trigger, state, S.TOLD, when=case.must_tell, do=case.tell_first),
        On(trigger, state, S.PRINTING, when=slips.slip_is_owed, do=slips.print_slip),
        On(trigger, state, S.ASKING, when=case.one_is_due, do=case.ask),
        On(trigger, state, S.OVER),
    ]


def _busy(c: Recovery) -> Screen:
    return Progress("recovery", say(c.title), (say(Text.HINT_WAIT),))


def _told(c: Recovery) -> Screen:
    return Message("recovery.told", say(c.title), c.said, say(Text.HINT_ENTER))


TABLE: FlowTable[Recovery] = FlowTable(
    name="recovery",
    states=S,
    initial=S.ASKING,
    final=frozenset({S.OVER}),
    rows=[
        *going_on("started", S.ASKING),
        On("returned", S.ASKING, S.TOLD, when=case.tries_are_used_up, do=case.give_up),
        On("returned", S.ASKING, S.TOLD, when=refunds.was_about_a_refund, do=refunds.tell),
        On("returned", S.ASKING, S.TOLD, do=case.tell),
        *going_on("enter", S.TOLD),
        *going_on("timeout", S.TOLD),
        *going_on("cancel", S.TOLD),
        *going_on("returned", S.PRINTING),
    ],
    screens={S.ASKING: _busy, S.TOLD: _told, S.PRINTING: _busy},
    timeout_s={
        S.ASKING: float("inf"),
        S.TOLD: lambda c: GOOD_S if c.good else BAD_S,
        S.PRINTING: float("inf"),
    },
    result=_result,
)

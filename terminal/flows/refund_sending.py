"""A refund that was confirmed: sent, told of, printed."""

from __future__ import annotations

import math
from enum import Enum, auto

from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import refund_decision as decision
from terminal.flows import refund_screens as screens
from terminal.flows.leaving import was_told
from terminal.flows.limits import entry_limit_s
from terminal.flows.refund_case import Refund


class S(Enum):
    """An approved one is printed at once; TOLD says what else became of it."""

    SENDING = auto()
    TOLD = auto()
    PRINTING = auto()
    DONE = auto()


def call(c: Refund) -> Call:
    """Send it; the result is the Transaction, or None where it has told why there is none."""
    return Call(lambda: Flow(TABLE, c))


# A called flow is on top: these last as long as it does.
CALLING = (S.SENDING, S.PRINTING)

TABLE: FlowTable[Refund] = FlowTable(
    name="refund_sending",
    states=S,
    initial=S.SENDING,
    final=frozenset({S.DONE}),
    sent=frozenset(CALLING),
    rows=[
        On("started", S.SENDING, S.SENDING, do=decision.send),
        On("returned", S.SENDING, S.DONE, when=was_told),
        On("returned", S.SENDING, S.PRINTING, when=decision.was_approved, do=decision.print_both),
        On("returned", S.SENDING, S.TOLD, do=decision.keep_outcome),
        On("enter", S.TOLD, S.PRINTING, when=decision.is_worth_a_slip, do=decision.print_one),
        On("enter", S.TOLD, S.DONE),
        On("timeout", S.TOLD, S.PRINTING, when=decision.is_unknown, do=decision.print_one),
        On("timeout", S.TOLD, S.DONE),
        On("cancel", S.TOLD, S.DONE),
        On("returned", S.PRINTING, S.DONE),
    ],
    screens={S.TOLD: screens.told, **dict.fromkeys(CALLING, screens.busy)},
    timeout_s={S.TOLD: entry_limit_s, **dict.fromkeys(CALLING, math.inf)},
    result=lambda state, c: c.done,
)

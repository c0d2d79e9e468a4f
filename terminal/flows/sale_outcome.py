"""What became of a sale or void that was sent: told, printed, taken back if it has no result."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.receipt import Copy
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Call, Effect
from terminal.events import Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import print_slips, recovery
from terminal.flows import sale_told as told
from terminal.flows.limits import entry_limit_s
from terminal.flows.operation_words import words
from terminal.flows.sale_told import Ended
from terminal.ui.screens import Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """What has a result passes REVERSING by; TOLD says what is no approval, before its slip."""

    REVERSING = auto()
    TOLD = auto()
    PRINTING = auto()
    DONE = auto()


Step = tuple[Ended, tuple[Effect, ...]]


def call(facts: Facts, operation: str, done: Transaction) -> Call:
    """See it through; the result is the Transaction as it stands then."""
    return Call(lambda: Flow(TABLE, Ended(facts, operation, done)))


def was_approved(c: Ended, event: object) -> bool:
    """The host has done it."""
    return c.done.outcome is Outcome.APPROVED


def print_both(c: Ended, event: object) -> Step:
    """Merchant copy, then customer copy."""
    return c, (print_slips.call(c.facts, c.done.record, print_slips.BOTH),)


def is_to_be_reversed(c: Ended, event: object) -> bool:
    """No result: it is taken back at once."""
    return c.done.outcome is Outcome.TO_REVERSE


def reverse(c: Ended, event: object) -> Step:
    """Before anything else is begun."""
    return c, (recovery.call(c.facts),)


def keep_reversed(c: Ended, event: Returned) -> Step:
    """As it stands now."""
    found = c.facts.books.transaction(c.done.record)
    assert found is not None
    return replace(c, done=found), ()


def print_one(c: Ended, event: object) -> Step:
    """One slip for the shop."""
    return c, (print_slips.call(c.facts, c.done.record, (Copy.MERCHANT,)),)


def _busy(c: Ended) -> Screen:
    return Progress(c.operation, say(words(c.operation).title), (say(Text.HINT_WAIT),))


# A called flow is on top: these last as long as it does.
CALLING = (S.REVERSING, S.PRINTING)

TABLE: FlowTable[Ended] = FlowTable(
    name="sale_outcome",
    states=S,
    initial=S.REVERSING,
    final=frozenset({S.DONE}),
    sent=frozenset(CALLING),
    rows=[
        On("started", S.REVERSING, S.PRINTING, when=was_approved, do=print_both),
        On("started", S.REVERSING, S.REVERSING, when=is_to_be_reversed, do=reverse),
        On("started", S.REVERSING, S.TOLD),
        On("returned", S.REVERSING, S.TOLD, do=keep_reversed),
        On("enter", S.TOLD, S.PRINTING, when=told.is_worth_a_slip, do=print_one),
        On("enter", S.TOLD, S.DONE),
        On("returned", S.PRINTING, S.DONE),
        On("cancel", S.TOLD, S.DONE),
        On("timeout", S.TOLD, S.PRINTING, when=told.is_open, do=print_one),
        On("timeout", S.TOLD, S.DONE),
    ],
    screens={S.TOLD: told.told, **dict.fromkeys(CALLING, _busy)},
    timeout_s={S.TOLD: entry_limit_s, **dict.fromkeys(CALLING, math.inf)},
    result=lambda state, c: c.done,
)

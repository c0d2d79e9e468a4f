"""A refund like one before: the first one's state is shown, and somebody says that this is another.

An equal return may be honest, so nothing is ever refused here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from terminal.domain import same_again as rules
from terminal.domain.facts import Facts
from terminal.domain.history import state_of, whole
from terminal.domain.money import Amount
from terminal.domain.receipt_rows import printed_time
from terminal.domain.transaction import Transaction
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows.find_pages import STATES
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s
from terminal.ui.screens import Confirm, Fact, Screen, say
from terminal.ui.text import Text

MINUTE_S: Final = 60


class S(Enum):
    """One question."""

    ASKING = auto()
    ANOTHER = auto()
    LEFT = auto()
    EXPIRED = auto()


@dataclass(frozen=True, slots=True)
class Again:
    """The first of the two, and whether it is the document that is the same."""

    facts: Facts
    first: Transaction
    by_document: bool = False


@dataclass(frozen=True, slots=True)
class Another:
    """Result: this is a refund of its own."""


def call(facts: Facts, first: Transaction, by_document: bool = False) -> Call:
    """Ask; the result is Another, or a Left."""
    return Call(lambda: Flow(TABLE, Again(facts, first, by_document)))


def equal_refund(facts: Facts, key: str, amount_minor: int) -> Transaction | None:
    """The refund of this purchase and amount that was given a few minutes ago."""
    within_s = facts.parameters.same_again_minutes * MINUTE_S
    return rules.equal_refund(facts.books, key, amount_minor, lambda n: facts.age_s(n) < within_s)


def refund_with(facts: Facts, document: str) -> Transaction | None:
    """The last refund that named this document."""
    number = facts.books.documents.get(document)
    if number is None or facts.history is None:
        return None
    return whole(facts.history.records(number), number)


def _screen(c: Again) -> Screen:
    what = Text.SAME_DOCUMENT if c.by_document else Text.SAME_REFUND
    lines = (
        say(what),
        Fact(Text.LABEL_STAN, f"{c.first.intent.stan:06d}"),
        Fact(Text.LABEL_MOVED, Amount(c.first.moved_minor)),
        Fact(Text.LABEL_STATE, STATES[state_of(c.first, c.facts.books)]),
        Fact(Text.LABEL_TIME, printed_time(c.first)[5:16]),
    )
    return Confirm("refund.same_again", say(Text.TITLE_SAME_AGAIN), lines, say(Text.HINT_ANOTHER))


RESULTS: Mapping[S, Another | Left] = MappingProxyType(
    {S.ANOTHER: Another(), S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT}
)

TABLE: FlowTable[Again] = FlowTable(
    name="same_again",
    states=S,
    initial=S.ASKING,
    final=frozenset(RESULTS),
    rows=[
        On("enter", S.ASKING, S.ANOTHER),
        On("cancel", S.ASKING, S.LEFT),
        On("timeout", S.ASKING, S.EXPIRED),
    ],
    screens={S.ASKING: _screen},
    timeout_s={S.ASKING: entry_limit_s},
    result=lambda state, c: RESULTS[state],
)

"""A purchase of this batch and day is to be given back: void it, which is faster, or refund it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.operators import Action, may
from terminal.domain.original import Original
from terminal.domain.transaction import Transaction
from terminal.domain.void_policy import sale_of, void_refusal
from terminal.effects import Call, Effect
from terminal.events import KeyPressed
from terminal.flow import Flow, FlowTable, On
from terminal.flows.home_next import VoidInstead
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s
from terminal.flows.typed import beep, stay
from terminal.ui.screens import Menu, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """One question, two answers."""

    ASKING = auto()
    VOID = auto()
    REFUND = auto()
    LEFT = auto()
    EXPIRED = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """The sale that could be voided, and the purchase as it was found."""

    facts: Facts
    sale: Transaction
    original: Original
    picked: int = 0


Step = tuple[Choice, tuple[Effect, ...]]


def voidable(facts: Facts, original: Original) -> Transaction | None:
    """The sale behind this purchase, if shop, operator and books allow its void now."""
    operator = facts.operator
    if facts.parameters.sale != "on" or operator is None or not may(operator.role, Action.VOID):
        return None
    sale = sale_of(facts.books, original.key)
    return None if void_refusal(facts.books, sale, facts.today) else sale


def call(facts: Facts, sale: Transaction, original: Original) -> Call:
    """Ask; the result is a VoidInstead, the purchase to refund, or a Left."""
    return Call(lambda: Flow(TABLE, Choice(facts, sale, original)))


def turn(c: Choice, event: object) -> Step:
    """There are two answers."""
    return replace(c, picked=1 - c.picked), ()


def digit_is_void(c: Choice, event: KeyPressed) -> bool:
    """1."""
    return event.key.value == "1"


def digit_is_refund(c: Choice, event: KeyPressed) -> bool:
    """2."""
    return event.key.value == "2"


def pick_is_void(c: Choice, event: object) -> bool:
    """The first line."""
    return c.picked == 0


def _screen(c: Choice) -> Screen:
    items = (say(Text.CHOOSE_VOID), say(Text.MENU_REFUND))
    return Menu("refund.void_or_refund", say(Text.TITLE_VOID_OR_REFUND), items, c.picked)


def _result(state: S, c: Choice) -> VoidInstead | Original | Left:
    left = {S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT}
    if state in left:
        return left[state]
    return VoidInstead(c.sale.intent.stan) if state is S.VOID else c.original


TABLE: FlowTable[Choice] = FlowTable(
    name="void_choice",
    states=S,
    initial=S.ASKING,
    final=frozenset({S.VOID, S.REFUND, S.LEFT, S.EXPIRED}),
    rows=[
        On("started", S.ASKING, S.ASKING, do=stay),
        On("digit", S.ASKING, S.VOID, when=digit_is_void),
        On("digit", S.ASKING, S.REFUND, when=digit_is_refund),
        On("digit", S.ASKING, S.ASKING, do=beep),
        On("up", S.ASKING, S.ASKING, do=turn),
        On("down", S.ASKING, S.ASKING, do=turn),
        On("enter", S.ASKING, S.VOID, when=pick_is_void),
        On("enter", S.ASKING, S.REFUND),
        On("cancel", S.ASKING, S.LEFT),
        On("timeout", S.ASKING, S.EXPIRED),
    ],
    screens={S.ASKING: _screen},
    timeout_s={S.ASKING: entry_limit_s},
    result=_result,
)

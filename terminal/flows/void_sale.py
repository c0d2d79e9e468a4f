"""Which sale is to be voided: by its trace number, or by its slip; and whether that is possible."""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.transaction import Transaction
from terminal.domain.void_policy import VoidRefused
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import void_sale_case as case
from terminal.flows.home_next import RefundInstead
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s
from terminal.flows.silence import pad_silent
from terminal.flows.typed import complain, stay, typing
from terminal.flows.void_sale_case import Which
from terminal.ui.screens import Message, Progress, Prompt, Screen, say
from terminal.ui.text import Text

NAME = "void.sale"


class S(Enum):
    """NUMBER is also where a slip may be scanned; REFUND: money is to be given back instead."""

    NUMBER = auto()
    CHECKING = auto()
    IMPOSSIBLE = auto()
    FOUND = auto()
    REFUND = auto()
    LEFT = auto()
    EXPIRED = auto()
    GIVEN_UP = auto()


def call(facts: Facts, stan: int | None = None) -> Call:
    """Find a sale; the result is its Transaction, a RefundInstead, or a Left."""
    return Call(lambda: Flow(TABLE, Which(facts, stan)))


def _prompt(c: Which) -> Screen:
    lines = (say(Text.VOID_WHICH), c.error) if c.error else (say(Text.VOID_WHICH),)
    return Prompt(NAME, say(Text.TITLE_VOID), lines, c.entry, say(Text.HINT_TYPE))


def _checking(c: Which) -> Screen:
    return Progress(NAME, say(Text.TITLE_VOID), (say(Text.CHECKING_SLIP),))


def _impossible(c: Which) -> Screen:
    assert c.error is not None
    hint = Text.REFUND_INSTEAD if case.may_be_refunded(c, None) else Text.HINT_ENTER
    is_open = c.refused is VoidRefused.UNRESOLVED
    do_next = (say(Text.SETTLE_OTHER_FIRST),) if is_open else ()
    lines = (c.error, say(Text.NO_MONEY_MOVED), *do_next)
    return Message("void.impossible", say(Text.TITLE_NO_VOID), lines, say(hint))


def _result(state: S, c: Which) -> Transaction | RefundInstead | Left | None:
    if state is S.REFUND:
        return case.refund_instead(c)
    left = {S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT, S.GIVEN_UP: Left.TOLD}
    return left.get(state, c.sale)


TABLE: FlowTable[Which] = FlowTable(
    name="void_sale",
    states=S,
    initial=S.NUMBER,
    final=frozenset({S.FOUND, S.REFUND, S.LEFT, S.EXPIRED, S.GIVEN_UP}),
    rows=[
        On("started", S.NUMBER, S.NUMBER, when=case.nothing_is_asked, do=stay),
        On("started", S.NUMBER, S.FOUND, when=case.number_can_be_voided, do=case.keep_number),
        On("started", S.NUMBER, S.IMPOSSIBLE, do=case.refuse_number),
        *typing(S.NUMBER, most=6),
        On("enter", S.NUMBER, S.FOUND, when=case.number_can_be_voided, do=case.keep_number),
        On("enter", S.NUMBER, S.IMPOSSIBLE, when=case.number_is_typed, do=case.refuse_number),
        On("enter", S.NUMBER, S.NUMBER, do=complain(None)),
        On("scan", S.NUMBER, S.CHECKING, when=case.code_is_plausible, do=case.check_code),
        On("scan", S.NUMBER, S.FOUND, when=case.plain_code_can_be_voided, do=case.keep_plain_code),
        On("scan", S.NUMBER, S.IMPOSSIBLE, when=case.is_plain_code, do=case.refuse_plain_code),
        On("scan", S.NUMBER, S.IMPOSSIBLE, do=case.refuse_code),
        On("keypad", S.CHECKING, S.IMPOSSIBLE, when=case.code_is_forged, do=case.refuse_forged),
        On("keypad", S.CHECKING, S.FOUND, when=case.code_can_be_voided, do=case.keep_code),
        On("keypad", S.CHECKING, S.IMPOSSIBLE, do=case.refuse_checked),
        *pad_silent(S.CHECKING, S.IMPOSSIBLE, case.no_check),
        On("enter", S.IMPOSSIBLE, S.REFUND, when=case.may_be_refunded),
        On("enter", S.IMPOSSIBLE, S.GIVEN_UP),
        On("cancel", S.IMPOSSIBLE, S.GIVEN_UP),
        On("timeout", S.IMPOSSIBLE, S.GIVEN_UP),
        On("cancel", S.NUMBER, S.LEFT),
        On("timeout", S.NUMBER, S.EXPIRED),
    ],
    screens={S.NUMBER: _prompt, S.CHECKING: _checking, S.IMPOSSIBLE: _impossible},
    timeout_s={S.NUMBER: entry_limit_s, S.CHECKING: 5.0, S.IMPOSSIBLE: entry_limit_s},
    result=_result,
)

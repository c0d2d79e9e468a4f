"""Void 消费撤销: takes a sale of this batch and day back, whole, before it is settled."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from terminal.domain.card import short_card
from terminal.domain.facts import Facts
from terminal.domain.money import Amount
from terminal.domain.transaction import Transaction
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import sale_ending as ending
from terminal.flows import sale_told as told
from terminal.flows import void_case as case
from terminal.flows.hindrance import is_hindered, is_unseen, say_hindrance
from terminal.flows.home_next import RefundInstead
from terminal.flows.leaving import was_left, was_told
from terminal.flows.limits import entry_limit_s, stopped_limit_s
from terminal.flows.silence import pad_silent
from terminal.flows.typed import beep
from terminal.flows.void_case import Void
from terminal.ui.screens import Confirm, Content, Fact, Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """In the order of a good day; OPENING is the pad opening the card number that it sealed."""

    SALE = auto()
    CARD = auto()
    PIN = auto()
    APPROVAL = auto()
    CONFIRM = auto()
    OPENING = auto()
    SENDING = auto()
    OUTCOME = auto()
    STOPPED = auto()
    DONE = auto()


def call(facts: Facts, stan: int | None = None) -> Call:
    """Void a sale, the one with this trace number if that is known already."""
    return Call(lambda: Flow(TABLE, Void(facts, stan)))


def _confirm(c: Void) -> Screen:
    lines: list[Content] = [
        Fact(Text.LABEL_VOID, Amount(c.amount_minor)),
        Fact(Text.LABEL_CARD, short_card(c.original.intent.card)),
        Fact(Text.LABEL_SALE_STAN, f"{c.original.intent.stan:06d}"),
    ]
    if c.approver:
        lines.append(Fact(Text.LABEL_APPROVER, c.approver))
    title, hint = say(Text.TITLE_CONFIRM_VOID), say(Text.HINT_VOID)
    return Confirm("void.confirm", title, tuple(lines), hint)


def _busy(c: Void) -> Screen:
    return Progress("void", say(Text.TITLE_VOID), (say(Text.HINT_WAIT),))


def _result(state: S, c: Void) -> Transaction | RefundInstead | None:
    return c.instead or c.done


OPENING_S: Final = 5.0
# A called flow is on top: these last as long as it does.
CALLING = (S.SALE, S.CARD, S.PIN, S.APPROVAL, S.SENDING, S.OUTCOME)
# What an answered question leads to is the same for all of them.
ASKED = (S.SALE, S.CARD, S.PIN)

TABLE: FlowTable[Void] = FlowTable(
    name="void",
    states=S,
    initial=S.SALE,
    final=frozenset({S.DONE}),
    sent=frozenset({S.SENDING, S.OUTCOME}),
    rows=[
        On("started", S.SALE, S.STOPPED, when=is_hindered, do=say_hindrance),
        On("started", S.SALE, S.SALE, do=case.ask_sale),
        On("returned", (*ASKED, S.SENDING), S.DONE, when=was_told),
        On("returned", ASKED, S.STOPPED, when=was_left, do=ending.say_left),
        On("returned", S.SALE, S.DONE, when=case.wants_refund, do=case.keep_refund),
        On("returned", S.SALE, S.CARD, when=case.needs_card, do=case.keep_sale_and_ask_card),
        On("returned", S.CARD, S.PIN, when=case.asks_pin, do=case.keep_card_and_ask_pin),
        On("returned", ASKED, S.APPROVAL, case.needs_approver, case.keep_and_ask_approver),
        On("returned", ASKED, S.CONFIRM, do=case.keep),
        On("returned", S.APPROVAL, S.STOPPED, when=was_left, do=ending.say_left),
        On("returned", S.APPROVAL, S.CONFIRM, do=case.keep_approver),
        On("enter", S.CONFIRM, S.CONFIRM, when=is_unseen, do=beep),
        On("enter", S.CONFIRM, S.CARD, when=case.must_swipe_again, do=case.ask_card_again),
        On("enter", S.CONFIRM, S.SENDING, when=case.card_is_held, do=case.send),
        On("enter", S.CONFIRM, S.OPENING, when=case.number_is_kept, do=case.open_card),
        On("enter", S.CONFIRM, S.STOPPED, do=case.say_no_number),
        On("keypad", S.OPENING, S.SENDING, do=case.send_opened),
        *pad_silent(S.OPENING, S.STOPPED, case.say_no_keypad),
        On("returned", S.SENDING, S.OUTCOME, do=ending.follow_up),
        On("returned", S.OUTCOME, S.DONE, do=ending.keep_done),
        On("enter", S.STOPPED, S.DONE),
        On("cancel", S.CONFIRM, S.STOPPED, do=ending.say_cancelled),
        On("timeout", S.CONFIRM, S.STOPPED, do=ending.say_expired),
        On("cancel", S.STOPPED, S.DONE),
        On("timeout", S.STOPPED, S.DONE),
    ],
    screens={
        S.CONFIRM: _confirm,
        S.OPENING: _busy,
        S.STOPPED: told.stopped,
        **dict.fromkeys(CALLING, _busy),
    },
    timeout_s={
        S.CONFIRM: entry_limit_s,
        S.OPENING: OPENING_S,
        S.STOPPED: stopped_limit_s,
        **dict.fromkeys(CALLING, float("inf")),
    },
    result=_result,
)

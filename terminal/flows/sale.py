"""Sale 消费: a customer pays with a card, and with a PIN where the shop asks for it."""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import sale_case as case
from terminal.flows import sale_ending as ending
from terminal.flows import sale_screens as screens
from terminal.flows import sale_sending as sending
from terminal.flows import sale_told as told
from terminal.flows.hindrance import is_hindered, is_unseen, say_hindrance
from terminal.flows.leaving import was_left, was_told
from terminal.flows.limits import entry_limit_s, stopped_limit_s
from terminal.flows.sale_case import Sale
from terminal.flows.typed import beep, complain, stay, typing
from terminal.ui.screens import say
from terminal.ui.text import Text


class S(Enum):
    """In the order of a good day; TOLD and STOPPED say how it ended otherwise."""

    AMOUNT = auto()
    CARD = auto()
    APPROVAL = auto()
    PIN = auto()
    CONFIRM = auto()
    SENDING = auto()
    REVERSING = auto()
    PRINTING = auto()
    TOLD = auto()
    STOPPED = auto()
    DONE = auto()


def call(facts: Facts) -> Call:
    """Take a payment."""
    return Call(lambda: Flow(TABLE, Sale(facts)))


# Nothing has left the terminal: cancel is free.
ENTRY = (S.AMOUNT, S.CONFIRM)
# A called flow is on top: these last as long as it does.
CALLING = (S.CARD, S.APPROVAL, S.PIN, S.SENDING, S.REVERSING, S.PRINTING)

TABLE: FlowTable[Sale] = FlowTable(
    name="sale",
    states=S,
    initial=S.AMOUNT,
    final=frozenset({S.DONE}),
    sent=frozenset({S.SENDING, S.REVERSING, S.PRINTING}),
    rows=[
        On("started", S.AMOUNT, S.STOPPED, when=is_hindered, do=say_hindrance),
        On("started", S.AMOUNT, S.AMOUNT, do=stay),
        *typing(S.AMOUNT, most=12),
        On("enter", S.AMOUNT, S.CARD, case.amount_is_typed, case.keep_amount_and_ask_card),
        On("enter", S.AMOUNT, S.AMOUNT, do=complain(say(Text.AMOUNT_WRONG))),
        On("returned", S.CARD, S.DONE, when=was_told),
        On("returned", S.CARD, S.STOPPED, when=was_left, do=ending.say_left),
        On("returned", S.CARD, S.APPROVAL, case.needs_approver, case.keep_card_and_ask_approver),
        On("returned", S.CARD, S.PIN, when=case.asks_pin, do=case.keep_card_and_ask_pin),
        On("returned", S.CARD, S.CONFIRM, do=case.keep_card),
        On("returned", S.APPROVAL, S.STOPPED, when=was_left, do=ending.say_left),
        On("returned", S.APPROVAL, S.CARD, ending.card_is_gone, case.keep_approver_and_ask_card),
        On("returned", S.APPROVAL, S.PIN, when=case.asks_pin, do=case.keep_approver_and_ask_pin),
        On("returned", S.APPROVAL, S.CONFIRM, do=case.keep_approver),
        On("returned", S.PIN, S.DONE, when=was_told),
        On("returned", S.PIN, S.STOPPED, when=was_left, do=ending.say_left),
        On("returned", S.PIN, S.CONFIRM, do=case.keep_pin),
        On("enter", S.CONFIRM, S.CONFIRM, when=is_unseen, do=beep),
        On("enter", S.CONFIRM, S.CARD, when=ending.card_is_gone, do=case.ask_card_again),
        On("enter", S.CONFIRM, S.SENDING, do=sending.send),
        On("returned", S.SENDING, S.PRINTING, when=ending.was_approved, do=ending.print_both),
        On("returned", S.SENDING, S.REVERSING, when=ending.is_to_be_reversed, do=ending.reverse),
        On("returned", S.SENDING, S.TOLD, when=sending.pin_was_wrong, do=sending.keep_wrong_pin),
        On("returned", S.SENDING, S.TOLD, do=ending.keep_outcome),
        On("returned", S.REVERSING, S.TOLD, do=ending.keep_reversed),
        On("enter", S.TOLD, S.PIN, when=sending.may_type_pin_again, do=sending.ask_pin_again),
        On("enter", S.TOLD, S.CARD, when=sending.may_try_again, do=case.ask_card_again),
        On("enter", S.TOLD, S.PRINTING, when=told.is_worth_a_slip, do=ending.print_one),
        On("enter", S.TOLD, S.DONE),
        On("timeout", S.TOLD, S.PRINTING, when=told.is_open, do=ending.print_one),
        On("timeout", S.TOLD, S.DONE),
        On("cancel", S.TOLD, S.DONE),
        On("returned", S.PRINTING, S.DONE),
        On("enter", S.STOPPED, S.DONE),
        On("cancel", ENTRY, S.STOPPED, do=ending.say_cancelled),
        On("timeout", ENTRY, S.STOPPED, do=ending.say_expired),
        On("cancel", S.STOPPED, S.DONE),
        On("timeout", S.STOPPED, S.DONE),
    ],
    screens={
        S.AMOUNT: screens.amount,
        S.CONFIRM: screens.confirm,
        S.TOLD: screens.told,
        S.STOPPED: told.stopped,
        **dict.fromkeys(CALLING, screens.busy),
    },
    timeout_s={
        **dict.fromkeys((*ENTRY, S.TOLD), entry_limit_s),
        S.STOPPED: stopped_limit_s,
        **dict.fromkeys(CALLING, float("inf")),
    },
    result=lambda state, c: c.done,
)

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
    """In the order of a good day; STOPPED says why nothing was sent."""

    AMOUNT = auto()
    CARD = auto()
    APPROVAL = auto()
    PIN = auto()
    CONFIRM = auto()
    SENDING = auto()
    WRONG_PIN = auto()
    OUTCOME = auto()
    STOPPED = auto()
    DONE = auto()


def call(facts: Facts) -> Call:
    """Take a payment."""
    return Call(lambda: Flow(TABLE, Sale(facts)))


# Nothing has left the terminal: cancel is free.
ENTRY = (S.AMOUNT, S.CONFIRM)
# A called flow is on top: these last as long as it does.
CALLING = (S.CARD, S.APPROVAL, S.PIN, S.SENDING, S.OUTCOME)

TABLE: FlowTable[Sale] = FlowTable(
    name="sale",
    states=S,
    initial=S.AMOUNT,
    final=frozenset({S.DONE}),
    sent=frozenset({S.SENDING, S.OUTCOME}),
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
        On("returned", S.SENDING, S.DONE, when=was_told),
        On("returned", S.SENDING, S.WRONG_PIN, sending.may_try_again, sending.keep_wrong_pin),
        On("returned", S.SENDING, S.OUTCOME, do=ending.follow_up),
        On("returned", S.OUTCOME, S.DONE, do=ending.keep_done),
        On("enter", S.WRONG_PIN, S.CARD, when=ending.card_is_gone, do=case.ask_card_again),
        On("enter", S.WRONG_PIN, S.PIN, do=sending.ask_pin_again),
        On("enter", S.STOPPED, S.DONE),
        On("cancel", ENTRY, S.STOPPED, do=ending.say_cancelled),
        On("timeout", ENTRY, S.STOPPED, do=ending.say_expired),
        On("cancel", (S.WRONG_PIN, S.STOPPED), S.DONE),
        On("timeout", (S.WRONG_PIN, S.STOPPED), S.DONE),
    ],
    screens={
        S.AMOUNT: screens.amount,
        S.CONFIRM: screens.confirm,
        S.WRONG_PIN: screens.wrong_pin,
        S.STOPPED: told.stopped,
        **dict.fromkeys(CALLING, screens.busy),
    },
    timeout_s={
        **dict.fromkeys((*ENTRY, S.WRONG_PIN), entry_limit_s),
        S.STOPPED: stopped_limit_s,
        **dict.fromkeys(CALLING, float("inf")),
    },
    result=lambda state, c: c.done,
)

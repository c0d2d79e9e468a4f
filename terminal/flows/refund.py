"""Refund 退货: money back to the card that paid, of one purchase, in full or in part."""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.original import Original
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import refund_approval as agreed
from terminal.flows import refund_case as case
from terminal.flows import refund_confirm as confirm
from terminal.flows import refund_decision as decision
from terminal.flows import refund_original as original
from terminal.flows import refund_screens as screens
from terminal.flows.hindrance import is_hindered, is_unseen, say_hindrance
from terminal.flows.leaving import was_left, was_told
from terminal.flows.limits import entry_limit_s, stopped_limit_s
from terminal.flows.picking import arrows
from terminal.flows.refund_case import Refund
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import say
from terminal.ui.text import Text


class S(Enum):
    """In the order of a good day; STOPPED says why nothing was sent."""

    ORIGINAL = auto()
    AMOUNT = auto()
    REASON = auto()
    PASSWORD = auto()
    CARD = auto()
    DOCUMENT = auto()
    APPROVAL = auto()
    CONFIRM = auto()
    SENDING = auto()
    STOPPED = auto()
    DONE = auto()


def call(
    facts: Facts,
    scanned: str | None = None,
    purchase: Original | None = None,
    qr: bool = False,
) -> Call:
    """Give money back; `scanned` is the slip's code when it was scanned before the menu.

    `purchase`: it is known already, and is not to be voided. `qr`: only a slip's code
    will do. The result is the Transaction, a VoidInstead, or None.
    """
    return Call(lambda: Flow(TABLE, Refund(facts, scanned, purchase, qr)))


# Nothing has left the terminal: cancel is free.
ENTRY = (S.AMOUNT, S.REASON, S.DOCUMENT, S.CONFIRM)
# A called flow is on top: these last as long as it does.
CALLING = (S.ORIGINAL, S.PASSWORD, S.CARD, S.APPROVAL, S.SENDING)
# Who gets the money is known: the card, or after the password the wallet that paid.
PAYEE = (S.PASSWORD, S.CARD)

TABLE: FlowTable[Refund] = FlowTable(
    name="refund",
    states=S,
    initial=S.ORIGINAL,
    final=frozenset({S.DONE}),
    sent=frozenset({S.SENDING}),
    rows=[
        On("started", S.ORIGINAL, S.STOPPED, when=is_hindered, do=say_hindrance),
        On("started", S.ORIGINAL, S.AMOUNT, when=original.is_given, do=original.keep_given),
        On(
            "started",
            S.ORIGINAL,
            S.STOPPED,
            when=original.is_refused_already,
            do=original.refuse_given,
        ),
        On("started", S.ORIGINAL, S.ORIGINAL, do=original.ask_original),
        On("returned", S.ORIGINAL, S.DONE, when=was_told),
        On("returned", S.ORIGINAL, S.STOPPED, when=was_left, do=case.say_left),
        On("returned", S.ORIGINAL, S.DONE, when=original.wants_void, do=original.keep_void),
        On("returned", S.ORIGINAL, S.ORIGINAL, when=original.can_be_voided, do=original.offer_void),
        On(
            "returned",
            S.ORIGINAL,
            S.AMOUNT,
            original.original_is_refundable,
            original.keep_original,
        ),
        On("returned", S.ORIGINAL, S.STOPPED, do=original.refuse_original),
        *typing(S.AMOUNT, most=12),
        On("enter", S.AMOUNT, S.REASON, when=case.amount_is_refundable, do=case.keep_amount),
        On("enter", S.AMOUNT, S.AMOUNT, do=case.explain_amount),
        On("digit", S.REASON, S.PASSWORD, when=case.digit_is_a_reason, do=case.pick_by_digit),
        On("digit", S.REASON, S.REASON, do=beep),
        *arrows(S.REASON, lambda c: len(c.facts.parameters.reasons)),
        On("enter", S.REASON, S.PASSWORD, do=case.pick),
        On("returned", S.PASSWORD, S.PASSWORD, when=case.is_another, do=case.ask_password),
        On("returned", S.PASSWORD, S.CARD, when=decision.needs_card, do=decision.ask_card),
        On("returned", PAYEE, S.DONE, when=was_told),
        On("returned", PAYEE, S.STOPPED, when=was_left, do=case.say_left),
        On("returned", PAYEE, S.STOPPED, when=decision.case_is_refused, do=decision.refuse_case),
        On("returned", PAYEE, S.DOCUMENT, when=decision.needs_document, do=decision.keep_card),
        On(
            "returned",
            PAYEE,
            S.APPROVAL,
            decision.needs_approver,
            decision.keep_card_and_ask_approver,
        ),
        On("returned", PAYEE, S.CONFIRM, do=decision.keep_card),
        *typing(S.DOCUMENT, most=18, letters=True),
        On(
            "enter",
            S.DOCUMENT,
            S.DOCUMENT,
            when=agreed.document_is_a_card,
            do=agreed.refuse_card_as_document,
        ),
        On(
            "enter",
            S.DOCUMENT,
            S.APPROVAL,
            when=agreed.document_was_used,
            do=agreed.keep_document_and_ask_again,
        ),
        On(
            "enter",
            S.DOCUMENT,
            S.APPROVAL,
            when=agreed.case_needs_approver,
            do=agreed.keep_document_and_ask_approver,
        ),
        On(
            "enter",
            S.DOCUMENT,
            S.CONFIRM,
            when=agreed.document_is_given,
            do=agreed.keep_document,
        ),
        On("enter", S.DOCUMENT, S.DOCUMENT, do=complain(say(Text.DOCUMENT_NEEDED))),
        On("returned", S.APPROVAL, S.STOPPED, when=was_left, do=case.say_left),
        On("returned", S.APPROVAL, S.APPROVAL, agreed.needs_another, agreed.ask_another),
        On("returned", S.APPROVAL, S.CONFIRM, do=agreed.keep_approver),
        On("enter", S.CONFIRM, S.CONFIRM, when=is_unseen, do=beep),
        On("enter", S.CONFIRM, S.SENDING, when=decision.card_is_held, do=confirm.begin_sending),
        On("enter", S.CONFIRM, S.CARD, do=decision.ask_card_again),
        On("returned", S.SENDING, S.DONE, do=confirm.keep_done),
        On("enter", S.STOPPED, S.DONE),
        On("cancel", ENTRY, S.STOPPED, do=case.say_cancelled),
        On("timeout", ENTRY, S.STOPPED, do=case.say_expired),
        On("cancel", S.STOPPED, S.DONE),
        On("timeout", S.STOPPED, S.DONE),
    ],
    screens={
        S.AMOUNT: screens.amount,
        S.REASON: screens.reason,
        S.DOCUMENT: screens.document,
        S.CONFIRM: screens.confirm,
        S.STOPPED: screens.stopped,
        **dict.fromkeys(CALLING, screens.busy),
    },
    timeout_s={
        **dict.fromkeys(ENTRY, entry_limit_s),
        S.STOPPED: stopped_limit_s,
        **dict.fromkeys(CALLING, float("inf")),
    },
    result=lambda state, c: c.void or c.done,
)

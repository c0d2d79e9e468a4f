"""Reversal 冲正: one 0400 that takes a sale or a void without a result back.

Open the sealed card, build with the number and batch of the intent, persist the try, MAC by the
pad, send, match, MAC verified by the pad, persist what it means. Recovery decides on the next.
"""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.money import Amount
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import one_try
from terminal.flows import reversal_case as case
from terminal.flows import reversal_ending as ending
from terminal.flows.answer_mac import has_mac
from terminal.flows.limits import host_limit_s
from terminal.flows.operation_words import words
from terminal.flows.reversal_case import Reversal
from terminal.flows.reversal_words import reversal_words
from terminal.flows.sealed_card import never_opens
from terminal.flows.silence import host_silent, pad_silent
from terminal.ui.screens import Fact, Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """OPENING to VERIFYING, then how this try ended.

    LATER: refused for now. UNUSABLE: an answer that can't be believed, or does not fit. UNKNOWN:
    none. NOT_SENT and NO_KEYPAD: certain that it never left.
    """

    OPENING = auto()
    MACING = auto()
    SENT = auto()
    VERIFYING = auto()
    REVERSED = auto()
    EARLY = auto()
    LATER = auto()
    MANUAL = auto()
    UNUSABLE = auto()
    UNKNOWN = auto()
    NOT_SENT = auto()
    NO_KEYPAD = auto()


def call(facts: Facts, record: int) -> Call:
    """One try for the transaction with this record number; the result is the `S` it ended in."""
    found = facts.books.transaction(record)
    assert found is not None, "only what is open can be reversed"
    number = found.reversal_tries + 1
    return Call(lambda: Flow(TABLE, Reversal(facts, record, number)))


def _waiting(c: Reversal) -> Screen:
    intent = c.one.intent
    lines = (
        say(reversal_words(intent.operation).reversing, stan=f"{intent.stan:06d}"),
        Fact(words(intent.operation).amount, Amount(intent.amount_minor)),
        say(Text.REVERSAL_TRY, count=c.number, most=c.facts.profile.reversal_tries),
        say(Text.HINT_WAIT),
    )
    return Progress("reversal.wait", say(Text.TITLE_REVERSAL), lines)


WORKING = (S.OPENING, S.MACING, S.SENT, S.VERIFYING)

TABLE: FlowTable[Reversal] = FlowTable(
    name="reversal",
    states=S,
    initial=S.OPENING,
    final=frozenset(set(S) - set(WORKING)),
    sent=frozenset({S.SENT, S.VERIFYING}),
    rows=[
        On("started", S.OPENING, S.MACING, when=case.pays_by_voucher, do=case.store_try),
        On("started", S.OPENING, S.OPENING, when=case.has_card, do=one_try.open_card),
        On("started", S.OPENING, S.MANUAL, do=ending.store_no_message),
        On("keypad", S.OPENING, S.MACING, when=case.can_be_built, do=case.store_try),
        On("keypad", S.OPENING, S.MANUAL, do=ending.store_no_message),
        On("keypad", S.MACING, S.SENT, do=one_try.send),
        On("host", S.SENT, S.VERIFYING, when=has_mac, do=ending.keep_reply),
        On("host", S.SENT, S.UNUSABLE, do=ending.store_later),
        On("keypad", S.VERIFYING, S.REVERSED, when=ending.is_done, do=ending.store_done),
        On("keypad", S.VERIFYING, S.EARLY, when=ending.is_early, do=ending.store_early),
        On("keypad", S.VERIFYING, S.MANUAL, ending.is_for_a_person, ending.store_for_a_person),
        On("keypad", S.VERIFYING, S.LATER, when=ending.is_refused_for_now, do=ending.store_later),
        On("keypad", S.VERIFYING, S.UNUSABLE, do=ending.store_later),
        On("keypad_failed", S.OPENING, S.MANUAL, when=never_opens, do=ending.store_no_message),
        *pad_silent(S.OPENING, S.NO_KEYPAD),
        *pad_silent(S.MACING, S.NO_KEYPAD, ending.store_not_sent),
        On("host_not_reached", S.SENT, S.NOT_SENT, do=ending.store_not_sent),
        *host_silent(S.SENT, S.UNKNOWN, ending.store_silent),
        *pad_silent(S.VERIFYING, S.UNUSABLE, ending.store_later),
    ],
    screens=dict.fromkeys(WORKING, _waiting),
    timeout_s={S.OPENING: 5.0, S.MACING: 5.0, S.SENT: host_limit_s, S.VERIFYING: 5.0},
    result=lambda state, c: state,
)

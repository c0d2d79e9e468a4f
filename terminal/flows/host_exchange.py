"""The only flow that sends a message that moves money.

Build, persist the intent, MAC by the pad, send (the point of no return), match, MAC verified by
the pad, persist the result. The caller shows and prints it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from terminal.domain.card import HeldCard
from terminal.domain.facts import Facts
from terminal.domain.transaction import Intent, Transaction
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import exchange_case as case
from terminal.flows.answer_mac import has_mac
from terminal.flows.exchange_case import Exchange
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s, host_limit_s
from terminal.flows.operation_words import words
from terminal.flows.silence import host_silent, pad_silent
from terminal.ui.screens import Fact, Message, Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """The first two states can still end in NOT_SENT for certain; then only the host knows.

    IMPOSSIBLE: there is no message to send, and nothing is stored; TOLD: somebody has read so.
    """

    MACING = auto()
    SENT = auto()
    VERIFYING = auto()
    APPROVED = auto()
    DECLINED = auto()
    UNKNOWN = auto()
    NOT_SENT = auto()
    IMPOSSIBLE = auto()
    TOLD = auto()


def call(
    facts: Facts,
    intent: Intent,
    card: HeldCard | None,
    sealed: bytes | None,
    pin_block: bytes | None = None,
) -> Call:
    """Send a refund, sale or void; the result is its Transaction as it stands in the books.

    Left.TOLD where its data make no message: there is no intent then, and no number is used.

    `card` is None for a QR refund. A sale leaves the card to its caller, who forgets it.
    """
    dated = replace(intent, host_day=facts.books.given.day)
    sent = Exchange(facts, dated, card, sealed, pin_block)
    return Call(lambda: Flow(TABLE, case.with_request(sent)))


def _waiting(c: Exchange) -> Screen:
    stan = Fact(Text.LABEL_STAN, f"{c.intent.stan:06d}")
    lines = (say(Text.TALKING_TO_HOST), stan, say(Text.HINT_WAIT))
    return Progress("host.wait", say(words(c.intent.operation).title), lines)


def _impossible(c: Exchange) -> Screen:
    said, phone = words(c.intent.operation), c.facts.parameters.service_phone
    lines = (say(Text.NO_MESSAGE, phone=phone), say(said.nothing_moved))
    return Message(f"{said.name}.unsendable", say(said.refused), lines, say(Text.HINT_ENTER))


def outcome(state: S, c: Exchange) -> Transaction | Left:
    """The transaction as it stands in the books, if there is one."""
    if state is S.TOLD:
        return Left.TOLD
    found = c.facts.books.transaction(c.record)
    assert found is not None
    return found


TABLE: FlowTable[Exchange] = FlowTable(
    name="host_exchange",
    states=S,
    initial=S.MACING,
    final=frozenset({S.APPROVED, S.DECLINED, S.UNKNOWN, S.NOT_SENT, S.TOLD}),
    sent=frozenset({S.SENT, S.VERIFYING}),
    rows=[
        On("started", S.MACING, S.MACING, when=case.can_be_sent, do=case.store_intent),
        On("started", S.MACING, S.IMPOSSIBLE, do=case.give_up),
        On("keypad", S.MACING, S.SENT, do=case.send),
        On("host", S.SENT, S.VERIFYING, when=has_mac, do=case.keep_reply),
        On("keypad", S.VERIFYING, S.APPROVED, when=case.is_approved, do=case.store_answer),
        On("keypad", S.VERIFYING, S.DECLINED, when=case.is_declined, do=case.store_answer),
        On("keypad", S.VERIFYING, S.UNKNOWN, do=case.store_answer),
        On("host", S.SENT, S.DECLINED, when=case.is_declined, do=case.store_answer),
        On("host", S.SENT, S.UNKNOWN, do=case.store_answer),
        *pad_silent(S.MACING, S.NOT_SENT, case.store_not_sent),
        On("host_not_reached", S.SENT, S.NOT_SENT, do=case.store_not_sent),
        *host_silent(S.SENT, S.UNKNOWN, case.store_unknown),
        *pad_silent(S.VERIFYING, S.UNKNOWN, case.store_answer),
        On("enter", S.IMPOSSIBLE, S.TOLD),
        On("cancel", S.IMPOSSIBLE, S.TOLD),
        On("timeout", S.IMPOSSIBLE, S.TOLD),
    ],
    screens={**dict.fromkeys((S.MACING, S.SENT, S.VERIFYING), _waiting), S.IMPOSSIBLE: _impossible},
    timeout_s={
        S.MACING: 5.0,
        S.SENT: host_limit_s,
        S.VERIFYING: 5.0,
        S.IMPOSSIBLE: entry_limit_s,
    },
    result=outcome,
)

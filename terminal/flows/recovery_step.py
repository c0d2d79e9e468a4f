"""One try to learn what became of a refund: an inquiry, or a copy under its own number.

Open the sealed card if a copy needs it, build, persist the try, MAC by the pad, send, match, MAC
verified by the pad, persist what it means. Recovery decides on the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from terminal.domain.facts import Facts
from terminal.domain.money import Amount
from terminal.domain.recovering import step_of
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import one_try
from terminal.flows import recovery_step_case as case
from terminal.flows import recovery_step_ending as ending
from terminal.flows.answer_mac import has_mac
from terminal.flows.limits import host_limit_s
from terminal.flows.operation_words import words
from terminal.flows.recovery_step_case import Trying
from terminal.flows.sealed_card import never_opens
from terminal.flows.silence import host_silent, pad_silent
from terminal.ui.screens import Fact, Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """OPENING to VERIFYING, then how this try ended.

    OPEN: an answer of the host's that is not final. UNUSABLE: one that can't be believed, or does
    not fit. UNKNOWN: none. NOT_SENT and NO_KEYPAD: certain that it never left. IMPOSSIBLE: this
    step can't be done any more.
    """

    OPENING = auto()
    MACING = auto()
    SENT = auto()
    VERIFYING = auto()
    RESOLVED = auto()
    OPEN = auto()
    UNUSABLE = auto()
    UNKNOWN = auto()
    NOT_SENT = auto()
    NO_KEYPAD = auto()
    IMPOSSIBLE = auto()


def call(facts: Facts, record: int) -> Call:
    """One try for the refund with this record number; the result is the `S` it ended in."""
    one = facts.books.unresolved[record]
    step = step_of(facts, one)
    number = one.recovery_tries + 1 if one.recovery_step == step else 1
    return Call(lambda: Flow(TABLE, Trying(facts, record, step, number)))


ASKING: Mapping[str, Text] = MappingProxyType(
    {
        "inquiry": Text.ASKING_INQUIRY,
        "resend_same_stan": Text.ASKING_AGAIN,
        "batch_upload": Text.ASKING_UPLOAD,
    }
)


def _waiting(c: Trying) -> Screen:
    intent = c.one.intent
    lines = (
        say(ASKING[c.step], stan=f"{intent.stan:06d}"),
        Fact(words(intent.operation).amount, Amount(intent.amount_minor)),
        say(Text.REVERSAL_TRY, count=c.number, most=c.facts.profile.recovery_tries),
        say(Text.HINT_WAIT),
    )
    return Progress("recovery_step.wait", say(Text.TITLE_RECOVERY), lines)


WORKING = (S.OPENING, S.MACING, S.SENT, S.VERIFYING)

TABLE: FlowTable[Trying] = FlowTable(
    name="recovery_step",
    states=S,
    initial=S.OPENING,
    final=frozenset(set(S) - set(WORKING)),
    sent=frozenset({S.SENT, S.VERIFYING}),
    rows=[
        On("started", S.OPENING, S.MACING, when=case.needs_no_card, do=case.store_try),
        On("started", S.OPENING, S.OPENING, when=case.has_card, do=one_try.open_card),
        On("started", S.OPENING, S.IMPOSSIBLE, do=ending.store_impossible),
        On("keypad", S.OPENING, S.MACING, when=case.can_be_built, do=case.store_try),
        On("keypad", S.OPENING, S.IMPOSSIBLE, do=ending.store_impossible),
        On("keypad", S.MACING, S.SENT, do=one_try.send),
        On("host", S.SENT, S.VERIFYING, when=has_mac, do=ending.keep_reply),
        On("host", S.SENT, S.UNUSABLE, do=ending.store_open),
        On("keypad", S.VERIFYING, S.RESOLVED, when=ending.is_final, do=ending.store_final),
        On("keypad", S.VERIFYING, S.OPEN, when=ending.is_authenticated, do=ending.store_open),
        On("keypad", S.VERIFYING, S.UNUSABLE, do=ending.store_open),
        *pad_silent(S.VERIFYING, S.UNUSABLE, ending.store_open),
        *host_silent(S.SENT, S.UNKNOWN, ending.store_silent),
        On("host_not_reached", S.SENT, S.NOT_SENT, do=ending.store_not_sent),
        On("keypad_failed", S.OPENING, S.IMPOSSIBLE, when=never_opens, do=ending.store_impossible),
        *pad_silent((S.OPENING, S.MACING), S.NO_KEYPAD, ending.store_no_keypad),
    ],
    screens=dict.fromkeys(WORKING, _waiting),
    timeout_s={S.OPENING: 5.0, S.MACING: 5.0, S.SENT: host_limit_s, S.VERIFYING: 5.0},
    result=lambda state, c: state,
)

"""Batch upload 批上送, one message of it: open its cards, send, note that the host has it."""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.settlement import UploadItem
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import settlement_upload_case as case
from terminal.flows.settlement_upload_case import Upload
from terminal.flows.silence import host_silent
from terminal.ui.screens import Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """The keypad opens what it has sealed; then the host is asked."""

    OPENING = auto()
    SENDING = auto()
    TAKEN = auto()
    STOPPED = auto()


def call(facts: Facts, item: UploadItem) -> Call:
    """Send one message; the result is None when the host has it, else why it does not go on."""
    return Call(lambda: Flow(TABLE, Upload(facts, item)))


def longest_s(facts: Facts) -> float:
    """A back stop only: the driver of the line gives up earlier and says why."""
    return facts.profile.connect_timeout_s + facts.profile.answer_timeout_s + 5.0


def _waiting(c: Upload) -> Screen:
    settling = c.facts.books.settling
    count = settling.items if settling else c.item.number
    lines = (say(Text.UPLOADING, number=c.item.number, count=count), say(Text.HINT_WAIT))
    return Progress("settlement.upload", say(Text.TITLE_SETTLEMENT), lines)


TABLE: FlowTable[Upload] = FlowTable(
    name="settlement_upload",
    states=S,
    initial=S.OPENING,
    final=frozenset({S.TAKEN, S.STOPPED}),
    rows=[
        On("started", S.OPENING, S.OPENING, when=case.has_a_card, do=case.open_card),
        On("started", S.OPENING, S.STOPPED, when=case.has_lost_its_card, do=case.say_shut),
        On("started", S.OPENING, S.SENDING, do=case.send),
        On("keypad", S.OPENING, S.OPENING, when=case.has_another_card, do=case.keep_and_open),
        On("keypad", S.OPENING, S.SENDING, do=case.keep_and_send),
        On("host", S.SENDING, S.TAKEN, when=case.is_taken, do=case.store_cursor),
        On("host", S.SENDING, S.STOPPED, do=case.say_code),
        On("keypad_failed", S.OPENING, S.STOPPED, do=case.say_not_opened),
        On("timeout", S.OPENING, S.STOPPED, do=case.say_keypad_silent),
        On("host_not_reached", S.SENDING, S.STOPPED, do=case.say_not_reached),
        *host_silent(S.SENDING, S.STOPPED, case.say_silent),
    ],
    screens={S.OPENING: _waiting, S.SENDING: _waiting},
    timeout_s={S.OPENING: 30.0, S.SENDING: lambda c: longest_s(c.facts)},
    result=lambda state, c: c.why,
)

"""Parameters from the host: fetched, shown before and after, agreed to, and then in force."""

from __future__ import annotations

import math
from enum import Enum, auto

from terminal.domain.downloaded import Value
from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import parameters_case as case
from terminal.flows.answer_mac import has_mac
from terminal.flows.approval import was_approved
from terminal.flows.limits import entry_limit_s
from terminal.flows.parameters_case import Download
from terminal.flows.silence import host_silent, pad_silent
from terminal.flows.typed import beep
from terminal.ui.screens import Fact, Message, Progress, Screen, say
from terminal.ui.screens import Value as Shown
from terminal.ui.text import Text


class S(Enum):
    """Nothing is in force before REVIEW, or the approver, has agreed."""

    WAITING = auto()
    CHECKING = auto()
    REVIEW = auto()
    APPROVAL = auto()
    TOLD = auto()
    OVER = auto()


def call(facts: Facts) -> Call:
    """Ask the host for its parameters."""
    return Call(lambda: Flow(TABLE, Download(facts)))


def wanted(facts: Facts) -> bool:
    """The host has asked for it in an answer: to be done when the operation is over."""
    return facts.books.parameters_wanted


def _waiting(c: Download) -> Screen:
    return Progress("host.wait", say(Text.TITLE_PARAMETERS), (say(Text.TALKING_TO_HOST),))


def _review(c: Download) -> Screen:
    change = c.offer.changes[c.page]
    lines = (
        Fact(Text.PARAMETER_BEFORE, _shown(change.before)),
        Fact(Text.PARAMETER_AFTER, _shown(change.after)),
    )
    agree = Text.HINT_APPROVER if c.needs_approver else Text.HINT_ACCEPT
    hint = say(
        agree if c.is_last_page else Text.HINT_NEXT, page=c.page + 1, pages=len(c.offer.changes)
    )
    return Message("parameters.review", say(case.NAMES[change.key]), lines, hint)


def _shown(value: Value | None) -> Shown:
    if value is None:
        return Text.VALUE_NONE
    if isinstance(value, bool):
        return Text.VALUE_ON if value else Text.VALUE_OFF
    return value


def _told(c: Download) -> Screen:
    hint = say(Text.HINT_ENTER)
    return Message("parameters.result", say(Text.TITLE_PARAMETERS), c.said, hint)


TABLE: FlowTable[Download] = FlowTable(
    name="parameters",
    states=S,
    initial=S.WAITING,
    final=frozenset({S.OVER}),
    rows=[
        On("started", S.WAITING, S.WAITING, do=case.ask_host),
        On("host", S.WAITING, S.CHECKING, when=has_mac, do=case.check_mac),
        On("host", S.WAITING, S.TOLD, when=case.is_unusable, do=case.say_unusable),
        On("host", S.WAITING, S.REVIEW, when=case.changes_something, do=case.keep_offer),
        On("host", S.WAITING, S.TOLD, do=case.store_nothing_new),
        On("keypad", S.CHECKING, S.TOLD, when=case.is_unusable, do=case.say_unusable),
        On("keypad", S.CHECKING, S.REVIEW, when=case.changes_something, do=case.keep_offer),
        On("keypad", S.CHECKING, S.TOLD, do=case.store_nothing_new),
        On("up", S.REVIEW, S.REVIEW, when=case.has_page_before, do=case.page_before),
        On("up", S.REVIEW, S.REVIEW, do=beep),
        On("down", S.REVIEW, S.REVIEW, when=case.has_next_page, do=case.next_page),
        On("down", S.REVIEW, S.REVIEW, do=beep),
        On("enter", S.REVIEW, S.APPROVAL, when=case.needs_approver, do=case.ask_approver),
        On("enter", S.REVIEW, S.TOLD, when=case.is_last_page, do=case.store_changes),
        On("enter", S.REVIEW, S.REVIEW, do=case.next_page),
        On("returned", S.APPROVAL, S.TOLD, when=was_approved, do=case.store_approved),
        On("returned", S.APPROVAL, S.TOLD, do=case.store_kept),
        On("cancel", S.REVIEW, S.TOLD, do=case.store_kept),
        On("timeout", S.REVIEW, S.TOLD, do=case.store_kept),
        *pad_silent(S.CHECKING, S.TOLD, case.say_unusable),
        On("host_not_reached", S.WAITING, S.TOLD, do=case.say_not_reached),
        *host_silent(S.WAITING, S.TOLD, case.say_silent),
        On("cancel", S.WAITING, S.TOLD, do=case.say_silent),
        On("enter", S.TOLD, S.OVER),
        On("cancel", S.TOLD, S.OVER),
        On("timeout", S.TOLD, S.OVER),
    ],
    screens={
        S.WAITING: _waiting,
        S.CHECKING: _waiting,
        S.REVIEW: _review,
        S.APPROVAL: _review,
        S.TOLD: _told,
    },
    timeout_s={
        S.WAITING: 90.0,
        S.CHECKING: 5.0,
        S.REVIEW: entry_limit_s,
        S.APPROVAL: math.inf,
        S.TOLD: 15.0,
    },
    result=lambda state, c: None,
)

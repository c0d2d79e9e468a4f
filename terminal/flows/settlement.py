"""Settlement 结算: totals compared with the host, details sent up if they differ, batch closed."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from terminal.domain.facts import Facts
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import settlement_answer as answer
from terminal.flows import settlement_case as case
from terminal.flows import settlement_screens as screens
from terminal.flows import settlement_skip as skip
from terminal.flows.approval import was_approved
from terminal.flows.settlement_case import Settlement
from terminal.flows.settlement_upload import longest_s
from terminal.flows.silence import host_silent
from terminal.flows.typed import beep


class S(Enum):
    """In the order of a good day. STUCK: it goes on when somebody wants it; nothing is lost.

    APPROVING: a supervisor leaves out what the host never takes, and it goes on behind that.
    """

    CONFIRM = auto()
    ASKING = auto()
    UPLOADING = auto()
    ENDING = auto()
    PRINTING = auto()
    CLOSING = auto()
    TOLD = auto()
    STUCK = auto()
    APPROVING = auto()
    STOPPED = auto()
    DONE = auto()


def call(facts: Facts) -> Call:
    """Settle the batch, or go on with a settlement that was begun; it may end SettleSignedIn."""
    return Call(lambda: Flow(TABLE, Settlement(facts)))


def in_progress(facts: Facts) -> bool:
    """A settlement was begun and is not over: no money moves until it is."""
    return facts.books.settling is not None


def _going_on(trigger: str, state: S) -> list[On[Any]]:
    """Where it stands is in the books: the same after a restart as after a bad line."""
    return [
        On(trigger, state, S.ASKING, when=case.must_ask, do=case.ask),
        On(trigger, state, S.UPLOADING, when=case.must_upload, do=case.upload),
        On(trigger, state, S.ENDING, when=case.must_end, do=case.end),
        On(trigger, state, S.PRINTING, do=case.print_slip),
    ]


TALKING = (S.ASKING, S.ENDING)
CALLING = (S.UPLOADING, S.PRINTING, S.CLOSING, S.APPROVING)

TABLE: FlowTable[Settlement] = FlowTable(
    name="settlement",
    states=S,
    initial=S.CONFIRM,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.CONFIRM, S.STOPPED, when=case.is_hindered, do=case.say_hindrance),
        On("started", S.CONFIRM, S.CONFIRM, when=case.is_new),
        *_going_on("started", S.CONFIRM),
        On("enter", S.CONFIRM, S.ASKING, do=case.ask),
        On("host", S.ASKING, S.STUCK, when=answer.is_refused_again, do=case.say_code),
        On("host", S.ASKING, S.STOPPED, when=answer.is_refused, do=answer.store_refusal),
        On("host", S.ASKING, S.STUCK, when=answer.is_useless, do=answer.say_useless),
        On("host", S.ASKING, S.UPLOADING, answer.needs_upload, answer.store_answer_and_upload),
        On("host", S.ASKING, S.ENDING, when=answer.needs_end, do=answer.store_answer_and_end),
        On("host", S.ASKING, S.PRINTING, do=answer.store_answer_and_print),
        On("returned", S.UPLOADING, S.UPLOADING, when=case.is_next, do=case.upload),
        On("returned", S.UPLOADING, S.ENDING, when=case.was_taken, do=case.end),
        On("returned", S.UPLOADING, S.STUCK, do=case.keep_why),
        On("host", S.ENDING, S.PRINTING, when=case.end_is_taken, do=case.store_end_and_print),
        On("host", S.ENDING, S.STUCK, do=case.say_code),
        On("returned", S.PRINTING, S.CLOSING, when=case.is_on_paper, do=case.close),
        On("returned", S.PRINTING, S.STUCK, do=case.say_slip_first),
        On("returned", S.CLOSING, S.TOLD),
        On("enter", S.TOLD, S.DONE),
        On("enter", S.STUCK, S.DONE, when=case.needs_sign_in, do=case.sign_in_next),
        *_going_on("enter", S.STUCK),
        On("menu", S.STUCK, S.APPROVING, when=skip.may_skip, do=skip.ask_approver),
        On("menu", S.STUCK, S.STUCK, do=beep),
        On("returned", S.APPROVING, S.UPLOADING, skip.items_follow, skip.skip_and_upload),
        On("returned", S.APPROVING, S.ENDING, skip.end_follows, skip.skip_and_end),
        On("returned", S.APPROVING, S.PRINTING, was_approved, skip.skip_and_print),
        On("returned", S.APPROVING, S.STUCK),
        On("enter", S.STOPPED, S.DONE, when=case.needs_sign_in, do=case.sign_in_next),
        On("enter", S.STOPPED, S.DONE),
        On("host_not_reached", TALKING, S.STUCK, do=case.say_not_reached),
        *host_silent(TALKING, S.STUCK, case.say_silent),
        On("cancel", (S.CONFIRM, S.TOLD, S.STUCK, S.STOPPED), S.DONE),
        On("timeout", (S.CONFIRM, S.TOLD, S.STUCK, S.STOPPED), S.DONE),
    ],
    screens={
        S.CONFIRM: screens.confirm,
        **dict.fromkeys((*TALKING, *CALLING), screens.waiting),
        S.TOLD: screens.told,
        S.STUCK: screens.stuck,
        S.STOPPED: screens.stopped,
    },
    timeout_s={
        **dict.fromkeys(TALKING, lambda c: longest_s(c.facts)),
        **dict.fromkeys(CALLING, float("inf")),
        **dict.fromkeys(
            (S.CONFIRM, S.STUCK, S.STOPPED), lambda c: c.facts.parameters.entry_timeout_s
        ),
        S.TOLD: 5.0,
    },
    result=lambda state, c: c.next,
)

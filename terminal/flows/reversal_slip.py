"""The slip of a reversal that failed: for the shop, so that somebody settles it by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.receipt import reversal_failed_slip
from terminal.domain.slip import PrinterProblem
from terminal.domain.transaction import Transaction, six_digits
from terminal.effects import Call, Effect, Persist, Print
from terminal.flow import Flow, FlowTable, On
from terminal.flows.print_facts import shop_face
from terminal.flows.printer_problem import PROBLEMS, keep_problem, keep_silence
from terminal.ui.screens import Message, Say, Screen, say
from terminal.ui.text import Text

SLIP: Final = "reversal_failed"  # its name in the records `printed`


class S(Enum):
    """TOLD says once more what is to be done with it."""

    PRINTING = auto()
    PROBLEM = auto()
    TOLD = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class FailedSlip:
    """The transaction by its record number, and what the printer said."""

    facts: Facts
    record: int
    problem: PrinterProblem | None = None

    @property
    def one(self) -> Transaction:
        """The transaction as it stands in the books."""
        return self.facts.books.unresolved[self.record]


Step = tuple[FailedSlip, tuple[Effect, ...]]


def call(facts: Facts, record: int) -> Call:
    """Print it; whether it is on paper stands in the books."""
    return Call(lambda: Flow(TABLE, FailedSlip(facts, record)))


def print_slip(c: FailedSlip, event: object) -> Step:
    """The result stands, paper or no paper."""
    return replace(c, problem=None), (Print(reversal_failed_slip(c.one, shop_face(c.facts))),)


def store_printed(c: FailedSlip, event: object) -> Step:
    """It is on paper."""
    return c, (Persist("printed", {"intent": c.record, "slip": SLIP, "duplicate": False}),)


def failed_words(facts: Facts, one: Transaction) -> tuple[Say, ...]:
    """It was not taken back: a person's now."""
    return (
        say(Text.REVERSAL_FAILED, stan=six_digits(one.intent.stan)),
        say(Text.REVERSAL_CALL, phone=facts.parameters.service_phone),
        say(Text.REVERSAL_KEEP_SLIP),
    )


def _printing(c: FailedSlip) -> Screen:
    lines = (failed_words(c.facts, c.one)[0], say(Text.PRINTING_FAILED_SLIP))
    return Message("recovery.printing", say(Text.TITLE_REVERSAL), lines)


def _problem(c: FailedSlip) -> Screen:
    assert c.problem is not None
    lines = (say(PROBLEMS[c.problem]), failed_words(c.facts, c.one)[0])
    title, hint = say(Text.TITLE_PRINTER), say(Text.HINT_PRINT_AGAIN)
    return Message("recovery.paper_out", title, lines, hint)


def _told(c: FailedSlip) -> Screen:
    words = failed_words(c.facts, c.one)
    return Message("recovery.told", say(Text.TITLE_REVERSAL), words, say(Text.HINT_ENTER))


TABLE: FlowTable[FailedSlip] = FlowTable(
    name="reversal_slip",
    states=S,
    initial=S.PRINTING,
    final=frozenset({S.OVER}),
    rows=[
        On("started", S.PRINTING, S.PRINTING, do=print_slip),
        On("printed", S.PRINTING, S.TOLD, do=store_printed),
        On("print_failed", S.PRINTING, S.PROBLEM, do=keep_problem),
        On("timeout", S.PRINTING, S.PROBLEM, do=keep_silence),
        On("enter", S.PROBLEM, S.PRINTING, do=print_slip),
        On("cancel", S.PROBLEM, S.TOLD),
        On("timeout", S.PROBLEM, S.TOLD),
        On("enter", S.TOLD, S.OVER),
        On("cancel", S.TOLD, S.OVER),
        On("timeout", S.TOLD, S.OVER),
    ],
    screens={S.PRINTING: _printing, S.PROBLEM: _problem, S.TOLD: _told},
    timeout_s={S.PRINTING: 60.0, S.PROBLEM: 300.0, S.TOLD: 30.0},
    result=lambda state, c: None,
)

"""The settlement slip 结算总计单 on paper: only then is the batch closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.receipt_settlement import settlement_slip
from terminal.domain.slip import PrinterProblem
from terminal.effects import Call, Effect, Print
from terminal.events import PrintFailed
from terminal.flow import Flow, FlowTable, On
from terminal.flows.print_facts import shop_face
from terminal.flows.printer_problem import PROBLEMS
from terminal.flows.settlement_batch import settled_batch
from terminal.ui.screens import Message, Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """PROBLEM: the printer wants something; the batch waits."""

    PRINTING = auto()
    PROBLEM = auto()
    ON_PAPER = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Paper:
    """Why it is not on paper yet."""

    facts: Facts
    problem: PrinterProblem | None = None


Step = tuple[Paper, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Print the slip of the batch that is being settled; True when it is on paper."""
    return Call(lambda: Flow(TABLE, Paper(facts)))


def print_it(c: Paper, event: object) -> Step:
    """From its start, however much of it may be on paper already."""
    slip = settlement_slip(settled_batch(c.facts), shop_face(c.facts))
    return replace(c, problem=None), (Print(slip),)


def keep_problem(c: Paper, event: PrintFailed) -> Step:
    """Say what to do about the printer."""
    return replace(c, problem=event.problem), ()


def keep_silence(c: Paper, event: object) -> Step:
    """The printer said nothing for too long."""
    return replace(c, problem=PrinterProblem.SILENT), ()


def _printing(c: Paper) -> Screen:
    lines = (say(Text.PRINTING_SETTLEMENT), say(Text.HINT_WAIT))
    return Progress("settlement.print", say(Text.TITLE_SETTLEMENT), lines)


def _problem(c: Paper) -> Screen:
    assert c.problem is not None
    lines = (say(PROBLEMS[c.problem]), say(Text.SETTLE_STANDS))
    title, hint = say(Text.TITLE_PRINTER), say(Text.HINT_PRINT_AGAIN)
    return Message("settlement.paper", title, lines, hint)


TABLE: FlowTable[Paper] = FlowTable(
    name="settlement_paper",
    states=S,
    initial=S.PRINTING,
    final=frozenset({S.ON_PAPER, S.LEFT}),
    rows=[
        On("started", S.PRINTING, S.PRINTING, do=print_it),
        On("printed", S.PRINTING, S.ON_PAPER),
        On("print_failed", S.PRINTING, S.PROBLEM, do=keep_problem),
        On("timeout", S.PRINTING, S.PROBLEM, do=keep_silence),
        On("enter", S.PROBLEM, S.PRINTING, do=print_it),
        On("cancel", S.PROBLEM, S.LEFT),
        On("timeout", S.PROBLEM, S.LEFT),
    ],
    screens={S.PRINTING: _printing, S.PROBLEM: _problem},
    timeout_s={S.PRINTING: 60.0, S.PROBLEM: 300.0},
    result=lambda state, c: state is S.ON_PAPER,
)

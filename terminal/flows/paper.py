"""One slip of no single transaction on paper: of a settlement, a day, a test of the printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from terminal.domain.slip import PrinterProblem, Slip
from terminal.effects import Call, Effect, Print
from terminal.flow import Flow, FlowTable, On
from terminal.flows.printer_problem import PROBLEMS, keep_problem, keep_silence
from terminal.ui.screens import Message, Progress, Say, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """PROBLEM: the printer wants something; the slip waits."""

    PRINTING = auto()
    PROBLEM = auto()
    ON_PAPER = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Order:
    """The slip, made when it is printed, and what the screens say of it.

    `name` begins the names of the screens, `stands` says what holds as long as there is no paper.
    """

    slip: Callable[[], Slip]
    name: str
    title: Say
    printing: Text
    stands: Text


@dataclass(frozen=True, slots=True)
class Paper:
    """What is ordered, and why it is not on paper yet."""

    order: Order
    problem: PrinterProblem | None = None


Step = tuple[Paper, tuple[Effect, ...]]


def call(order: Order) -> Call:
    """Print it; True when it is on paper."""
    return Call(lambda: Flow(TABLE, Paper(order)))


def print_it(c: Paper, event: object) -> Step:
    """From its start, however much of it may be on paper already."""
    return Paper(c.order), (Print(c.order.slip()),)


def _printing(c: Paper) -> Screen:
    lines = (say(c.order.printing), say(Text.HINT_WAIT))
    return Progress(f"{c.order.name}.print", c.order.title, lines)


def _problem(c: Paper) -> Screen:
    assert c.problem is not None
    lines = (say(PROBLEMS[c.problem]), say(c.order.stands))
    title, hint = say(Text.TITLE_PRINTER), say(Text.HINT_PRINT_AGAIN)
    return Message(f"{c.order.name}.paper", title, lines, hint)


TABLE: FlowTable[Paper] = FlowTable(
    name="paper",
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

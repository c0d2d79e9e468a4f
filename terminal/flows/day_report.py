"""The owner's report of one of the last days, on paper. Nothing changes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from terminal.domain.day_report import DayReport, Days, day_report
from terminal.domain.facts import Facts
from terminal.domain.receipt_day import PrintedBy, day_slip
from terminal.domain.slip import Slip
from terminal.domain.warnings import warnings
from terminal.effects import Call, Effect
from terminal.events import KeyPressed
from terminal.flow import Flow, FlowTable, On
from terminal.flows import paper
from terminal.flows.limits import entry_limit_s
from terminal.flows.paper import Order
from terminal.flows.picking import arrows
from terminal.flows.print_facts import shop_face
from terminal.flows.typed import beep
from terminal.ui.screens import Menu, Screen, say
from terminal.ui.text import Text

DAYS: Final = 7


class S(Enum):
    """First the day, then its paper."""

    DAY = auto()
    PRINTING = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Report:
    """Which line of the list of days is picked: 0 is today."""

    facts: Facts
    picked: int = 0


Step = tuple[Report, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Choose a day and print it."""
    return Call(lambda: Flow(TABLE, Report(facts)))


def report_of(facts: Facts, day: date) -> DayReport:
    """All that the journal says of one day."""
    history = facts.history
    assert history is not None
    found = warnings(history.records(), facts.parameters)
    return day_report(history.records(), Days(day, day), history.head, found)


def _day(c: Report, back: int) -> date:
    return c.facts.today - timedelta(days=back)


def _slip(facts: Facts, day: date) -> Slip:
    asked = PrintedBy(day, facts.books.operator)
    return day_slip(report_of(facts, day), asked, facts.parameters, shop_face(facts))


def order(facts: Facts, day: date) -> Order:
    """The report of a day as a slip."""
    return Order(
        slip=lambda: _slip(facts, day),
        name="day_report",
        title=say(Text.TITLE_REPORT),
        printing=Text.PRINTING_REPORT,
        stands=Text.REPORT_STANDS,
    )


def print_picked(c: Report, event: object) -> Step:
    """Enter on a line."""
    return c, (paper.call(order(c.facts, _day(c, c.picked))),)


def digit_is_a_day(c: Report, event: KeyPressed) -> bool:
    """The digit of a line."""
    return len(event.key.value) == 1 and 1 <= int(event.key.value) <= DAYS


def print_digit(c: Report, event: KeyPressed) -> Step:
    """One key prints a day."""
    return print_picked(replace(c, picked=int(event.key.value) - 1), event)


def _days(c: Report) -> Screen:
    items = tuple(say(Text.REPORT_DAY, day=f"{_day(c, back):%Y-%m-%d}") for back in range(DAYS))
    return Menu("day_report", say(Text.TITLE_REPORT), items, c.picked)


TABLE: FlowTable[Report] = FlowTable(
    name="day_report",
    states=S,
    initial=S.DAY,
    final=frozenset({S.LEFT}),
    rows=[
        On("digit", S.DAY, S.PRINTING, when=digit_is_a_day, do=print_digit),
        On("digit", S.DAY, S.DAY, do=beep),
        *arrows(S.DAY, lambda c: DAYS),
        On("enter", S.DAY, S.PRINTING, do=print_picked),
        On("returned", S.PRINTING, S.LEFT),
        On("cancel", S.DAY, S.LEFT),
        On("timeout", S.DAY, S.LEFT),
    ],
    screens={S.DAY: _days, S.PRINTING: _days},
    timeout_s={S.DAY: entry_limit_s, S.PRINTING: math.inf},
    result=lambda state, c: None,
)

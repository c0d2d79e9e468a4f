"""Print the last transaction's slips once more, marked as copies and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.transaction import Transaction
from terminal.effects import Call, Effect, Persist
from terminal.flow import Flow, FlowTable, On
from terminal.flows import print_slips
from terminal.ui.screens import Message, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """NOTHING: this journal has no slip yet."""

    PRINTING = auto()
    NOTHING = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class Reprint:
    """The world."""

    facts: Facts


Step = tuple[Reprint, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Reprint the last one."""
    return Call(lambda: Flow(TABLE, Reprint(facts)))


def there_is_one(c: Reprint, event: object) -> bool:
    """Something was refunded, declined or left unknown."""
    return c.facts.books.last is not None


def counted_copies(facts: Facts, done: Transaction) -> tuple[Effect, ...]:
    """A copy is counted before it is on paper: none goes uncounted."""
    counted = Persist("reprinted", {"intent": done.record, "by": facts.books.operator})
    again, slips = replace(done, copies=done.copies + 1), print_slips.copies_of(done)
    return counted, print_slips.call(facts, done.record, slips, duplicate=True, known=again)


def count_and_print(c: Reprint, event: object) -> Step:
    """The last one."""
    last = c.facts.books.last
    assert last is not None
    return c, counted_copies(c.facts, last)


def _screen(c: Reprint) -> Screen:
    lines = (say(Text.NOTHING_TO_REPRINT),)
    return Message("reprint", say(Text.TITLE_REPRINT), lines, say(Text.HINT_ENTER))


TABLE: FlowTable[Reprint] = FlowTable(
    name="reprint",
    states=S,
    initial=S.PRINTING,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.PRINTING, S.PRINTING, when=there_is_one, do=count_and_print),
        On("started", S.PRINTING, S.NOTHING),
        On("returned", S.PRINTING, S.DONE),
        On("enter", S.NOTHING, S.DONE),
        On("cancel", S.NOTHING, S.DONE),
        On("timeout", S.NOTHING, S.DONE),
    ],
    screens={S.PRINTING: _screen, S.NOTHING: _screen},
    timeout_s={S.PRINTING: float("inf"), S.NOTHING: 15.0},
    result=lambda state, c: None,
)

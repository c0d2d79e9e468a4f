"""A copy of the journal beside it, for other programs and for the day the terminal is replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.effects import Call, Effect, ExportJournal
from terminal.events import JournalExported
from terminal.flow import Flow, FlowTable, On
from terminal.ui.screens import Message, Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """GOOD and BAD say what became of it."""

    COPYING = auto()
    GOOD = auto()
    BAD = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class Backup:
    """The name of the file."""

    facts: Facts
    name: str = ""


Step = tuple[Backup, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Make a copy."""
    return Call(lambda: Flow(TABLE, Backup(facts)))


def copy(c: Backup, event: object) -> Step:
    """Named by day and by the second of this run: a copy never replaces another."""
    name = f"journal-{c.facts.today:%Y%m%d}-{int(c.facts.now_s)}.db"
    return c, (ExportJournal(name),)


def keep_name(c: Backup, event: JournalExported) -> Step:
    """For the screen."""
    return replace(c, name=event.name), ()


def _copying(c: Backup) -> Screen:
    return Progress("backup", say(Text.TITLE_BACKUP), (say(Text.HINT_WAIT),))


def _good(c: Backup) -> Screen:
    lines = (say(Text.BACKUP_GOOD, name=c.name),)
    return Message("backup", say(Text.TITLE_BACKUP), lines, say(Text.HINT_ENTER))


def _bad(c: Backup) -> Screen:
    lines = (say(Text.BACKUP_BAD),)
    return Message("backup", say(Text.TITLE_BACKUP), lines, say(Text.HINT_ENTER))


TABLE: FlowTable[Backup] = FlowTable(
    name="backup",
    states=S,
    initial=S.COPYING,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.COPYING, S.COPYING, do=copy),
        On("exported", S.COPYING, S.GOOD, do=keep_name),
        On("export_failed", S.COPYING, S.BAD),
        On("timeout", S.COPYING, S.BAD),
        On("enter", (S.GOOD, S.BAD), S.DONE),
        On("cancel", (S.GOOD, S.BAD), S.DONE),
        On("timeout", (S.GOOD, S.BAD), S.DONE),
    ],
    screens={S.COPYING: _copying, S.GOOD: _good, S.BAD: _bad},
    timeout_s={S.COPYING: 30.0, S.GOOD: 30.0, S.BAD: 30.0},
    result=lambda state, c: None,
)

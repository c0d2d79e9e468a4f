"""The first look at a journal: may it be used? Nothing is changed, whatever the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import apsw

from terminal.journal import chain, tables
from terminal.journal.record import (
    BEFORE_FIRST,
    Fold,
    Head,
    JournalError,
    Record,
    S,
    Verdict,
)
from terminal.journal.untouched import reading


@dataclass(frozen=True, slots=True)
class Look:
    """Verdict on a journal, its reason for people, and its last record if the verdict is ok.

    ok; missing: no file, or nothing in it; damaged: it can't be read or was changed; older: it
    hasn't got the record the keypad remembers; locked: another program has it open.
    """

    verdict: Verdict
    reason: str
    head: Head | None


def look(path: str, remembered: Head | None, fold: Fold[S], vfs: str | None = None) -> Look:
    """Judges the journal: tables, the chain since the last checkpoint, the keypad's record.

    The time it takes doesn't grow with the number of records before the checkpoint.
    """
    try:
        with reading(path, vfs) as connection:
            head = _judge(connection, remembered, fold)
    except JournalError as error:
        return Look(error.verdict, error.reason, None)
    return Look("ok", "", head)


@contextmanager
def whole_journal(path: str, vfs: str | None = None) -> Iterator[Iterator[Record]]:
    """All records of a file that nobody has open, each checked as it is read; changes nothing.

    Raises JournalError, also from the iteration.
    """
    with reading(path, vfs) as connection:
        tables.check_tables(connection)
        yield chain.walk(connection, BEFORE_FIRST)


def check_whole(path: str, vfs: str | None = None) -> Head:
    """Checks every record, sealed number and page; returns the last record. Raises JournalError."""
    head = BEFORE_FIRST
    with reading(path, vfs) as connection:
        tables.check_tables(connection)
        for record in chain.walk(connection, BEFORE_FIRST):
            head = record.head
        chain.read_checkpoint(connection)
        chain.check_sealed(connection, 0, head.number)
        if tables.pragma(connection, "integrity_check(1)") != "ok":
            raise JournalError("damaged", "pages of the file contradict each other")
    return head


def _judge(connection: apsw.Connection, remembered: Head | None, fold: Fold[S]) -> Head:
    if tables.is_empty(connection):
        raise JournalError("missing", "nothing was ever written to this journal")
    tables.check_tables(connection)
    loaded = chain.load(connection, fold)
    chain.check_remembered(connection, remembered)
    return loaded.head

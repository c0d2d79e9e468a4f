"""Checking the chain: a record holds the hash of the one before, a checkpoint seals them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic

import apsw

from terminal.journal.record import (
    BEFORE_FIRST,
    SEALED_DIGEST,
    Fold,
    Head,
    JournalError,
    Record,
    S,
    record_of,
)
from terminal.journal.tables import COLUMNS

_RANGE = f"SELECT {COLUMNS} FROM records WHERE number BETWEEN ? AND ? ORDER BY number"
_LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Loaded(Generic[S]):
    """What a start knows: the folded state, the last record, the last checkpoint's record."""

    state: S
    head: Head
    checkpoint: int


def load(connection: apsw.Connection, fold: Fold[S]) -> Loaded[S]:
    """Reads and checks everything since the last checkpoint. Raises JournalError damaged."""
    sealed_head, raw = read_checkpoint(connection)
    state, head = _start(fold, sealed_head, raw)
    for record in walk(connection, head):
        state, head = _folded(fold, state, record), record.head
    check_sealed(connection, sealed_head.number + 1, head.number)
    return Loaded(state, head, sealed_head.number)


def walk(connection: apsw.Connection, head: Head, last: int = _LAST) -> Iterator[Record]:
    """The records after `head` up to number `last`, each proved to follow the one before."""
    for row in connection.execute(_RANGE, (head.number + 1, last)):
        record = record_of(row)
        if record.number != head.number + 1:
            raise JournalError("damaged", f"record {head.number + 1} is missing")
        if record.previous != head.hash:
            raise JournalError("damaged", f"record {record.number} doesn't follow the one before")
        head = record.head
        yield record


def read_record(connection: apsw.Connection, number: int) -> Record | None:
    """One record, its own hash checked but not its place in the chain."""
    row = connection.execute(_RANGE, (number, number)).fetchone()
    return None if row is None else record_of(row)


def check_remembered(connection: apsw.Connection, remembered: Head | None) -> None:
    """Raises JournalError older unless the keypad's record is here with exactly its hash."""
    if remembered is None or remembered.number == 0:
        return
    found = read_record(connection, remembered.number)
    if found is None:
        raise JournalError("older", f"record {remembered.number} that the keypad knows is not here")
    if found.hash != remembered.hash:
        raise JournalError("older", f"record {remembered.number} is not the one the keypad knows")


def check_sealed(connection: apsw.Connection, first: int, last: int) -> None:
    """Compares the sealed card numbers of these records with the digests in the chain."""
    rows = connection.execute(
        "SELECT number, raw FROM sealed WHERE number BETWEEN ? AND ?", (first, last)
    )
    for number, raw in rows:
        check_digest(connection, number, raw)


def check_digest(connection: apsw.Connection, number: int, raw: object) -> None:
    """Raises JournalError unless `raw` is the sealed card number that record `number` names."""
    record = read_record(connection, number)
    expected = None if record is None else record.body.get(SEALED_DIGEST)
    if not isinstance(raw, bytes) or expected != digest(raw):
        raise JournalError("damaged", f"the sealed card number of record {number} was changed")


def digest(raw: bytes) -> str:
    """How a record names the sealed card number kept beside it: SHA-256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def read_checkpoint(connection: apsw.Connection) -> tuple[Head, bytes]:
    """The last checkpoint's record and state; before the first record if there is none yet."""
    rows = connection.execute("SELECT number, state, seal FROM checkpoint").fetchall()
    if not rows:
        return BEFORE_FIRST, b""
    number, raw, seal = rows[-1]
    if len(rows) > 1 or not isinstance(number, int) or not isinstance(raw, bytes):
        raise JournalError("damaged", "there is more than one checkpoint, or a strange one")
    record = read_record(connection, number)
    if record is None or seal != _seal(record.head, raw):
        raise JournalError("damaged", f"checkpoint {number} differs from its seal")
    return record.head, raw


def write_checkpoint(connection: apsw.Connection, head: Head, raw: bytes) -> None:
    """Replaces the checkpoint, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM checkpoint")
    seal = _seal(head, raw)
    connection.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (head.number, raw, seal))
    connection.execute("COMMIT")


def _seal(head: Head, raw: bytes) -> bytes:
    return hashlib.sha256(f"{head.number},".encode() + head.hash + raw).digest()


def _start(fold: Fold[S], head: Head, raw: bytes) -> tuple[S, Head]:
    if head.number == 0:
        return fold.initial(), BEFORE_FIRST
    try:
        return fold.from_json(raw), head
    except ValueError:  # a firmware that folds differently: the records themselves still hold all
        return fold.initial(), BEFORE_FIRST
    except Exception as error:
        raise JournalError("damaged", unfolded(f"checkpoint {head.number}", error)) from None


def _folded(fold: Fold[S], state: S, record: Record) -> S:
    try:
        return fold.apply(state, record)
    except Exception as error:
        raise JournalError("damaged", unfolded(f"record {record.number}", error)) from None


def unfolded(what: str, error: Exception) -> str:
    """The reason when the fold can't take `what` in: without the error's text, which may quote."""
    return f"{what} can't be folded ({type(error).__name__})"

"""The journal: append, fold, checkpoint, and the only way to open it.

Every start: `look` (changes nothing), then `open_journal`. See README.md for the reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import apsw

from terminal.journal import chain, tables
from terminal.journal.looking import Look, look
from terminal.journal.record import (
    BEFORE_FIRST,
    SEALED_DIGEST,
    Clock,
    Fold,
    Head,
    JournalCorrupt,
    JournalError,
    JournalFailed,
    JournalUnfolded,
    Record,
    S,
    next_row,
    record_of,
)
from terminal.journal.restoring import restore

__all__ = [
    "Fold",
    "Head",
    "Journal",
    "JournalError",
    "JournalFailed",
    "Look",
    "Record",
    "look",
    "open_journal",
    "restore",
]

CHECKPOINT_RECORDS = 500
_READ_RECORDS = 200
CORRUPT = (apsw.CorruptError, apsw.NotADBError, apsw.ReadOnlyError, apsw.ConstraintError)
_Answer = TypeVar("_Answer")


class Journal(Generic[S]):
    """Durable records and the state folded from them. One thread, one process, one at a time.

    After a `JournalFailed` the connection is gone: the process has to end and start again.
    """

    def __init__(self, connection: apsw.Connection, fold: Fold[S], clock: Clock) -> None:
        with tables.damage_named("the journal"):
            loaded = chain.load(connection, fold)
        self.state: S = loaded.state
        self.head = loaded.head
        self._checkpoint = loaded.checkpoint
        self._connection = connection
        self._fold = fold
        self._clock = clock
        self._verified = BEFORE_FIRST

    def append(self, kind: str, body: Mapping[str, Any], sealed: bytes | None = None) -> Record:
        """Adds a record; returns when it is on disk and folded into `state`.

        `sealed`: the card number as the keypad sealed it; the record gets its digest. Raises
        ValueError for a body that isn't JSON (nothing was written), JournalFailed otherwise.
        """
        if sealed is not None:
            assert SEALED_DIGEST not in body, "the journal writes this key itself"
            body = {**body, SEALED_DIGEST: chain.digest(sealed)}
        row = next_row(self.head, kind, body, self._clock)
        self._durably(lambda: tables.insert(self._connection, row, sealed))
        record = record_of(row)
        self._take(record)
        if record.number - self._checkpoint >= CHECKPOINT_RECORDS:
            self.checkpoint()
        return record

    def hash_of(self, number: int) -> bytes | None:
        """The hash of a record, None if there is no such record."""
        found = self._read(lambda: chain.read_record(self._connection, number))
        return None if found is None else found.hash

    def records(self, first: int = 1, last: int | None = None) -> Iterator[Record]:
        """Records in order, read in blocks: appending in between is allowed.

        Raises JournalError damaged for a record that differs from its hash or doesn't follow.
        """
        end = self.head.number if last is None else min(last, self.head.number)
        head = self._head_before(max(first, 1))
        while head.number < end:
            block = self._block(head, min(head.number + _READ_RECORDS, end))
            yield from block
            head = block[-1].head

    def sealed(self, number: int) -> bytes | None:
        """The sealed card number of a record, None if it has none or it was dropped."""
        found = self._read(lambda: self._sealed_raw(number))
        if found is not None:
            self._read(lambda: chain.check_digest(self._connection, number, found))
        return found

    def drop_sealed(self, numbers: Iterable[int]) -> None:
        """Forgets the sealed card numbers of these records (their batch is settled)."""
        settled = tuple(numbers)
        self._durably(lambda: tables.drop_sealed(self._connection, settled))

    def checkpoint(self) -> None:
        """Seals the folded state, so that a start reads only what came after."""
        raw = self._fold.to_json(self.state)
        self._durably(lambda: chain.write_checkpoint(self._connection, self.head, raw))
        self._checkpoint = self.head.number

    def verify_slice(self, budget_records: int = 200) -> bool | None:
        """Checks the next records of the whole chain: a piece of work for an idle moment.

        None: more to do. True: the end was reached and all was well (the next call starts over).
        False: the chain is broken; it stays False.
        """
        last = min(self._verified.number + budget_records, self.head.number)
        try:
            block = self._block(self._verified, last)
            self._read(lambda: chain.check_sealed(self._connection, block[0].number, last))
        except JournalError:
            return False
        self._verified = block[-1].head
        if last < self.head.number:
            return None
        whole = self._verified == self.head
        self._verified = BEFORE_FIRST if whole else self._verified
        return whole

    def export(self, path: str) -> None:
        """Writes a copy for other programs; raises JournalError if `path` exists or can't be."""
        with tables.damage_named("the export"):
            self._connection.execute("VACUUM INTO ?", (path,))

    def close(self) -> None:
        """Gives the file up. Everything appended is on disk already."""
        tables.drop(self._connection)

    def _take(self, record: Record) -> None:
        self.head = record.head
        try:
            self.state = self._fold.apply(self.state, record)
        except Exception as error:
            self.close()  # state and records differ from here on: nothing may be decided any more
            reason = chain.unfolded(f"record {record.number}", error)
            raise JournalUnfolded(reason) from None

    def _durably(self, write: Callable[[], None]) -> None:
        try:
            write()
        except apsw.Error as error:
            self.close()
            raise _failed("a write", error) from None
        except BaseException:
            self.close()
            raise

    def _read(self, read: Callable[[], _Answer]) -> _Answer:
        try:
            with tables.damage_named("the journal"):
                return read()
        except apsw.ConnectionClosedError:
            raise JournalFailed("the journal is closed") from None

    def _block(self, head: Head, last: int) -> list[Record]:
        block = self._read(lambda: list(chain.walk(self._connection, head, last)))
        if not block or block[-1].number != last:
            raise JournalError("damaged", f"record {last} is missing")
        return block

    def _head_before(self, number: int) -> Head:
        if number == 1:
            return BEFORE_FIRST
        found = self._read(lambda: chain.read_record(self._connection, number - 1))
        if found is None:
            return self.head  # asked for records that are still to come
        return found.head

    def _sealed_raw(self, number: int) -> bytes | None:
        rows = self._connection.execute("SELECT raw FROM sealed WHERE number = ?", (number,))
        found: bytes | None = rows.get
        return found


def open_journal(
    path: str, fold: Fold[S], clock: Clock, remembered: Head | None, vfs: str | None = None
) -> Journal[S]:
    """Opens the journal for good, or a new one where the keypad remembers none.

    `remembered`: the last record the keypad knows. `vfs`: the disk's name for SQLite, None for
    the system's. Raises JournalError for what `look` refuses (the files stay as they were),
    JournalFailed if the disk fails while it is opened.
    """
    seen = look(path, remembered, fold, vfs)
    fresh = seen.verdict == "missing" and (remembered is None or remembered.number == 0)
    if seen.verdict != "ok" and not fresh:
        raise JournalError(seen.verdict, seen.reason)
    try:
        journal = _settled(path, fold, clock, vfs)
        # What was just read may have been written by a process killed before its sync: only the
        # truncated WAL and this synced record together make sure that it can't vanish again.
        journal.append("boot", {"remembered": 0 if remembered is None else remembered.number})
    except JournalCorrupt as corrupt:  # a look does not see all that a write needs
        raise JournalError("damaged", str(corrupt)) from None
    return journal


def _settled(path: str, fold: Fold[S], clock: Clock, vfs: str | None) -> Journal[S]:
    try:
        connection = tables.connect(path, vfs)
        try:
            tables.settle(connection)
            journal = Journal(connection, fold, clock)
            tables.try_sealed(connection, journal.head.number + 1)
            return journal
        except BaseException:
            tables.drop(connection)
            raise
    except apsw.BusyError:
        raise JournalError("locked", "the journal is open in another program") from None
    except apsw.Error as error:
        raise _failed("opening", error) from None


def _failed(what: str, error: apsw.Error) -> JournalFailed:
    kind = JournalCorrupt if isinstance(error, CORRUPT) else JournalFailed
    return kind(f"{what} failed ({type(error).__name__})")

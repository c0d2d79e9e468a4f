"""The journal's tables in SQLite, and the settings without which a commit isn't durable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import apsw

from terminal.journal.record import JournalError, Row

APPLICATION_ID: Final = 0x52464A31  # "RFJ1"
FORMAT: Final = 1
SCHEMA: Final = (
    """CREATE TABLE records (
    number INTEGER PRIMARY KEY CHECK (number > 0), kind TEXT NOT NULL, body TEXT NOT NULL,
    wall TEXT NOT NULL, monotonic_ms INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL
) STRICT""",
    """CREATE TABLE checkpoint (
    number INTEGER PRIMARY KEY, state BLOB NOT NULL, seal BLOB NOT NULL
) STRICT""",
    """CREATE TABLE sealed (
    number INTEGER PRIMARY KEY, raw BLOB NOT NULL
) STRICT""",
)
COLUMNS: Final = "number, kind, body, wall, monotonic_ms, previous, hash"


def connect(path: str, vfs: str | None) -> apsw.Connection:
    """The only connection to a live journal, every commit synced. Creates the file if need be.

    EXCLUSIVE comes first: WAL without shared memory silently becomes another mode without it.
    """
    connection = apsw.Connection(path, vfs=vfs)
    try:
        _expect(connection, "locking_mode = EXCLUSIVE", "exclusive")
        _expect(connection, "journal_mode = WAL", "wal")
        connection.execute("PRAGMA synchronous = FULL")
        _expect(connection, "synchronous", 2)
        _expect(connection, "secure_delete = ON", 1)
    except BaseException:
        drop(connection)
        raise
    return connection


def drop(connection: apsw.Connection) -> None:
    """Closes a connection for good, whatever the disk says to it: no commit is still open."""
    with suppress(apsw.Error):
        connection.close(True)


def create(connection: apsw.Connection) -> None:
    """Puts the tables into a new file, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    _create_tables(connection)
    connection.execute("COMMIT")


def copy_all(origin: apsw.Connection, copy: apsw.Connection) -> None:
    """Fills a new file with all rows of another, in one transaction."""
    copy.execute("BEGIN IMMEDIATE")
    _create_tables(copy)
    for table, places in (("records", "?,?,?,?,?,?,?"), ("checkpoint", "?,?,?"), ("sealed", "?,?")):
        rows = origin.execute(f"SELECT * FROM {table}")
        copy.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    copy.execute("COMMIT")


def insert(connection: apsw.Connection, row: Row, sealed: bytes | None) -> None:
    """Appends a record, and the sealed card number that goes with it, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO records ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    if sealed is not None:
        connection.execute("INSERT INTO sealed VALUES (?, ?)", (row.number, sealed))
    connection.execute("COMMIT")


def try_sealed(connection: apsw.Connection, number: int) -> None:
    """Raises what the next sealed card number would meet; writes nothing to the disk."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO sealed VALUES (?, zeroblob(1))", (number,))
    connection.execute("ROLLBACK")


def drop_sealed(connection: apsw.Connection, numbers: Iterable[int]) -> None:
    """Deletes sealed card numbers, and overwrites where they were, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for number in numbers:
        connection.execute("DELETE FROM sealed WHERE number = ?", (number,))
    connection.execute("COMMIT")


def settle(connection: apsw.Connection) -> None:
    """Moves what was committed from the log into the file; makes the tables of a new journal."""
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    if is_empty(connection):
        create(connection)


def is_empty(connection: apsw.Connection) -> bool:
    """Whether nothing was ever committed to this file (power went at the first start)."""
    return pragma(connection, "application_id") == 0 and not _statements(connection)


def check_tables(connection: apsw.Connection) -> None:
    """Raises JournalError unless the tables are exactly ours: a trigger could rewrite records."""
    if pragma(connection, "application_id") != APPLICATION_ID:
        raise JournalError("damaged", "this file is not a journal")
    found = pragma(connection, "user_version")
    if found != FORMAT:
        raise JournalError("damaged", f"format {found} is not known, only {FORMAT}")
    if _statements(connection) != sorted(SCHEMA):
        raise JournalError("damaged", "the tables are not the journal's")


def pragma(connection: apsw.Connection, text: str) -> object:
    """The one value a pragma answers, None if it answers nothing."""
    return connection.execute(f"PRAGMA {text}").get


@contextmanager
def damage_named(what: str) -> Iterator[None]:
    """Turns what SQLite says of a file it can't read into one JournalError."""
    try:
        yield
    except apsw.ConnectionClosedError:
        raise  # says nothing of the file
    except apsw.BusyError:
        raise JournalError("locked", f"{what} is open in another program") from None
    except apsw.CantOpenError:
        raise JournalError("damaged", f"{what} can't be opened") from None
    except (apsw.Error, UnicodeDecodeError) as error:
        raise JournalError("damaged", f"{what} can't be read ({type(error).__name__})") from None


def _create_tables(connection: apsw.Connection) -> None:
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _expect(connection: apsw.Connection, text: str, answer: object) -> None:
    found = pragma(connection, text)
    if found != answer:
        raise JournalError("damaged", f"PRAGMA {text} answered {found}, not {answer}")


def _statements(connection: apsw.Connection) -> list[object]:
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return sorted((row[0] for row in found), key=str)

"""One SQLite file as the books use it: rows as dicts, every commit on disk."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import apsw

from emulator.host.schema import SCHEMA, VERSION

Row = Mapping[str, object]
Values = tuple[str | int | bytes | None, ...]


class LedgerError(Exception):
    """The file cannot be used as a ledger; the text says what it refused."""


class Database:
    """An open file, or memory. apsw.Error when the file can't be read or written."""

    def __init__(self, path: str | Path) -> None:
        try:
            self._db = apsw.Connection(str(path))
            self._set_up(str(path) == ":memory:")
        except apsw.Error as error:
            raise LedgerError(f"ledger {path}: {error}") from None

    def close(self) -> None:
        """Close the file; every commit is already on disk."""
        self._db.close()

    def image(self) -> bytes:
        """The file's bytes as they are after the last commit."""
        return self._db.serialize("main")

    def load(self, image: bytes) -> None:
        """Go on with a copy of another file, in memory."""
        self._db.deserialize("main", image)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or, on an exception, nothing of it."""
        with self._db:
            yield

    def insert(self, table: str, values: Mapping[str, object], instead: str = "") -> None:
        """A new row; instead: `OR REPLACE` or `OR IGNORE`."""
        marks = ", ".join("?" * len(values))
        query = f"INSERT {instead} INTO {table} ({', '.join(values)}) VALUES ({marks})"
        self._db.execute(query, tuple(values.values()))

    def run(self, query: str, values: Values = ()) -> None:
        """A statement without a result."""
        self._db.execute(query, values)

    def one(self, query: str, values: Values = ()) -> object:
        """The first value of the first row, or None."""
        row = self.row(query, values)
        return next(iter(row.values())) if row else None

    def number(self, query: str, values: Values = ()) -> int:
        """The first value of the first row as a number; 0 if there is none."""
        return int(str(self.one(query, values) or 0))

    def row(self, query: str, values: Values = ()) -> Row | None:
        """The first row, or None."""
        rows = self.rows(query, values)
        return rows[0] if rows else None

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Every row, by column name."""
        cursor = self._db.execute(query, values)
        first = next(cursor, None)
        if first is None:
            return []
        names = [column[0] for column in cursor.get_description()]
        return [dict(zip(names, row, strict=True)) for row in (first, *cursor)]

    def _set_up(self, in_memory: bool) -> None:
        mode = self.one("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        if mode != ("memory" if in_memory else "wal") or self.one("PRAGMA synchronous") != 2:
            raise LedgerError("the file system gives no write-ahead log")
        is_new = not self.number("SELECT COUNT(*) FROM sqlite_master")
        if not is_new and self.one("PRAGMA user_version") != VERSION:
            raise LedgerError("the ledger is of another version: start with fresh books")
        with self.transaction():
            self.run(SCHEMA)
            self.run(f"PRAGMA user_version = {VERSION}")

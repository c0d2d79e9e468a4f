"""The host's books in one SQLite file, or in memory: what was booked survives a restart."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import apsw

from emulator.host.records import SCHEMA, Booking, Session

Row = Mapping[str, object]
Values = tuple[str | int, ...]
DEMO_CARD_KEY = b"emulated host, test cards only"
COLUMNS = tuple(item.name for item in fields(Booking))
HIDDEN_COLUMNS = ("card_token", "original_id")
REMAINING = """
SELECT sale.amount_minor - COALESCE(SUM(back.amount_minor), 0) FROM booking AS sale
LEFT JOIN booking AS back ON back.original_id = sale.id AND back.state = 'booked'
WHERE sale.id = ?
"""


class LedgerError(Exception):
    """The file cannot be used as a ledger; the text says what it refused."""


class Ledger:
    """Bookings, sessions and counters. Card numbers are kept masked and as a keyed hash."""

    def __init__(self, path: str | Path = ":memory:", card_key: bytes = DEMO_CARD_KEY) -> None:
        self._card_key = card_key
        try:
            self._db = apsw.Connection(str(path))
            self._set_up(str(path) == ":memory:")
        except apsw.Error as error:
            raise LedgerError(f"ledger {path}: {error}") from None

    def close(self) -> None:
        """Close the file; every booking is already on disk."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or, on an exception, nothing of it."""
        with self._db:
            yield

    def card_token(self, pan: str) -> str:
        """The keyed hash that stands for a card number in comparisons."""
        return hmac.new(self._card_key, pan.encode(), hashlib.sha256).hexdigest()[:32]

    def next_rrn(self, when: datetime, letter: str = "") -> str:
        """A reference number never given before: MMDD, a letter if wanted, a running number."""
        number = self._next("rrn")
        return f"{when:%m%d}{letter}{number:0{8 - len(letter)}d}"

    def next_batch(self, tid: str, mid: str) -> str:
        """The batch after the highest one this terminal has had here."""
        highest = self._one(
            "SELECT MAX(batch) FROM (SELECT batch FROM booking WHERE terminal = ?1 AND "
            "merchant = ?2 UNION SELECT batch FROM session WHERE terminal = ?1 AND merchant = ?2)",
            (tid, mid),
        )
        return f"{int(str(highest or 0)) % 999999 + 1:06d}"

    def session(self, tid: str, mid: str) -> Session | None:
        """The last sign-in of a terminal, or None."""
        query = "SELECT * FROM session WHERE terminal = ? AND merchant = ?"
        row = self._row(query, (tid, mid))
        return None if row is None else _as_session(row)

    def save_session(self, session: Session) -> None:
        """Keep a sign-in or sign-off."""
        self._db.execute(
            "INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?)",
            (
                session.terminal,
                session.merchant,
                session.batch,
                int(session.signed_in),
                session.sign_ins,
                session.key_block,
            ),
        )

    def book(self, booking: Booking) -> Booking:
        """Write a decision; apsw.ConstraintError if its duplicate key is taken."""
        names = [name for name in COLUMNS if name != "id"]
        marks = ", ".join("?" * len(names))
        self._db.execute(
            f"INSERT INTO booking ({', '.join(names)}) VALUES ({marks})",
            tuple(getattr(booking, name) for name in names),
        )
        return self._booking("WHERE rrn = ?", (booking.rrn,)) or booking

    def mark_voided(self, booking_id: int) -> None:
        """Turn a booked sale into a voided one."""
        self._db.execute("UPDATE booking SET state = 'voided' WHERE id = ?", (booking_id,))

    def same_request(self, key: tuple[str, str, str, str]) -> Booking | None:
        """The booking with this merchant, terminal, STAN and batch, or None."""
        return self._booking("WHERE merchant = ? AND terminal = ? AND stan = ? AND batch = ?", key)

    def original(self, merchant: str, rrn: str, day: str) -> Booking | None:
        """What was approved for a merchant under this RRN on a day (YYYY-MM-DD), or None."""
        where = "WHERE merchant = ? AND rrn = ? AND substr(time, 1, 10) = ? AND state <> 'declined'"
        return self._booking(where, (merchant, rrn, day))

    def remaining_minor(self, booking_id: int) -> int:
        """What is left of an original after the refunds and the void that were booked on it."""
        return int(str(self._one(REMAINING, (booking_id,))))

    def bookings(self, since: int = 0) -> list[dict[str, object]]:
        """All bookings with an id above `since`, oldest first, without tokens of cards."""
        query = "SELECT * FROM booking WHERE id > ? ORDER BY id"
        rows = self._rows(query, (since,))
        return [{k: v for k, v in row.items() if k not in HIDDEN_COLUMNS} for row in rows]

    def sales(self) -> list[Booking]:
        """The sales (0200, 000000), oldest id first."""
        query = (
            "SELECT * FROM booking WHERE mti = '0200' AND processing_code = '000000' ORDER BY id"
        )
        return [_as_booking(row) for row in self._rows(query, ())]

    def _set_up(self, in_memory: bool) -> None:
        mode = self._one("PRAGMA journal_mode = WAL", ())
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        if mode != ("memory" if in_memory else "wal") or self._one("PRAGMA synchronous", ()) != 2:
            raise LedgerError("the file system gives no write-ahead log")
        self._db.execute(SCHEMA)

    def _next(self, name: str) -> int:
        query = (
            "INSERT INTO counter VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        )
        return int(str(self._one(query, (name,))))

    def _booking(self, where: str, values: Values) -> Booking | None:
        row = self._row("SELECT * FROM booking " + where, values)
        return None if row is None else _as_booking(row)

    def _one(self, query: str, values: Values) -> object:
        row = self._row(query, values)
        return next(iter(row.values())) if row else None

    def _row(self, query: str, values: Values) -> Row | None:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _rows(self, query: str, values: Values) -> list[Row]:
        cursor = self._db.execute(query, values)
        return [
            {column[0]: value for column, value in zip(cursor.get_description(), row, strict=True)}
            for row in cursor
        ]


def _as_session(row: Row) -> Session:
    values = {**row, "signed_in": bool(row["signed_in"])}
    return Session(**values)  # type: ignore[arg-type]  # the columns are the fields


def _as_booking(row: Row) -> Booking:
    return Booking(**row)  # type: ignore[arg-type]  # the columns are the fields

"""The host's books in one SQLite file, or in memory: what was booked survives a restart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from emulator.host.accounts import Accounts
from emulator.host.batches import Batches
from emulator.host.database import Database, LedgerError, Row, Values
from emulator.host.masking import keyed_hash
from emulator.host.records import BatchKey, Booking, Key, Session
from emulator.host.reversals import Reversals

__all__ = ["Ledger", "LedgerError"]

DEMO_CARD_KEY = b"emulated host, test cards only"
AUTH_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
HIDDEN_COLUMNS = ("card_token", "original_id", "voucher")
REMAINING = """
SELECT CASE sale.state WHEN 'reversed' THEN 0
    ELSE sale.amount_minor - COALESCE(SUM(back.amount_minor), 0) END AS minor, sale.id AS id
FROM booking AS sale
LEFT JOIN booking AS back
    ON back.original_id = sale.id AND back.state IN ('booked', 'settled')
"""
SPENT = """
SELECT SUM(amount_minor) FROM booking WHERE card_token = ? AND transaction_type = '22'
AND substr(time, 1, 10) = ? AND state IN ('booked', 'settled')
"""


class Ledger:
    """Bookings, sessions and counters; accounts, reversals and batches as parts of it.

    Card numbers are kept masked and as a keyed hash.
    """

    def __init__(self, path: str | Path = ":memory:", card_key: bytes = DEMO_CARD_KEY) -> None:
        self._card_key = card_key
        self._db = Database(path)
        self.accounts = Accounts(self._db, card_key)
        self.reversals = Reversals(self._db)
        self.batches = Batches(self._db)

    def image(self) -> bytes:
        """The whole file's bytes; `load` of another ledger takes them."""
        return self._db.image()

    def load(self, image: bytes) -> None:
        """Go on with the books of this image, in memory."""
        self._db.load(image)

    def close(self) -> None:
        """Close the file; every booking is already on disk."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or, on an exception, nothing of it."""
        with self._db.transaction():
            yield

    def card_token(self, pan: str) -> str:
        """The keyed hash that stands for a card number in comparisons."""
        return keyed_hash(self._card_key, pan)

    def next_rrn(self, when: datetime, letter: str = "") -> str:
        """A reference number never given before: MMDD, a letter if wanted, a running number."""
        number = self._next("rrn")
        return f"{when:%m%d}{letter}{number:0{8 - len(letter)}d}"

    def next_auth_code(self) -> str:
        """A letter and five digits, as issuers give them."""
        number = self._next("auth_code")
        return f"{AUTH_LETTERS[number // 100000 % len(AUTH_LETTERS)]}{number % 100000:05d}"

    def next_voucher(self, when: datetime) -> str:
        """The payment voucher of a QR payment, 20 digits, never given before."""
        return f"{when:%Y%m%d}{self._next('voucher'):012d}"

    def set_counter(self, name: str, value: int) -> None:
        """Let the next number of `rrn`, `auth_code` or `voucher` be value + 1."""
        self._db.insert("counter", {"name": name, "value": value}, "OR REPLACE")

    def next_batch(self, tid: str, mid: str) -> str:
        """The batch after the highest one this terminal has had here."""
        highest = self._db.number(
            "SELECT MAX(batch) FROM (SELECT batch FROM booking WHERE terminal = ?1 AND "
            "merchant = ?2 UNION SELECT batch FROM session WHERE terminal = ?1 AND merchant = ?2)",
            (tid, mid),
        )
        return f"{highest % 999999 + 1:06d}"

    def session(self, tid: str, mid: str) -> Session | None:
        """The last sign-in of a terminal, or None."""
        query = "SELECT * FROM session WHERE terminal = ? AND merchant = ?"
        row = self._db.row(query, (tid, mid))
        return None if row is None else _as_session(row)

    def save_session(self, session: Session) -> None:
        """Keep a sign-in or sign-off."""
        values = {**asdict(session), "signed_in": int(session.signed_in)}
        self._db.insert("session", values, "OR REPLACE")

    def book(self, booking: Booking) -> Booking:
        """Write a decision; apsw.ConstraintError if its duplicate key is taken."""
        values = asdict(booking)
        del values["id"]
        self._db.insert("booking", values)
        return self._booking("WHERE rrn = ?", (booking.rrn,)) or booking

    def mark_voided(self, booking_id: int) -> None:
        """Turn a booked sale into a voided one."""
        self._db.run("UPDATE booking SET state = 'voided' WHERE id = ?", (booking_id,))

    def mark_reversed(self, booking: Booking) -> None:
        """Undo a booking; the sale of a void that is undone stands again."""
        self._db.run("UPDATE booking SET state = 'reversed' WHERE id = ?", (booking.id,))
        again = "UPDATE booking SET state = 'booked' WHERE id = ? AND state = 'voided'"
        self._db.run(again, (booking.original_id,))

    def same_request(self, key: Key) -> Booking | None:
        """The booking with this merchant, terminal, STAN and batch, or None."""
        return self._booking("WHERE merchant = ? AND terminal = ? AND stan = ? AND batch = ?", key)

    def original(self, merchant: str, rrn: str, day: str) -> Booking | None:
        """What was approved for a merchant under this RRN on a day (YYYY-MM-DD), or None."""
        where = "WHERE merchant = ? AND rrn = ? AND substr(time, 1, 10) = ? AND state <> 'declined'"
        return self._booking(where, (merchant, rrn, day))

    def paid_with(self, merchant: str, voucher: str) -> Booking | None:
        """The QR sale of a merchant that got this payment voucher, or None."""
        where = "WHERE merchant = ? AND voucher = ? AND transaction_type = '22'"
        return self._booking(where, (merchant, voucher))

    def remaining_minor(self, booking_id: int) -> int:
        """What is left of an original after the refunds and the void that were booked on it."""
        return self._db.number(REMAINING + "WHERE sale.id = ?", (booking_id,))

    def all_remaining_minor(self) -> dict[int, int]:
        """What is left of each booking, by its id."""
        rows = self._db.rows(REMAINING + "GROUP BY sale.id")
        return {int(str(row["id"])): int(str(row["minor"])) for row in rows}

    def spent_minor(self, card_token: str, day: str) -> int:
        """What a card has spent on a day, without what was voided or reversed."""
        return self._db.number(SPENT, (card_token, day))

    def bookings(self, since: int = 0) -> list[dict[str, object]]:
        """All bookings with an id above `since`, oldest first, without tokens of cards."""
        rows = self._db.rows("SELECT * FROM booking WHERE id > ? ORDER BY id", (since,))
        return [{k: v for k, v in row.items() if k not in HIDDEN_COLUMNS} for row in rows]

    def of_batch(self, key: BatchKey) -> list[Booking]:
        """All bookings of a batch, oldest first."""
        query = (
            "SELECT * FROM booking WHERE merchant = ? AND terminal = ? AND batch = ? ORDER BY id"
        )
        return [_as_booking(row) for row in self._db.rows(query, key)]

    def sales(self) -> list[Booking]:
        """The approved sales (0200, 000000), oldest id first."""
        query = (
            "SELECT * FROM booking WHERE mti = '0200' AND processing_code = '000000' "
            "AND state <> 'declined' ORDER BY id"
        )
        return [_as_booking(row) for row in self._db.rows(query)]

    def _next(self, name: str) -> int:
        query = (
            "INSERT INTO counter VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        )
        return self._db.number(query, (name,))

    def _booking(self, where: str, values: Values) -> Booking | None:
        row = self._db.row("SELECT * FROM booking " + where, values)
        return None if row is None else _as_booking(row)


def _as_session(row: Row) -> Session:
    values = {**row, "signed_in": bool(row["signed_in"])}
    return Session(**values)  # type: ignore[arg-type]  # the columns are the fields


def _as_booking(row: Row) -> Booking:
    return Booking(**row)  # type: ignore[arg-type]  # the columns are the fields

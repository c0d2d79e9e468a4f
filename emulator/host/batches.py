"""The batches that were settled, and what was uploaded of them."""

from dataclasses import asdict

from emulator.host.database import Database
from emulator.host.records import Batch, BatchKey, Upload

OF_BATCH = " WHERE merchant = ? AND terminal = ? AND batch = ?"


class Batches:
    """Batches and uploads of the books."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, key: BatchKey) -> Batch | None:
        """The batch if it was ever settled, or None."""
        query = "SELECT * FROM batch WHERE merchant = ? AND terminal = ? AND number = ?"
        row = self._db.row(query, key)
        return None if row is None else Batch(**row)  # type: ignore[arg-type]  # columns

    def save(self, batch: Batch) -> None:
        """Keep what is known of a batch now."""
        self._db.insert("batch", asdict(batch), "OR REPLACE")

    def settle_bookings(self, key: BatchKey) -> None:
        """What is booked in a batch counts as settled from now on."""
        self._db.run(
            "UPDATE booking SET state = 'settled'" + OF_BATCH + " AND state = 'booked'", key
        )

    def note_upload(self, upload: Upload) -> None:
        """Keep one uploaded record; the same again changes nothing."""
        self._db.insert("upload", asdict(upload), "OR IGNORE")

    def upload_count(self, key: BatchKey) -> int:
        """How many records of a batch were uploaded."""
        return self._db.number("SELECT COUNT(*) FROM upload" + OF_BATCH, key)

    def uploads(self) -> list[dict[str, object]]:
        """Every uploaded record with what the host found."""
        return [dict(row) for row in self._db.rows("SELECT * FROM upload ORDER BY rowid")]

    def listing(self) -> list[dict[str, object]]:
        """Every batch that was settled, oldest first."""
        return [dict(row) for row in self._db.rows("SELECT * FROM batch ORDER BY time, number")]

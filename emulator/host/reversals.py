"""The reversals that came, and the numbers under which nothing may be booked any more."""

from dataclasses import asdict

from emulator.host.database import Database
from emulator.host.records import Key, Reversal


class Reversals:
    """Reversals and closed numbers of the books."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def note(self, reversal: Reversal) -> None:
        """Keep a reversal with its answer's code."""
        self._db.insert("reversal", asdict(reversal))

    def listing(self) -> list[dict[str, object]]:
        """All reversals, oldest first."""
        return [dict(row) for row in self._db.rows("SELECT * FROM reversal ORDER BY id")]

    def close(self, key: Key) -> None:
        """Remember a number as closed."""
        names = ("merchant", "terminal", "stan", "batch")
        self._db.insert("closed_number", dict(zip(names, key, strict=True)), "OR IGNORE")

    def is_closed(self, key: Key) -> bool:
        """Whether the number was closed."""
        query = (
            "SELECT COUNT(*) FROM closed_number "
            "WHERE merchant = ? AND terminal = ? AND stan = ? AND batch = ?"
        )
        return self._db.number(query, key) > 0

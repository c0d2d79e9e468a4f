"""Records one after the other, and the books that they make; by default of one purchase."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.domain.original import Original
from terminal.domain.transaction import Intent, Transaction

WALL = "2024-05-31T04:30:00.000Z"  # 12:30 in China
PURCHASE = Original("240520000001", date(2024, 5, 20), 2000)
KEY = PURCHASE.key


@dataclass(frozen=True)
class Stored:
    """A record as the fold reads it."""

    number: int
    kind: str
    body: dict[str, Any]
    wall: str = WALL


@dataclass
class Journal:
    """Books, and the records that made them."""

    books: Books = field(default_factory=Books)
    records: list[Stored] = field(default_factory=list)
    wall: str = WALL

    @property
    def last(self) -> int:
        """The number of the newest record."""
        return len(self.records)

    def store(self, kind: str, **body: Any) -> int:
        """One more record; its number."""
        record = Stored(self.last + 1, kind, body, self.wall)
        self.records.append(record)
        assert take_in(self.books, record) is self.books
        return record.number

    def begin(self, operation: str = "refund", amount_minor: int = 500, **other: Any) -> int:
        """An intent, with `other` than the usual fields; its record number."""
        intent = Intent(
            operation, self.books.next_stan, self.books.batch, amount_minor, "S",
            "621234******1232", "", PURCHASE, "goods", "", "01",
        )  # fmt: skip
        return self.store("intent", **replace(intent, **other).to_body())

    def end(self, number: int, outcome: str = "approved", **more: Any) -> int:
        """What became of the intent in record `number`; that number."""
        self.store("result", intent=number, outcome=outcome, **more)
        return number

    def one(self, number: int) -> Transaction:
        """The transaction whose intent is record `number`."""
        found = self.books.transaction(number)
        assert found is not None
        return found


def signed_in() -> Journal:
    """Of a terminal that has signed in to batch 7."""
    journal = Journal()
    journal.store("signed_in", batch=7)
    return journal

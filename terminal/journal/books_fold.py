"""The books as the journal's folded state: how they are stored in a checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.journal.record import Record


@dataclass(frozen=True, slots=True)
class _Stored:
    """A checkpoint's form: another number each time that a record means something else."""

    form: Literal[3]
    books: Books


class BooksFold:
    """Folds records into `Books`; a state of another version of this program is folded anew."""

    def initial(self) -> Books:
        """Empty books."""
        return Books()

    def apply(self, state: Books, record: Record) -> Books:
        """One more record."""
        return take_in(state, record)

    def to_json(self, state: Books) -> bytes:
        """For a checkpoint."""
        return msgspec.json.encode(_Stored(3, state))

    def from_json(self, raw: bytes) -> Books:
        """From a checkpoint; ValueError when it isn't one of ours."""
        return msgspec.json.decode(raw, type=_Stored).books

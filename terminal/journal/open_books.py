"""The open journal with its books: what the runtime is handed, whatever disk is under it."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from terminal.domain.bookkeeping import StoredRecord
from terminal.domain.books import Books
from terminal.journal.record import JournalError
from terminal.journal.store import Journal


class OpenBooks:
    """The open journal as the runtime needs it."""

    def __init__(self, journal: Journal[Books], folder: Path) -> None:
        self._journal = journal
        self._folder = folder

    @property
    def books(self) -> Books:
        """What the records add up to."""
        return self._journal.state

    @property
    def head(self) -> tuple[int, bytes]:
        """Number and hash of the newest record."""
        return self._journal.head.number, self._journal.head.hash

    @property
    def room_bytes(self) -> float:
        """Free bytes of the disk that it lies on; else the first write that fails will tell."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return math.inf

    def append(self, kind: str, body: Mapping[str, object], sealed: bytes | None) -> None:
        """Durable when it returns."""
        self._journal.append(kind, body, sealed)

    def records(self, first: int = 1, last: int | None = None) -> Iterator[StoredRecord]:
        """What is written, in its order; appending in between is allowed."""
        return self._journal.records(first, last)

    def sealed(self, number: int) -> bytes | None:
        """The sealed card number of a record."""
        return self._journal.sealed(number)

    def export(self, name: str) -> str:
        """A copy in a new file beside the journal; why not, or nothing."""
        try:
            self._journal.export(str(self._folder / name))
        except JournalError as error:
            return error.reason
        return ""

    def checkpoint(self) -> None:
        """Seal the books as they are."""
        self._journal.checkpoint()

    def drop_sealed(self, numbers: Iterable[int]) -> None:
        """Forget the sealed card numbers of these records."""
        self._journal.drop_sealed(numbers)

    def check_some(self) -> bool:
        """The next slice of the chain."""
        return self._journal.verify_slice() is not False

    def close(self) -> None:
        """Give the file up, for whoever runs the terminal in its own process."""
        self._journal.close()

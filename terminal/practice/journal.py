"""The journal while practice is on: people's passwords are real, all else is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from terminal.domain.bookkeeping import StoredRecord, take_in
from terminal.domain.books import Books
from terminal.ports import Clock, OpenJournal

# A wrong password counts in practice, too, and practice itself begins and ends on disk.
ON_DISK: Final = frozenset(
    {
        "practice",
        "minute",
        "language",
        "logon",
        "logoff",
        "password_asked",
        "password_right",
    }
)
FIRST: Final = 1_000_000_000  # no journal's record has such a number


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """A record that is nowhere but here."""

    number: int
    kind: str
    body: Mapping[str, Any]
    wall: str


def practice_books(real: Books) -> Books:
    """People, language and batch as they are; no transaction, no purchase, no total."""
    return Books(
        batch=real.batch,
        set_up=True,
        signed_in=True,
        sign_in_wanted="",
        operator=real.operator,
        language=real.language,
        trusted_day=real.trusted_day,
        downloaded=dict(real.downloaded),
        people=deepcopy(real.people),
        staff=deepcopy(real.staff),
    )


class PracticeJournal:
    """An open journal, as the runtime and flows know it, over the real one."""

    def __init__(self, real: OpenJournal, clock: Clock) -> None:
        self.books = practice_books(real.books)
        self._real = real
        self._clock = clock
        self._records: list[PracticeRecord] = []
        self._sealed: dict[int, bytes] = {}

    @property
    def head(self) -> tuple[int, bytes]:
        """The real one's: About and the report name it."""
        return self._real.head

    @property
    def room_bytes(self) -> float:
        """Of the real one's disk."""
        return self._real.room_bytes

    def append(self, kind: str, body: Mapping[str, Any], sealed: bytes | None) -> None:
        """Taken in; on disk only what ON_DISK names. A sealed card number is kept in memory."""
        if kind in ON_DISK:
            self._real.append(kind, body, None)
        wall = self._clock.wall().isoformat()
        record = PracticeRecord(FIRST + len(self._records), kind, dict(body), wall)
        self._records.append(record)
        if sealed is not None:
            self._sealed[record.number] = sealed
        self.books = take_in(self.books, record)

    @property
    def newest(self) -> int:
        """The number of the last record here."""
        return FIRST + len(self._records) - 1

    def records(self, first: int = 1, last: int | None = None) -> Iterator[StoredRecord]:
        """Those of this practice only."""
        end = self.newest + 1 if last is None else last + 1
        return iter([r for r in self._records if first <= r.number < end])

    def sealed(self, number: int) -> bytes | None:
        """As long as the practice lasts."""
        return self._sealed.get(number)

    def export(self, name: str) -> str:
        """There is nothing to copy."""
        return "practice"

    def checkpoint(self) -> None:
        """Nothing here survives a start."""

    def drop_sealed(self, records: Iterable[int]) -> None:
        """Forget these."""
        for number in records:
            self._sealed.pop(number, None)

    def check_some(self) -> bool:
        """The real one goes on being checked."""
        return self._real.check_some()

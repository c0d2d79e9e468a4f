"""What flows may read of the world, and never change: the runtime keeps it up to date."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from typing import Any, Protocol

from terminal.domain.bookkeeping import StoredRecord
from terminal.domain.books import Books, iso_day
from terminal.domain.downloaded import Values, with_profile, with_shop
from terminal.domain.host_day import day_of_host, second_of_day
from terminal.domain.host_profile import HostProfile
from terminal.domain.message_clocks import HostTime, MessageClocks
from terminal.domain.parameters import Parameters, Person
from terminal.domain.phrase import Language
from terminal.domain.staff import Staff, no_staff, with_staff

ROOM_MIN_BYTES = 8 * 2**20  # twice the longest log of the journal: recovery and copies fit in it
AGREES_S = 300  # as far as that our clock may differ from a sign-in's time
HOST_ZONE = timezone(timedelta(hours=8))  # days are the acquirer's: China has one zone


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this terminal is to the acquirer."""

    terminal_id: str  # F41, 8 characters
    merchant_id: str  # F42, 15 characters
    serial: str = "SIM00000001"
    licence: str = "3136"
    tpdu: str = "6000030000"
    header: str = "603100310001"
    device_info: str = ""  # F62 of the sign-in as it stands; empty: made of licence and serial


@dataclass(frozen=True, slots=True)
class Versions:
    """Of what runs here."""

    firmware: str = ""
    python: str = ""


class HistoryDamaged(Exception):
    """A record can't be read any more: nothing may be decided from then on (F87)."""


class History(Protocol):
    """The journal, to be read; a flow never writes it. Reading raises HistoryDamaged."""

    @property
    def head(self) -> tuple[int, bytes]:
        """Number and hash of the newest record."""
        ...

    def records(self, first: int = 1, last: int | None = None) -> Iterator[StoredRecord]:
        """Records in order."""
        ...

    def sealed(self, number: int) -> bytes | None:
        """The sealed card number of a record."""
        ...


@dataclass(slots=True)
class Facts:
    """The shop, the profile, the books and the clocks at this moment."""

    identity: Identity
    parameters: Parameters
    profile: HostProfile
    books: Books = field(default_factory=Books)
    history: History | None = None  # None until the journal is open
    now_s: float = 0.0
    started_s: float = 0.0
    wall_day: date = date(1970, 1, 1)
    wall_minute: int = 0  # of that day
    practice: bool = False  # nothing that is done now leaves or counts
    lost_wires: frozenset[str] = frozenset()
    clocks: MessageClocks = field(default_factory=MessageClocks)
    room_bytes: float = math.inf  # free on the journal's disk
    versions: Versions = field(default_factory=Versions)
    certificate_expires: date | None = None  # the first of the line's; None without TLS
    of_files: tuple[Parameters, HostProfile] = field(init=False)
    laid_over: tuple[Values, Staff] = field(default_factory=lambda: ({}, no_staff()))

    def __post_init__(self) -> None:
        self.of_files = (self.parameters, self.profile)

    def take(self, books: Books) -> None:
        """The books as they are now; what the host or a person has changed lies over the files."""
        self.books = books
        if self.laid_over == (books.downloaded, books.staff):
            return
        parameters, profile = self.of_files
        self.parameters = with_staff(with_shop(parameters, books.downloaded), books.staff)
        self.profile = with_profile(profile, books.downloaded)
        self.laid_over = (books.downloaded, books.staff)

    @property
    def today(self) -> date:
        """The later of our day and the host's: a clock that fell back is not believed."""
        trusted = iso_day(self.books.trusted_day)
        return max(trusted, self.wall_day) if trusted else self.wall_day

    def host_day(self, mmdd: str) -> date | None:
        """The day that an answer of the host is of."""
        return day_of_host(mmdd, iso_day(self.books.trusted_day), self.wall_day)

    @property
    def disk_is_full(self) -> bool:
        """What is left is kept for working up what is open, for copies and for the settlement."""
        return self.room_bytes < ROOM_MIN_BYTES

    @property
    def language(self) -> Language:
        """The language of the screens."""
        return Language(self.books.language or self.parameters.language)

    @property
    def operator(self) -> Person | None:
        """Who is logged on."""
        return self.parameters.person(self.books.operator)

    def stored(self, number: int, kind: str, body: Mapping[str, Any]) -> None:
        """A record is on disk: when the message that it is about left is remembered."""
        if kind == "reversal_try" and self.life_left_s(body["intent"]):
            self.clocks.early.add(body["intent"])
        self.clocks.take(number, kind, body, self.now_s)
        if not self.practice:
            self._take_host_time(kind, body)

    def _take_host_time(self, kind: str, body: Mapping[str, Any]) -> None:
        """Of an answer with a MAC; that of a sign-in, which has none, where our clock agrees.

        A host that answers a copy as it answered the first one says what time it was then.
        """
        if body.get("step") or body.get("recovered"):
            return
        is_sign_in = kind == "signed_in"
        day = iso_day(body.get("day" if is_sign_in else "trusted_day", ""))
        second = second_of_day(body.get("host_time", ""))
        if day is None or second is None or (is_sign_in and not self._agrees(day, second)):
            return
        self.clocks.believe(HostTime(day, second, self.now_s))

    def _agrees(self, day: date, second: int) -> bool:
        return day == self.wall_day and abs(self.wall_minute * 60 - second) <= AGREES_S

    def life_left_s(self, record: int) -> int:
        """Seconds for which a copy of this intent's message may still arrive (profile 4).

        Or an answer to a reversal that left meanwhile: what it says is not final.
        """
        return self._left_s(self.clocks.copy_s.get(record, self.started_s))

    def age_s(self, record: int) -> float:
        """Seconds since an intent was stored; since the start for one of an earlier run."""
        return self.now_s - self.clocks.begun.get(record, self.started_s)

    def settle_wait_s(self, record: int) -> int:
        """Seconds until a person may settle this one: the life of its last copy or reversal."""
        return self._left_s(self.clocks.any_s.get(record, self.started_s))

    def _left_s(self, since_s: float) -> int:
        return max(0, math.ceil(since_s + self.profile.message_life_s - self.now_s))

"""What the journal holds: numbered records, each sealed to the one before by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import msgspec

from terminal.domain.facts import HistoryDamaged

ZERO_HASH = bytes(32)
SEALED_DIGEST = "sealed_digest"  # the body's key for the digest of the sealed card number
_INT64 = range(-(2**63), 2**63)

Verdict = Literal["ok", "missing", "damaged", "older", "locked"]
S = TypeVar("S")


class JournalError(HistoryDamaged):
    """The journal can't be used as it is: `verdict` for the program, `reason` for people.

    A reason names the record or the file, never what a record says.
    """

    def __init__(self, verdict: Verdict, reason: str) -> None:
        super().__init__(f"journal {verdict}: {reason}")
        self.verdict = verdict
        self.reason = reason


class JournalFailed(Exception):
    """A write failed and may or may not be durable: stop, start again, read what is there."""


class JournalCorrupt(JournalFailed):
    """As before, and the file itself is not whole: starting again does not help."""


class JournalUnfolded(JournalCorrupt):
    """A record is on disk and the fold can't take it in: this program's fault, not the disk's."""


class Clock(Protocol):
    """Two clocks: one that never jumps, and one for people (aware)."""

    def monotonic_s(self) -> float: ...

    def wall(self) -> datetime: ...


class Fold(Protocol[S]):
    """How state is derived from records. `apply` may change and return the state it was given.

    `from_json` raises ValueError for a state it doesn't know: the records are folded again.
    """

    def initial(self) -> S: ...

    def apply(self, state: S, record: Record) -> S: ...

    def to_json(self, state: S) -> bytes: ...

    def from_json(self, raw: bytes) -> S: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The last record: what the keypad remembers of the journal."""

    number: int
    hash: bytes


BEFORE_FIRST = Head(0, ZERO_HASH)


@dataclass(frozen=True, slots=True)
class Record:
    """One fact. Body: a JSON object without floats; wall: ISO 8601 UTC; hashes: 32 bytes."""

    number: int
    kind: str
    body: Mapping[str, Any]
    wall: str
    monotonic_ms: int
    previous: bytes
    hash: bytes

    @property
    def head(self) -> Head:
        """This record as the end of the chain."""
        return Head(self.number, self.hash)


class Row(NamedTuple):
    """A record as the table `records` keeps it; body as canonical JSON text."""

    number: int
    kind: str
    body: str
    wall: str
    monotonic_ms: int
    previous: bytes
    hash: bytes


def next_row(head: Head, kind: str, body: Mapping[str, Any], clock: Clock) -> Row:
    """The row that follows `head`. Raises ValueError naming the key of a body that isn't JSON."""
    open_row = Row(
        number=head.number + 1,
        kind=_plain(kind, "kind"),
        body=canonical(_plain(body, "body")),
        wall=_wall_text(clock.wall()),
        monotonic_ms=int(clock.monotonic_s() * 1000),
        previous=head.hash,
        hash=b"",
    )
    return open_row._replace(hash=row_hash(open_row))


def record_of(row: Sequence[object]) -> Record:
    """A table row as a record, its own hash checked. Raises JournalError damaged."""
    known = _typed(row)
    number, kind, _, wall, monotonic_ms, previous, own_hash = known
    return Record(number, kind, _body_of(known), wall, monotonic_ms, previous, own_hash)


def row_hash(row: Row) -> bytes:
    """SHA-256 of the JSON array [number, kind, body, wall, monotonic_ms, previous in hex].

    UTF-8, keys sorted, no blanks, nothing escaped that JSON doesn't ask for.
    """
    kind, wall = canonical(row.kind), canonical(row.wall)
    text = f'[{row.number},{kind},{row.body},{wall},{row.monotonic_ms},"{row.previous.hex()}"]'
    return hashlib.sha256(text.encode()).digest()


def canonical(value: object) -> str:
    """The one JSON text of a plain value."""
    return msgspec.json.encode(value, order="deterministic").decode()


def _typed(row: Sequence[object]) -> Row:
    types = (int, str, str, str, int, bytes, bytes)
    if tuple(type(value) for value in row) != types:
        raise JournalError("damaged", f"record {row[0]} has a field of another type")
    known = Row(*row)  # type: ignore[arg-type]  # the types were compared just above
    if row_hash(known) != known.hash:
        raise JournalError("damaged", f"record {known.number} differs from its hash")
    return known


def _body_of(row: Row) -> dict[str, Any]:
    try:
        return msgspec.json.decode(row.body, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise JournalError("damaged", f"record {row.number} has no JSON object as body") from None


def _plain(value: object, where: str) -> Any:
    """The value as it will be read back: enums become their values, tuples become lists."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _encodable(str.__str__(value), where)
    if isinstance(value, int):
        return _in_range(int(value), where)
    if isinstance(value, Mapping):
        return {_key(key, where): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    raise ValueError(f"{where}: {type(value).__name__} can't be journaled")


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise ValueError(f"{where}: a key must be text, not {type(key).__name__}")
    return _encodable(str.__str__(key), where)


def _encodable(text: str, where: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where}: text with half a character can't be journaled") from None
    return text


def _in_range(number: int, where: str) -> int:
    if number not in _INT64:
        raise ValueError(f"{where}: a number beyond 64 bits can't be journaled")
    return number


def _wall_text(wall: datetime) -> str:
    assert wall.tzinfo is not None, "the wall clock must be aware"
    return wall.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

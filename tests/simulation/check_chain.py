"""The journal's records out of the surviving bytes, and whether their chain is whole (INV-10)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.simulation.check_database import Unreadable, open_database
from tests.simulation.evidence import Evidence, Violation

FILE: Final = "journal.db"
FIELDS: Final = "number, kind, body, wall, monotonic_ms, previous, hash"
ZEROS: Final = bytes(32)
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the table."""

    number: int
    kind: str
    body: Mapping[str, Any]
    wall: str
    monotonic_ms: int
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Journal:
    """All records, the digests of the sealed numbers, and what was wrong with the bytes."""

    records: tuple[Record, ...] = ()
    sealed: Mapping[int, str] | None = None
    fault: str = ""


def read_journal(evidence: Evidence) -> Journal:
    """The records in the surviving bytes; none if there is no file, or only an empty one."""
    image, log = (evidence.disk.get(FILE + end, b"") for end in ("", "-wal"))
    try:
        connection = open_database(image, log)
    except Unreadable as unreadable:
        return Journal(fault=f"the journal can't be read: {unreadable}")
    try:
        return _read(connection)
    except (sqlite3.Error, ValueError, TypeError, RecursionError) as error:
        return Journal(fault=f"a record can't be read: {error}")
    finally:
        connection.close()


def _read(connection: sqlite3.Connection) -> Journal:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if "records" not in tables:
        return Journal()
    rows = connection.execute(f"SELECT {FIELDS} FROM records ORDER BY number")
    records = tuple(_record(row) for row in rows)
    sealed = connection.execute("SELECT number, raw FROM sealed")
    return Journal(records, {n: hashlib.sha256(raw).hexdigest() for n, raw in sealed})


def _record(row: Sequence[Any]) -> Record:
    number, kind, body, *others = row
    read = json.loads(body)
    if not isinstance(read, dict):
        raise ValueError(f"record {number} has no object as body")
    return Record(number, kind, read, *others)


def is_later(record: Record, at_s: float) -> bool:
    """It was stored after that moment; of days with one clock only."""
    return record.monotonic_ms > at_s * 1000 + 1


def record_hash(record: Record) -> bytes:
    """As the journal's README says: SHA-256 of a JSON array, the hash before in hex."""
    fields = [record.number, record.kind, record.body, record.wall, record.monotonic_ms]
    return hashlib.sha256(_encode([*fields, record.previous.hex()]).encode()).digest()


def check_chain(journal: Journal, evidence: Evidence) -> Iterator[Violation]:
    """Numbers without gaps, each hash right, each record tied to the one before, seals as named."""
    if journal.fault:
        yield Violation("INV-10", journal.fault)
    if journal.records and journal.records[0].kind != "boot":
        yield Violation("INV-10", "the journal does not begin with a boot record")
    number, previous = 0, ZEROS
    for record in journal.records:
        yield from (Violation("INV-10", s) for s in _wrong(record, number, previous))
        number, previous = record.number, record.hash
    yield from _seals(journal)


def _wrong(record: Record, number: int, previous: bytes) -> Iterator[str]:
    if record.number != number + 1:
        yield f"record {record.number} comes after record {number}"
    if record.previous != previous:
        yield f"record {record.number} does not follow the one before"
    if record_hash(record) != record.hash:
        yield f"record {record.number} differs from its hash"


def _seals(journal: Journal) -> Iterator[Violation]:
    named = {r.number: r.body.get("sealed_digest") for r in journal.records}
    for number, digest in (journal.sealed or {}).items():
        if named.get(number) != digest:
            yield Violation("INV-10", f"the sealed number of record {number} is another one")

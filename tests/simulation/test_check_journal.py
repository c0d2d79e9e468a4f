"""The independent reader of the journal against the firmware's own records and against SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.scenarios.cashier import leave, start_refund
from tests.simulation.check_chain import Journal, check_chain, read_journal
from tests.simulation.check_database import Unreadable, checksum, open_database, with_log
from tests.simulation.evidence import Evidence
from tests.simulation.made_evidence import Day
from tests.simulation.simdisk_vfs import SimulatedDisks
from tests.simulation.watched_bench import WatchedBench

ROWS = "SELECT number, body FROM records ORDER BY number"


@pytest.fixture(scope="module")
def bench() -> Iterator[WatchedBench]:
    """A shop with three refunds, whose log was not emptied into the file since."""
    disks = SimulatedDisks("checked-shop")
    made = WatchedBench(disks)
    made.set_up().log_on()
    made.power_cut()
    made.power_on()
    made.run(4.0).log_on()
    rrn = str(made.sale(card="debit", amount_minor=10000)["rrn"])
    for amount in (1, 2, 3):
        made.wish("refund", rrn, amount)
        start_refund(made, str(amount)).keys("ENTER").run(1.0)
        leave(made)
    yield made
    made.power_cut()
    disks.unregister()


@pytest.fixture(scope="module")
def files(bench: WatchedBench) -> tuple[bytes, bytes]:
    disk = bench.evidence().disk
    return disk["journal.db"], disk["journal.db-wal"]


def test_records_are_the_firmwares_own(bench: WatchedBench) -> None:
    journal = read_journal(bench.evidence())
    mine = [(r.number, r.kind, r.body, r.wall, r.hash) for r in journal.records]
    assert mine == [(r.number, r.kind, dict(r.body), r.wall, r.hash) for r in bench.records()]
    assert len(mine) > 30
    assert journal.sealed
    assert not list(check_chain(journal, bench.evidence()))


def test_log_is_needed_to_see_them(bench: WatchedBench, files: tuple[bytes, bytes]) -> None:
    without = read_journal(bench.evidence(disk={"journal.db": files[0]}))
    assert 0 < len(without.records) < len(bench.records())


def seen_by_sqlite(folder: Path, image: bytes, log: bytes) -> list[tuple[int, str]]:
    path = folder / "copy.db"
    path.write_bytes(image)
    (folder / "copy.db-wal").write_bytes(log)
    connection = sqlite3.connect(path)
    try:
        return connection.execute(ROWS).fetchall()
    finally:
        connection.close()


def seen_here(image: bytes, log: bytes) -> list[tuple[int, str]]:
    connection = open_database(image, log)
    try:
        return connection.execute(ROWS).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("seed", range(12))
def test_torn_or_damaged_log_is_read_as_sqlite_reads_it(
    tmp_path: Path, files: tuple[bytes, bytes], seed: int
) -> None:
    lot, (image, log) = Random(seed), files
    torn = bytearray(log[: lot.randrange(len(log) // 2, len(log))])
    if seed % 2:
        torn[lot.randrange(len(torn))] ^= 1 << lot.randrange(8)
    assert seen_here(image, bytes(torn)) == seen_by_sqlite(tmp_path, image, bytes(torn))


def test_torn_tail_loses_the_last_commit_only(files: tuple[bytes, bytes]) -> None:
    image, log = files
    assert seen_here(image, log[:-1]) == seen_here(image, log)[:-1]


def test_old_frames_behind_a_new_log_are_not_read(files: tuple[bytes, bytes]) -> None:
    image, log = files
    other = bytearray(log)
    other[-4096 - 24 + 8] ^= 1  # a salt of the last frame: it is of the log before
    assert seen_here(image, bytes(other)) == seen_here(image, log)[:-1]


@pytest.mark.parametrize("page_bytes", [512, 1024, 4096, 65536])
def test_any_page_size(tmp_path: Path, page_bytes: int) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA page_size = {page_bytes}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE records (number INTEGER PRIMARY KEY, body TEXT)")
    for number in range(50):
        connection.execute("INSERT INTO records VALUES (?, ?)", (number, "x" * 300))
        connection.commit()
    image, log = path.read_bytes(), (tmp_path / "other.db-wal").read_bytes()
    connection.close()
    assert len(seen_here(image, log)) == 50


def test_checksum_of_big_endian_words() -> None:
    words = bytes.fromhex("00000001 00000002 00000003 00000004")
    swapped = b"".join(words[n : n + 4][::-1] for n in range(0, 16, 4))
    assert checksum(words, (5, 6), True) == checksum(swapped, (5, 6), False)


def test_no_database_is_unreadable_and_no_file_is_empty(bench: WatchedBench) -> None:
    with pytest.raises(Unreadable):
        open_database(b"x" * 4096)
    with pytest.raises(Unreadable):
        open_database(b"SQLite")
    assert read_journal(bench.evidence(disk={})) == Journal()
    assert read_journal(bench.evidence(disk={"journal.db": b"y" * 8192})).fault


def test_without_a_log_the_file_is_the_database(files: tuple[bytes, bytes]) -> None:
    assert with_log(files[0], b"") == files[0]
    assert with_log(files[0], b"\0" * 5000) == files[0]


def chain_faults(evidence: Evidence) -> list[str]:
    return [v.story for v in check_chain(read_journal(evidence), evidence)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM records WHERE number = 5", "record 6 comes after record 4"),
        ("UPDATE records SET body = '{}' WHERE number = 9", "record 9 differs from its hash"),
        ("UPDATE records SET hash = zeroblob(32) WHERE number = 4", "5 does not follow"),
        ("INSERT INTO sealed VALUES (9, x'00')", "sealed number of record 9"),
        ("DELETE FROM records WHERE number = 1", "does not begin with a boot"),
        ("UPDATE records SET body = '[]' WHERE number = 2", "has no object"),
    ],
)
def test_broken_chain_is_found(change: str, said: str) -> None:
    evidence = Day().evidence()
    assert not chain_faults(evidence)
    connection = open_database(evidence.disk["journal.db"])
    connection.execute(change)
    connection.commit()
    spoilt = Day().evidence(disk={"journal.db": connection.serialize()})
    connection.close()
    assert any(said in fault for fault in chain_faults(spoilt))

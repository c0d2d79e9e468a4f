"""Power cuts, kills and errors at every disk call: what was acknowledged is there afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

import apsw
import pytest

from terminal.journal import tables
from terminal.journal.record import Head, JournalError
from terminal.journal.store import look
from tests.simulation.simdisk import Call, Disk, Faults, PowerCut
from tests.simulation.simdisk_survivors import every_survivor, survivor
from tests.simulation.simdisk_vfs import SimulatedDisks, seeded_sqlite
from tests.terminal.journal.crashes import (
    PATH,
    Day,
    Lost,
    Witness,
    calls_of,
    check_nothing_lost,
    day,
    disturbed,
    earlier,
    start,
)
from tests.terminal.journal.ledger import LedgerFold, filled, opened

_IMAGES_A_CUT = 40  # of those that `every_survivor` lists; the rest is reached by lot
FREE_BLOCK = 2  # of a page's header: only writing looks at it
_IO_ERRORS = {
    "read": apsw.SQLITE_IOERR_READ,
    "write": apsw.SQLITE_IOERR_WRITE,
    "sync": apsw.SQLITE_IOERR_FSYNC,
    "truncate": apsw.SQLITE_IOERR_TRUNCATE,
    "open": apsw.SQLITE_CANTOPEN,
    "access": apsw.SQLITE_IOERR_ACCESS,
    "delete": apsw.SQLITE_IOERR_DELETE,
}


def cut_runs(
    disks: SimulatedDisks, images: dict[str, bytes], heads: list[Head], run: Day
) -> Iterator[tuple[Disk, Witness]]:
    """The run, with the power cut at each of its disk calls in turn."""
    for number in range(1, calls_of(disks, Disk(images), heads, run) + 1):
        disk = Disk(images)
        disk.cut_at = number
        yield disk, disturbed(disks, disk, heads, run)


@pytest.mark.parametrize("run", [day, start])
def test_cut_at_every_call_loses_nothing_acknowledged(disks: SimulatedDisks, run: Day) -> None:
    images, head = earlier(disks)
    checked = 0
    for disk, witness in cut_runs(disks, images, [head], run):
        assert disk.dead
        for image in islice(every_survivor(disk), _IMAGES_A_CUT):
            check_nothing_lost(disks, image, witness)
            checked += 1
    assert checked > 90


def test_cut_at_every_call_of_the_first_start_leaves_a_journal_or_none(
    disks: SimulatedDisks,
) -> None:
    for disk, witness in cut_runs(disks, {}, [], day):
        for image in islice(every_survivor(disk), _IMAGES_A_CUT):
            check_nothing_lost(disks, image, witness)


@pytest.mark.parametrize("phase", [1, 2])  # every fifth cut, from these on
def test_second_cut_at_every_call_of_the_recovery_loses_nothing(
    disks: SimulatedDisks, phase: int
) -> None:
    images, head = earlier(disks)
    lot = Random(phase)
    for disk, witness in islice(cut_runs(disks, images, [head], day), phase, None, 5):
        left = survivor(disk, lot).images()
        for again, second in cut_runs(disks, left, witness.heads, start):
            check_nothing_lost(disks, survivor(again, lot), second)


def test_cut_first_start_cut_again_while_it_recovers_leaves_a_journal_or_none(
    disks: SimulatedDisks,
) -> None:
    lot = Random(3)
    for disk, witness in islice(cut_runs(disks, {}, [], start), 0, None, 2):
        left = survivor(disk, lot).images()
        for again, second in cut_runs(disks, left, witness.heads, start):
            check_nothing_lost(disks, survivor(again, lot), second)


@pytest.mark.parametrize("seed", range(4))
def test_many_starts_and_cuts_by_lot_lose_nothing(disks: SimulatedDisks, seed: int) -> None:
    lot = Random(seed)
    images, head = earlier(disks)
    heads = [head]
    for _ in range(60):
        disk = Disk(images)
        disk.cut_at = lot.randint(1, 120)
        heads = disturbed(disks, disk, heads, day).heads
        images = survivor(disk, lot).images()
    assert check_nothing_lost(disks, Disk(images), Witness(heads)).number > 60


def killed_at(number: int) -> Faults:
    """Ends the process at this call; the system keeps what was written before."""

    def faults(call: Call) -> int | None:
        if call.number >= number:
            raise PowerCut("killed")
        return None

    return faults


def failing_at(number: int) -> Faults:
    """An I/O error at this call, once."""

    def faults(call: Call) -> int | None:
        return _IO_ERRORS.get(call.operation) if call.number == number else None

    return faults


@pytest.mark.parametrize("fault", [killed_at, failing_at])
def test_what_a_start_has_seen_is_not_lost_by_a_later_cut(
    disks: SimulatedDisks, fault: Callable[[int], Faults]
) -> None:
    images, head = earlier(disks)
    for number in range(1, calls_of(disks, Disk(images), [head], day) + 1):
        disk = Disk(images)
        disk.faults = fault(number)
        witness = disturbed(disks, disk, [head], day)
        disk.kill()
        seen = start_and_lose_power(disks, disk, witness.heads)
        assert seen.heads[-1].number > witness.heads[-1].number
        for image in islice(every_survivor(disk), _IMAGES_A_CUT):
            check_nothing_lost(disks, image, seen)


def start_and_lose_power(disks: SimulatedDisks, disk: Disk, heads: list[Head]) -> Witness:
    """Starts and takes the power away at once: everything the start saw is what it may act on."""

    def started(disks: SimulatedDisks, seen: Witness) -> None:
        journal = opened(PATH, seen.remembered, disks.name)
        seen.heads.extend(record.head for record in journal.records())
        disk.cut_power()
        journal.close()

    return disturbed(disks, disk, heads, started)


def test_full_disk_stops_the_journal_and_loses_nothing(disks: SimulatedDisks) -> None:
    images, head = earlier(disks)
    used_bytes = sum(map(len, images.values()))
    acknowledged = set()
    for room_bytes in range(0, 60_000, 1_000):
        disk = Disk(images, quota_bytes=used_bytes + room_bytes)
        witness = disturbed(disks, disk, [head], day)
        disk.kill()
        disk.quota_bytes = None
        check_nothing_lost(disks, disk, witness)
        acknowledged.add(len(witness.heads))
    assert acknowledged >= {1, 2, 6}  # stopped at the start, later, and not at all


def loses(disks: SimulatedDisks, sync_lies: bool = False) -> bool:
    """Whether some image after a cut has lost something."""
    images, head = earlier(disks)
    for number in range(1, calls_of(disks, Disk(images), [head], day) + 1):
        disk = Disk(images, sync_lies=sync_lies)
        disk.cut_at = number
        witness = disturbed(disks, disk, [head], day)
        for image in islice(every_survivor(disk), _IMAGES_A_CUT):
            try:
                check_nothing_lost(disks, image, witness)
            except Lost:
                return True
    return False


def test_disk_that_lies_about_syncs_is_seen_to_lose(disks: SimulatedDisks) -> None:
    assert loses(disks, sync_lies=True)


@pytest.mark.parametrize("setting", ["OFF", "NORMAL"])
def test_journal_that_does_not_sync_is_seen_to_lose(
    disks: SimulatedDisks, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = tables.connect

    def careless(path: str, vfs: str | None) -> apsw.Connection:
        connection = connect(path, vfs)
        connection.execute(f"PRAGMA synchronous = {setting}")
        return connection

    monkeypatch.setattr(tables, "connect", careless)
    assert loses(disks)


def test_start_alone_syncs_the_log_home_and_a_record_of_its_own(disks: SimulatedDisks) -> None:
    images, head = earlier(disks)
    disk = Disk(images)
    disk.faults = killed_at(calls_of(disks, Disk(images), [head], day) - 12)
    witness = disturbed(disks, disk, [head], day)
    log_bytes = len(disk.images()[PATH + "-wal"])
    disk.kill()
    disk.trace = []
    journal = opened(PATH, witness.remembered, disks.name)
    home = [call for call in disk.trace if (call.operation, call.path) == ("sync", PATH)]
    assert home, "the log's records were not written home and synced"
    assert len(disk.images()[PATH + "-wal"]) < log_bytes
    assert [record.kind for record in journal.records(journal.head.number)] == ["boot"]
    assert not disk.names[PATH + "-wal"].pending
    journal.close()


@pytest.mark.parametrize("first_start", [True, False])
def test_looking_makes_no_call_that_writes(disks: SimulatedDisks, first_start: bool) -> None:
    images, head = earlier(disks)
    runs = cut_runs(disks, {}, [], start) if first_start else cut_runs(disks, images, [head], day)
    for disk, _ in runs:
        left = survivor(disk, Random(5))
        left.trace = []
        disks.mount("disk", left)
        images_before = left.images()
        look_only(disks)
        writes = {"write", "truncate", "sync", "delete"}
        assert not [call for call in left.trace if call.operation in writes]
        assert left.images() == images_before


def look_only(disks: SimulatedDisks) -> None:
    assert look(PATH, None, LedgerFold(), disks.name).verdict in ("ok", "missing")


def test_long_journal_takes_no_more_calls_to_start(disks: SimulatedDisks) -> None:
    calls = []
    for intents in (600, 3600):  # both end a hundred records after a checkpoint
        disks.mount("disk", Disk())
        head = filled(PATH, intents, disks.name)
        calls.append(calls_of(disks, Disk(disks.disk("disk").images()), [head], start))
    assert calls[1] < calls[0] + 20


def test_same_seed_gives_the_same_calls_and_bytes(disks: SimulatedDisks) -> None:
    calls = calls_of(disks, Disk(), [], day)

    def traced(seed: int) -> tuple[list[Call] | None, dict[str, bytes]]:
        with seeded_sqlite(seed):
            disk = Disk()
            disk.trace = []
            disk.cut_at = calls - 20
            disturbed(disks, disk, [], day)
            assert disk.images()[PATH + "-wal"]
            return disk.trace, disk.images()

    assert traced(1) == traced(1)
    assert traced(1)[1] != traced(2)[1]


@pytest.mark.parametrize("code", [apsw.SQLITE_CORRUPT, apsw.SQLITE_READONLY])
def test_file_that_takes_no_record_at_the_start_is_damaged(
    disks: SimulatedDisks, code: int
) -> None:
    images, head = earlier(disks)
    disk = Disk(images)
    disk.faults = lambda call: code if call.operation == "write" else None
    disks.mount("disk", disk)
    with pytest.raises(JournalError) as caught:
        opened(PATH, head, disks.name)
    assert caught.value.verdict == "damaged"


def test_file_that_takes_no_card_number_is_damaged_at_the_start(disks: SimulatedDisks) -> None:
    images, head = earlier(disks)
    spoilt = bytearray(images[PATH])
    spoilt[sealed_page_at(disks, images) + FREE_BLOCK] ^= 0x04
    disks.mount("disk", Disk({**images, PATH: bytes(spoilt)}))
    look_only(disks)
    with pytest.raises(JournalError) as caught:
        opened(PATH, head, disks.name)
    assert caught.value.verdict == "damaged"


def sealed_page_at(disks: SimulatedDisks, images: dict[str, bytes]) -> int:
    """The byte in the file where the table of the sealed card numbers begins."""
    disks.mount("disk", Disk(images))
    connection = tables.connect(PATH, disks.name)
    root: int = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sealed'").get
    size: int = connection.execute("PRAGMA page_size").get
    connection.close()
    return (root - 1) * size

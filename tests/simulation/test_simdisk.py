"""The simulated disk keeps what was synced, may lose the rest, and models locks and processes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import apsw
import pytest

from tests.simulation.simdisk import Call, Disk, Inode, PowerCut
from tests.simulation.simdisk_survivors import every_survivor, survivor
from tests.simulation.simdisk_vfs import SimulatedDisks, SimulatedFile

FILE = "/a/file"
PAGE = b"p" * 1024


@pytest.fixture
def disks() -> Iterator[SimulatedDisks]:
    simulated = SimulatedDisks("simdisk")
    yield simulated
    simulated.unregister()


def file_on(disk: Disk) -> SimulatedFile:
    return SimulatedFile(disk, disk.names[FILE], FILE, apsw.SQLITE_OPEN_MAIN_DB)


def left_of(disk: Disk) -> set[bytes]:
    return {image.images().get(FILE, b"no file") for image in every_survivor(disk)}


def test_synced_bytes_survive_every_cut() -> None:
    disk = Disk({FILE: b""})
    file = file_on(disk)
    file.xWrite(PAGE, 0)
    file.xSync(0)
    assert left_of(disk) == {PAGE}


def test_unsynced_write_survives_wholly_torn_or_not_at_all() -> None:
    disk = Disk({FILE: b"o" * 1024})
    file = file_on(disk)
    file.xWrite(PAGE, 0)
    assert file.xRead(1024, 0) == PAGE
    assert left_of(disk) == {b"o" * 1024, PAGE, PAGE[:512] + b"o" * 512}


def test_later_write_may_survive_an_earlier_one() -> None:
    disk = Disk({FILE: b"--"})
    file = file_on(disk)
    file.xWrite(b"1", 0)
    file.xWrite(b"2", 1)
    assert left_of(disk) == {b"--", b"1-", b"-2", b"12"}


def test_write_that_is_cut_off_may_be_on_the_platter() -> None:
    disk = Disk({FILE: b"-"})
    file = file_on(disk)
    disk.cut_at = 1
    with pytest.raises(PowerCut):
        file.xWrite(b"1", 0)
    assert left_of(disk) == {b"-", b"1"}
    with pytest.raises(PowerCut):
        file.xRead(1, 0)


def test_name_of_a_new_file_is_lost_unless_its_folder_was_synced(disks: SimulatedDisks) -> None:
    disk = Disk()
    disk.enter(FILE)
    file = file_on(disk)
    file.xWrite(b"1", 0)
    file.xSync(0)
    assert left_of(disk) == {b"no file", b"1"}
    disk.sync_names()
    assert left_of(disk) == {b"1"}


def test_deleted_file_may_come_back_unless_its_folder_was_synced(disks: SimulatedDisks) -> None:
    disk = Disk({FILE: b"1"})
    disks.mount("a", disk)
    disks.xDelete(FILE, False)
    assert left_of(disk) == {b"1", b"no file"}
    disk.sync_names()
    assert left_of(disk) == {b"no file"}


def test_what_is_drawn_by_lot_is_among_what_is_legal_and_repeats_with_its_seed() -> None:
    disk = Disk({FILE: bytes(4)})
    file = file_on(disk)
    for place in range(4):
        file.xWrite(bytes([place + 1]), place)
    drawn = [survivor(disk, Random(seed)).images()[FILE] for seed in range(200)]
    assert set(drawn) <= left_of(disk)
    assert len(set(drawn)) > 8
    assert drawn == [survivor(disk, Random(seed)).images()[FILE] for seed in range(200)]


def test_killed_process_leaves_what_it_wrote_and_no_lock() -> None:
    disk = Disk({FILE: b"-"})
    killed = file_on(disk)
    killed.xLock(apsw.SQLITE_LOCK_EXCLUSIVE)
    killed.xWrite(b"1", 0)
    disk.kill()
    next_one = file_on(disk)
    next_one.xLock(apsw.SQLITE_LOCK_EXCLUSIVE)
    assert next_one.xRead(1, 0) == b"1"
    with pytest.raises(PowerCut):
        killed.xWrite(b"2", 0)
    killed.xUnlock(apsw.SQLITE_LOCK_NONE)
    assert next_one.xCheckReservedLock()


@pytest.mark.parametrize(
    ("held", "wanted", "granted"),
    [
        (apsw.SQLITE_LOCK_SHARED, apsw.SQLITE_LOCK_SHARED, True),
        (apsw.SQLITE_LOCK_SHARED, apsw.SQLITE_LOCK_RESERVED, True),
        (apsw.SQLITE_LOCK_SHARED, apsw.SQLITE_LOCK_EXCLUSIVE, False),
        (apsw.SQLITE_LOCK_RESERVED, apsw.SQLITE_LOCK_SHARED, True),
        (apsw.SQLITE_LOCK_RESERVED, apsw.SQLITE_LOCK_RESERVED, False),
        (apsw.SQLITE_LOCK_EXCLUSIVE, apsw.SQLITE_LOCK_SHARED, False),
    ],
)
def test_locks_exclude_each_other_as_on_a_real_disk(held: int, wanted: int, granted: bool) -> None:
    disk = Disk({FILE: b""})
    owner, other = file_on(disk), file_on(disk)
    owner.xLock(held)
    if granted:
        other.xLock(wanted)
    else:
        with pytest.raises(apsw.BusyError):
            other.xLock(wanted)


def test_failed_sync_drops_what_was_written() -> None:
    disk = Disk({FILE: b"-"})
    file = file_on(disk)
    file.xWrite(b"1", 0)
    disk.faults = lambda call: apsw.SQLITE_IOERR_FSYNC if call.operation == "sync" else None
    with pytest.raises(apsw.IOError):
        file.xSync(0)
    disk.faults = None
    file.xSync(0)
    assert file.xRead(1, 0) == b"-"
    assert left_of(disk) == {b"-"}


def test_full_disk_refuses_what_grows_a_file() -> None:
    disk = Disk({FILE: b"12"}, quota_bytes=3)
    file = file_on(disk)
    file.xWrite(b"34", 0)
    file.xWrite(b"56", 1)
    with pytest.raises(apsw.FullError):
        file.xWrite(b"78", 2)
    assert file.xRead(9, 0) == b"356"


def test_every_call_is_counted_and_traced(disks: SimulatedDisks) -> None:
    disk = Disk()
    disk.trace = []
    disks.mount("a", disk)
    connection = apsw.Connection(FILE, vfs=disks.name)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert [call.number for call in disk.trace] == list(range(1, disk.calls + 1))
    assert disk.trace[0] == Call(1, "open", FILE)
    assert {"lock", "write", "sync", "delete"} <= {call.operation for call in disk.trace}


def test_truncate_that_was_not_synced_may_be_undone() -> None:
    inode = Inode(bytearray(b"123"), bytearray(b"123"))
    inode.change((1, None))
    assert bytes(inode.seen) == b"1"
    inode.drop_unsynced()
    assert bytes(inode.seen) == b"123"

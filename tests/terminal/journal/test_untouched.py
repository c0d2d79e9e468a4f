"""The file system of a look: reads reach the real file, nothing else does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import apsw
import pytest

from terminal.journal.tables import pragma
from terminal.journal.untouched import ReadOnlyDisk, _Overlay, reading
from tests.terminal.journal.ledger import filled


@dataclass
class RealFile:
    """A file that must not be changed; notes what it is asked for."""

    raw: bytes = b"0123456789"
    asked: list[tuple[str, int]] = field(default_factory=list)

    def xRead(self, amount: int, offset: int) -> bytes:
        return self.raw[offset : offset + amount]

    def xFileSize(self) -> int:
        return len(self.raw)

    def xLock(self, level: int) -> None:
        self.asked.append(("lock", level))

    def xUnlock(self, level: int) -> None:
        self.asked.append(("unlock", level))

    def xCheckReservedLock(self) -> bool:
        return True

    def xSectorSize(self) -> int:
        return 512

    def xDeviceCharacteristics(self) -> int:
        return 7

    def xClose(self) -> None:
        self.asked.append(("close", 0))


@pytest.fixture
def real() -> RealFile:
    return RealFile()


def overlay(real: RealFile | None) -> Any:
    return _Overlay(cast("apsw.VFSFile | None", real))


def test_what_is_not_written_is_read_from_the_real_file(real: RealFile) -> None:
    file = overlay(real)
    assert file.xRead(4, 3) == b"3456"
    assert file.xFileSize() == 10


def test_what_is_written_stays_in_memory(real: RealFile) -> None:
    file = overlay(real)
    file.xWrite(b"ab", 4)
    assert file.xRead(10, 0) == b"0123ab6789"
    assert file.xFileSize() == 10
    file.xWrite(b"cd", 9)
    file.xWrite(b"ef", 13)
    assert file.xRead(20, 0) == b"0123ab678cd\0\0ef"
    assert file.xRead(3, 9) == b"cd\0"
    assert file.xFileSize() == 15
    file.xTruncate(5)
    assert (file.xFileSize(), file.xRead(10, 0)) == (5, b"0123a")
    assert (real.raw, real.asked) == (b"0123456789", [])


def test_what_is_deleted_is_gone_for_the_look_only(tmp_path: Path) -> None:
    real = tmp_path / "journal"
    real.write_bytes(b"0123")
    disk = ReadOnlyDisk(None)
    try:
        assert disk.exists(str(real))
        disk.xDelete(str(real), True)
        assert not disk.exists(str(real))
    finally:
        disk.unregister()
    assert real.read_bytes() == b"0123"


def test_a_file_that_is_not_there_is_empty_and_can_be_written() -> None:
    file = overlay(None)
    assert (file.xFileSize(), file.xRead(4, 0)) == (0, b"")
    file.xWrite(b"abcd", 2)
    assert file.xRead(9, 0) == b"\0\0abcd"
    file.xTruncate(0)
    assert file.xFileSize() == 0
    file.xLock(apsw.SQLITE_LOCK_EXCLUSIVE)
    file.xUnlock(apsw.SQLITE_LOCK_NONE)
    file.xClose()
    assert file.xCheckReservedLock() is False
    assert (file.xSectorSize(), file.xDeviceCharacteristics()) == (4096, 0)


def test_a_look_takes_a_readers_lock_and_no_more(real: RealFile) -> None:
    file = overlay(real)
    for level in (apsw.SQLITE_LOCK_SHARED, apsw.SQLITE_LOCK_RESERVED, apsw.SQLITE_LOCK_EXCLUSIVE):
        file.xLock(level)
    file.xUnlock(apsw.SQLITE_LOCK_SHARED)
    file.xUnlock(apsw.SQLITE_LOCK_NONE)
    file.xClose()
    assert real.asked == [
        *[("lock", apsw.SQLITE_LOCK_SHARED)] * 3,
        ("unlock", apsw.SQLITE_LOCK_SHARED),
        ("unlock", apsw.SQLITE_LOCK_NONE),
        ("close", 0),
    ]


def test_what_the_disk_is_like_is_the_real_files_answer(real: RealFile) -> None:
    file = overlay(real)
    assert file.xCheckReservedLock() is True
    assert (file.xSectorSize(), file.xDeviceCharacteristics()) == (512, 7)
    assert file.xFileControl(0, 0) is False


def test_a_look_neither_writes_nor_makes_files(tmp_path: Path) -> None:
    path = str(tmp_path / "journal")
    filled(path, 2)
    with reading(path, None) as connection:
        assert [pragma(connection, name) for name in ("query_only", "temp_store")] == [1, 2]
        with pytest.raises(apsw.ReadOnlyError):
            connection.execute("DELETE FROM records")

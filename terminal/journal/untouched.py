"""Reading a journal without changing a byte of it, and without copying it first.

SQLite can't read a file with a pending WAL (or half a rollback) without recovering it, and
recovery writes. So it gets a file system in which the real files are only read and whatever
SQLite writes, creates or deletes stays in memory: it sees exactly what a real open would see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from terminal.journal.record import JournalError
from terminal.journal.tables import damage_named, drop, pragma

_FILE_KINDS = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL


class _Overlay:
    """One file: the real one read-only underneath (if there is one), writes kept in memory."""

    def __init__(self, real: apsw.VFSFile | None) -> None:
        self._real = real
        self._written: bytearray | None = None if real else bytearray()

    def xRead(self, amount: int, offset: int) -> bytes:
        if self._written is not None:
            return bytes(self._written[offset : offset + amount])
        assert self._real is not None
        return self._real.xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        copy = self._copy()
        copy.extend(bytes(max(0, offset - len(copy))))
        copy[offset : offset + len(data)] = data

    def xTruncate(self, size: int) -> None:
        del self._copy()[size:]

    def xFileSize(self) -> int:
        if self._written is not None:
            return len(self._written)
        assert self._real is not None
        return self._real.xFileSize()

    def xLock(self, level: int) -> None:
        # A reader's lock is enough to notice a live owner and to keep one from starting.
        if self._real is not None:
            self._real.xLock(min(level, apsw.SQLITE_LOCK_SHARED))

    def xUnlock(self, level: int) -> None:
        if self._real is not None:
            self._real.xUnlock(min(level, apsw.SQLITE_LOCK_SHARED))

    def xCheckReservedLock(self) -> bool:
        return self._real is not None and self._real.xCheckReservedLock()

    def xSync(self, flags: int) -> None:
        """Nothing to sync: what was written is in memory."""

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        # SQLite finds the header of a rollback journal by it: the real one's answer counts.
        return 4096 if self._real is None else self._real.xSectorSize()

    def xDeviceCharacteristics(self) -> int:
        return 0 if self._real is None else self._real.xDeviceCharacteristics()

    def xClose(self) -> None:
        if self._real is not None:
            self._real.xClose()

    def _copy(self) -> bytearray:
        if self._written is None:
            self._written = bytearray(self.xRead(self.xFileSize(), 0))
        return self._written


class ReadOnlyDisk(apsw.VFS):
    """The file system of one look. `vfs`: the real one underneath, None for the system's."""

    def __init__(self, vfs: str | None) -> None:
        self.name = f"untouched-{id(self):x}"
        self._deleted: set[str] = set()
        super().__init__(self.name, base=vfs or "")

    def exists(self, path: str) -> bool:
        """Whether there is a file that isn't empty."""
        return self.xAccess(self.xFullPathname(path), apsw.SQLITE_ACCESS_EXISTS)

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname not in self._deleted and super().xAccess(pathname, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._deleted.add(filename)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        real = None
        if path is not None and self.xAccess(path, apsw.SQLITE_ACCESS_EXISTS):
            wanted = flags[0] & _FILE_KINDS | apsw.SQLITE_OPEN_READONLY
            real = super().xOpen(name, [wanted, 0])
        flags[1] = flags[0]
        return _Overlay(real)  # type: ignore[return-value]  # apsw: any such object


@contextmanager
def reading(path: str, vfs: str | None = None) -> Iterator[apsw.Connection]:
    """A connection that sees the journal at `path` and can't change it.

    Raises JournalError: missing, locked, or damaged for whatever SQLite can't read, also for
    what goes wrong inside the block.
    """
    disk = ReadOnlyDisk(vfs)
    try:
        with damage_named("the journal"):
            if not disk.exists(path):
                raise JournalError("missing", "there is no journal")
            connection = apsw.Connection(path, vfs=disk.name)
            try:
                _settle(connection)
                yield connection
            finally:
                drop(connection)
    finally:
        disk.unregister()


def _settle(connection: apsw.Connection) -> None:
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    pragma(connection, "locking_mode = EXCLUSIVE")  # a WAL without shared memory needs it
    pragma(connection, "temp_store = MEMORY")
    pragma(connection, "query_only = ON")

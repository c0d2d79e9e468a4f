"""The simulated disk as SQLite sees it: an apsw VFS, its open files, and its locks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import apsw

from tests.simulation.simdisk import Change, Disk, Inode, PowerCut

_EPOCH_JULIAN_MS = 210_866_760_000_000  # 1970-01-01 as SQLite counts
_SYNCS_DIRECTORY = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL


class SimulatedFile:
    """An open file: what SQLite calls. No shared memory, as on a disk that can't map files."""

    def __init__(self, disk: Disk, inode: Inode, path: str, flags: int) -> None:
        self.disk, self.inode, self.path = disk, inode, path
        self.process = disk.process
        creates = bool(flags & apsw.SQLITE_OPEN_CREATE and flags & _SYNCS_DIRECTORY)
        self._name_unsynced = creates  # the system's VFS syncs the directory at the first sync

    def xRead(self, amount: int, offset: int) -> bytes:
        self._count("read", amount)
        return bytes(self.inode.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        raw = bytes(data)  # a view of SQLite's own memory: it changes later
        self._count("write", len(raw), (offset, raw))
        if not self.disk.room_for(offset + len(raw) - len(self.inode.seen)):
            raise apsw.exception_for(apsw.SQLITE_FULL)
        self.inode.change((offset, raw))

    def xTruncate(self, size: int) -> None:
        self._count("truncate", 0, (size, None))
        self.inode.change((size, None))

    def xSync(self, flags: int) -> None:
        try:
            self._count("sync")
        except apsw.Error:
            self.inode.drop_unsynced()
            raise
        self.disk.syncs += 1
        if not self.disk.sync_lies:
            self.inode.sync()
        if self._name_unsynced:
            self.disk.sync_names()
            self._name_unsynced = False

    def xFileSize(self) -> int:
        self._count("size")
        return len(self.inode.seen)

    def xLock(self, level: int) -> None:
        self._count("lock")
        others = [held for file, held in self.inode.locks.items() if file is not self]
        limit = {1: apsw.SQLITE_LOCK_RESERVED, 2: apsw.SQLITE_LOCK_SHARED}.get(level, 0)
        if any(held > limit for held in others):
            raise apsw.exception_for(apsw.SQLITE_BUSY)
        self.inode.locks[self] = max(level, self.inode.locks.get(self, 0))

    def xUnlock(self, level: int) -> None:
        if level == apsw.SQLITE_LOCK_NONE:
            self.inode.locks.pop(self, None)
        elif self in self.inode.locks:
            self.inode.locks[self] = level

    def xCheckReservedLock(self) -> bool:
        self._count("check lock")
        return any(held > apsw.SQLITE_LOCK_SHARED for held in self.inode.locks.values())

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xClose(self) -> None:
        self.inode.locks.pop(self, None)

    def _count(self, operation: str, size_bytes: int = 0, change: Change | None = None) -> None:
        if self.process != self.disk.process:
            raise PowerCut("this process was killed")
        self.disk.count(operation, self.path, size_bytes, self.inode, change)


class SimulatedDisks(apsw.VFS):
    """The VFS for SQLite: a path is /disk/file. Never waits; `now_ms` is its clock (Unix)."""

    def __init__(self, name: str = "simulated", now_ms: Callable[[], int] = lambda: 0) -> None:
        self.name = name
        self._disks: dict[str, Disk] = {}
        self._now_ms = now_ms
        super().__init__(name, base="")

    def mount(self, name: str, disk: Disk) -> None:
        self._disks[name] = disk

    def unmount(self, name: str) -> None:
        del self._disks[name]

    def disk(self, name: str) -> Disk:
        return self._disks[name]

    def xFullPathname(self, name: str) -> str:
        return name

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        flags[1] = flags[0]
        return self._open(path, flags[0])  # type: ignore[return-value]  # apsw: any such object

    def xDelete(self, filename: str, syncdir: bool) -> None:
        disk = self._on(filename)
        disk.count("delete", filename)
        if filename not in disk.names:
            raise apsw.exception_for(apsw.SQLITE_IOERR_DELETE_NOENT)
        disk.remove(filename)
        if syncdir:
            disk.sync_names()

    def xAccess(self, pathname: str, flags: int) -> bool:
        disk = self._on(pathname)
        disk.count("access", pathname)
        inode = disk.names.get(pathname)
        # The system's VFS takes an empty file for none when it asks whether there is one.
        return inode is not None and (flags != apsw.SQLITE_ACCESS_EXISTS or bool(inode.seen))

    def xSleep(self, microseconds: int) -> int:
        return microseconds

    def xCurrentTimeInt64(self) -> int:
        return _EPOCH_JULIAN_MS + self._now_ms()

    def _open(self, path: str | None, flags: int) -> SimulatedFile:
        if path is None:
            return SimulatedFile(Disk(), Inode(), "temporary", flags)
        disk = self._on(path)
        disk.count("open", path)
        inode = disk.names.get(path)
        if inode is None and not flags & apsw.SQLITE_OPEN_CREATE:
            raise apsw.exception_for(apsw.SQLITE_CANTOPEN)
        return SimulatedFile(disk, disk.enter(path) if inode is None else inode, path, flags)

    def _on(self, path: str) -> Disk:
        return self._disks[path.split("/", 2)[1]]


class _SeedDisk(apsw.VFS):
    """SQLite draws its randomness from the default VFS, once: this one hands it the seed."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        super().__init__("seed", base="", makedefault=True)

    def xRandomness(self, numbytes: int) -> bytes:
        return self._raw[:numbytes]


@contextmanager
def seeded_sqlite(seed: int) -> Iterator[None]:
    """Makes SQLite's own randomness (the salt of each WAL) follow from `seed` inside the block.

    The process has one such generator: runs side by side need a process each.
    """
    seed_disk = _SeedDisk(hashlib.shake_256(str(seed).encode()).digest(256))
    apsw.randomness(0)
    try:
        yield
    finally:
        seed_disk.unregister()
        apsw.randomness(0)

"""A disk in memory: what a reader sees, what is surely on the platter, and what lies between.

Changes that were not synced may be there after a power cut, in part or not at all
(simdisk_survivors.py). Every call is counted, so that a test can cut the power at each in turn.
Two processes on one disk: `kill()` ends the first and keeps what the system had in its cache.

    disks = SimulatedDisks("simulated")      # simdisk_vfs.py: one VFS, any number of disks
    disks.mount("a", Disk())                 # its files are /a/…
    apsw.Connection("/a/journal", vfs="simulated")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import apsw

NEVER = 1 << 62

Change = tuple[int, bytes | None]  # write at an offset; None: cut to this length
Entry = tuple[str, "Inode | None"]  # a name that came, or went (None)


class PowerCut(BaseException):
    """The power is gone. Nobody on the way may catch it; the disk answers nothing any more."""

    extendedresult = apsw.SQLITE_IOERR  # what SQLite is told; apsw reads it here


@dataclass(frozen=True, slots=True)
class Call:
    """One call that SQLite made: its number on this disk, what, on which file, how many bytes."""

    number: int
    operation: str
    path: str
    size_bytes: int = 0


# Asked at a call: None lets it happen, a result code of SQLite (SQLITE_IOERR_…) fails it. What it
# raises ends the process at this call, before anything is changed.
Faults = Callable[[Call], int | None]


@dataclass(slots=True, eq=False)
class Inode:
    """A file's bytes as read now, as surely durable, and the changes in between, in order."""

    seen: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)
    locks: dict[object, int] = field(default_factory=dict)  # open file: SQLite's lock level

    def change(self, change: Change) -> None:
        apply(self.seen, change)
        self.pending.append(change)

    def sync(self) -> None:
        for change in self.pending:
            apply(self.durable, change)
        self.pending.clear()

    def drop_unsynced(self) -> None:
        """What Linux does after a failed sync: the data is read back as it was, in time."""
        self.seen = bytearray(self.durable)
        self.pending.clear()


class Disk:
    """One disk.

    `cut_at`: the number of the call during which the power goes; `faults`: asked at each call;
    `trace`: a list that gets each call; `dead`: the power is gone.
    """

    def __init__(
        self,
        images: Mapping[str, bytes] | None = None,
        quota_bytes: int | None = None,
        sync_lies: bool = False,
    ) -> None:
        made = {path: Inode(bytearray(raw), bytearray(raw)) for path, raw in (images or {}).items()}
        self.names: dict[str, Inode] = made
        self.durable_names = dict(made)
        self.pending_names: list[Entry] = []
        self.quota_bytes = quota_bytes
        self.sync_lies = sync_lies
        self.calls = self.syncs = self.process = 0
        self.cut_at = NEVER
        self.dead = False
        self.faults: Faults | None = None
        self.trace: list[Call] | None = None

    def images(self) -> dict[str, bytes]:
        """What a reader sees now."""
        return {path: bytes(inode.seen) for path, inode in self.names.items()}

    def kill(self) -> None:
        """Ends the process that has files open: its locks go, what it wrote stays seen."""
        self.process += 1
        self.faults = None
        for inode in self.names.values():
            inode.locks.clear()

    def cut_power(self) -> None:
        """Takes the power away between two calls."""
        self.dead, self.cut_at = True, 0

    def count(
        self,
        operation: str,
        path: str,
        size_bytes: int = 0,
        inode: Inode | None = None,
        change: Change | None = None,
    ) -> None:
        """Counts a call; raises if it fails. The change of a cut call may survive as any other."""
        self.calls += 1
        if self.calls < self.cut_at and self.faults is None and self.trace is None:
            return
        call = Call(self.calls, operation, path, size_bytes)
        if self.trace is not None:
            self.trace.append(call)
        self._judge(call, inode, change)

    def _judge(self, call: Call, inode: Inode | None, change: Change | None) -> None:
        if call.number >= self.cut_at:
            if not self.dead and inode is not None and change is not None:
                inode.pending.append(change)
            self.cut_power()
            raise PowerCut(call.operation)
        code = None if self.faults is None else self.faults(call)
        if code is not None:
            raise apsw.exception_for(code)

    def room_for(self, growth_bytes: int) -> bool:
        if self.quota_bytes is None:
            return True
        used_bytes = sum(len(inode.seen) for inode in self.names.values())
        return used_bytes + growth_bytes <= self.quota_bytes

    def enter(self, path: str) -> Inode:
        inode = self.names[path] = Inode()
        self.pending_names.append((path, inode))
        return inode

    def remove(self, path: str) -> None:
        del self.names[path]
        self.pending_names.append((path, None))

    def sync_names(self) -> None:
        if not self.sync_lies:
            self.durable_names = dict(self.names)
            self.pending_names.clear()


def apply(raw: bytearray, change: Change) -> None:
    """Makes one change to a file's bytes; a hole it leaves is filled with zeros."""
    offset, data = change
    raw.extend(bytes(max(0, offset - len(raw))))
    if data is None:
        del raw[offset:]
    else:
        raw[offset : offset + len(data)] = data

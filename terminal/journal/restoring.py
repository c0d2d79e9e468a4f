"""Putting an exported journal back in place of one that is lost or damaged."""

from __future__ import annotations

import apsw

from terminal.journal.looking import Look, check_whole, look
from terminal.journal.record import Fold, S
from terminal.journal.tables import connect, copy_all, damage_named, drop
from terminal.journal.untouched import reading


def restore(
    source: str, target: str, fold: Fold[S], overwrite: bool = False, vfs: str | None = None
) -> Look:
    """Copies the export `source` to `target` and looks at the copy.

    The copy holds what the export held: whether that is enough for the keypad, the next start's
    `look` says. Raises JournalError for a damaged source, FileExistsError for a target that is
    there already unless `overwrite`. After a power cut in between: restore again.
    """
    check_whole(source, vfs)
    _make_way(target, overwrite, vfs)
    with reading(source, vfs) as origin, damage_named("the restored journal"):
        _copy(origin, target, vfs)
    return look(target, None, fold, vfs)


def _copy(origin: apsw.Connection, target: str, vfs: str | None) -> None:
    copy = connect(target, vfs)
    try:
        copy_all(origin, copy)
    finally:
        drop(copy)


def _make_way(target: str, overwrite: bool, vfs: str | None) -> None:
    disk = _Disk(vfs)
    try:
        if not overwrite and any(disk.holds(target + suffix) for suffix in ("", "-wal")):
            raise FileExistsError("a journal is there already")
        # The file itself goes first: without it SQLite throws a leftover log away.
        for suffix in ("", "-wal", "-journal", "-shm"):
            disk.remove(target + suffix)
    finally:
        disk.unregister()


class _Disk(apsw.VFS):
    """The disk that SQLite would use, for the two calls that SQL doesn't have."""

    def __init__(self, vfs: str | None) -> None:
        super().__init__(f"restoring-{id(self):x}", base=vfs or "")

    def holds(self, path: str) -> bool:
        return self.xAccess(self.xFullPathname(path), apsw.SQLITE_ACCESS_EXISTS)

    def remove(self, path: str) -> None:
        full = self.xFullPathname(path)
        if self.xAccess(full, apsw.SQLITE_ACCESS_READWRITE):
            with damage_named("the journal to be replaced"):
                self.xDelete(full, True)

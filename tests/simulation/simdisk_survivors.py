"""What a power cut leaves on a disk: one legal image by lot, or all of them.

Legal is: directory entries up to some point in their order; of each file's unsynced changes any
subset, the last of them torn (at a byte, at a sector, or with only some sectors there), or its
length without its data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from random import Random

from tests.simulation.simdisk import Change, Disk, Inode, apply

SECTOR_BYTES = 512
_ALL_SUBSETS_UP_TO = 6  # changes; beyond that, prefixes


def survivor(disk: Disk, lot: Random) -> Disk:
    """The disk after the next start, one of the legal ones."""
    names = _names_after(disk, lot.randint(0, len(disk.pending_names)))
    return _started(disk, {path: _bytes_by_lot(names[path], lot) for path in sorted(names)})


def every_survivor(disk: Disk) -> Iterator[Disk]:
    """All disks that can be there after the next start, with two tears for each last change."""
    for entries in range(len(disk.pending_names) + 1):
        names = _names_after(disk, entries)
        paths = sorted(names)
        for contents in product(*(_every_content(names[path]) for path in paths)):
            yield _started(disk, dict(zip(paths, contents, strict=True)))


def _names_after(disk: Disk, entries: int) -> dict[str, Inode]:
    names = dict(disk.durable_names)
    for path, inode in disk.pending_names[:entries]:
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode
    return names


def _started(disk: Disk, images: dict[str, bytes]) -> Disk:
    return Disk(images, disk.quota_bytes, disk.sync_lies)


def _every_content(inode: Inode) -> list[bytes]:
    pending = inode.pending
    if len(pending) <= _ALL_SUBSETS_UP_TO:
        sizes = range(len(pending) + 1)
        kept = [chosen for size in sizes for chosen in combinations(pending, size)]
    else:
        kept = [tuple(pending[:size]) for size in range(len(pending) + 1)]
    whole = [_with(inode, changes) for changes in kept]
    torn = [
        _with(inode, (*changes[:-1], tear(changes[-1])))
        for changes in kept
        if changes
        for tear in (_half, _only_length)
    ]
    return list(dict.fromkeys(whole + torn))


def _with(inode: Inode, changes: Sequence[Change]) -> bytes:
    raw = bytearray(inode.durable)
    for change in changes:
        apply(raw, change)
    return bytes(raw)


def _half(change: Change) -> Change:
    offset, data = change
    return change if data is None else (offset, data[: len(data) // 2])


def _only_length(change: Change) -> Change:
    offset, data = change
    return change if data is None else (offset + len(data), b"")


def _bytes_by_lot(inode: Inode, lot: Random) -> bytes:
    kept = _kept_by_lot(inode.pending, lot)
    if not kept or lot.random() < 0.3:
        return _with(inode, kept)
    return _with(inode, [*kept[:-1], *_torn_by_lot(kept[-1], lot)])


def _kept_by_lot(pending: list[Change], lot: Random) -> list[Change]:
    way = lot.choice(("none", "all", "prefix", "prefix", "subset", "subset", "last"))
    if way == "prefix":
        return pending[: lot.randint(0, len(pending))]
    if way == "subset":
        return [change for change in pending if lot.random() < 0.5]
    return {"none": [], "all": pending, "last": pending[-1:]}[way]


def _torn_by_lot(change: Change, lot: Random) -> list[Change]:
    offset, data = change
    if data is None:
        return [change]
    way = lot.choice(("byte", "sector", "sectors", "length"))
    if way == "byte":
        return [(offset, data[: lot.randint(0, len(data))])]
    starts = range(0, len(data), SECTOR_BYTES)
    if way == "sector":
        return [(offset, data[: lot.choice(starts)])] if data else []
    if way == "length":
        return [_only_length(change)]
    pieces = [(offset + start, data[start : start + SECTOR_BYTES]) for start in starts]
    return [piece for piece in pieces if lot.random() < 0.5]

"""Disks that are not what was written last: an older image, a bit that has turned; who sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.simulation.simdisk import Disk

if TYPE_CHECKING:
    from tests.simulation.world import World

MAIN_FILE: Final = "journal.db"
REFUSED: Final = "journal.damaged"
LOOK_S: Final = 1.5  # before anybody can have logged on
RESTART_S: Final = 3.0  # whatever watches over the firmware starts it again


@dataclass(frozen=True, slots=True)
class OldImage:
    """The files as they were at some time, with the number of the newest record in them."""

    files: Mapping[str, bytes]
    number: int

    def disk(self, world: World, good: Disk) -> Disk | None:
        """The older disk; None if the keypad can't know that it is older."""
        if int(world.pad_memory.load().get("record_number", 0)) <= self.number:
            return None
        start = f"/{world.folder_name}/"
        return Disk({start + name: raw for name, raw in self.files.items()})

    def is_accepted(self, world: World) -> bool:
        """Nothing but a refusal is right."""
        return True

    def mended(self, world: World, good: Disk) -> Disk:
        """The disk that was taken out comes back."""
        return good


@dataclass(slots=True)
class BitFlip:
    """One bit of the journal's file has turned while the power was off. `turned`: the byte."""

    place: int = 0
    turned: int = 0
    was: int = 0

    def disk(self, world: World, good: Disk) -> Disk | None:
        """The damaged disk."""
        path = f"/{world.folder_name}/{MAIN_FILE}"
        images = good.images()
        if not images.get(path):
            return None
        raw = bytearray(images[path])
        bit = world.chance("disk").randrange(8 * len(raw))
        self.place, self.was = bit // 8, raw[bit // 8]
        raw[self.place] ^= 1 << bit % 8
        self.turned = raw[self.place]
        return Disk({**images, path: bytes(raw)})

    def mended(self, world: World, good: Disk) -> Disk:
        """The bit turned back, with all that was written since; the page may have gone anyway."""
        path = f"/{world.folder_name}/{MAIN_FILE}"
        images = world.disk.images()
        raw = bytearray(images[path])
        if raw[self.place] == self.turned:
            raw[self.place] = self.was
        return Disk({**images, path: bytes(raw)})

    def is_accepted(self, world: World) -> bool:
        """Never: the checks of idle moments find what is in a record.

        A bit in what no record uses harms nobody: then the chain is whole. It is turned back too.
        """
        journal = world.runtime.journal
        if journal is None:
            return False
        inner = journal._journal  # type: ignore[attr-defined]  # the checks of many idle moments
        while (verdict := inner.verify_slice()) is None:
            pass
        if verdict:
            world.reached["bit flip in unused bytes"] += 1
        world.service_wanted = True
        return False


Damage = OldImage | BitFlip


def come_back(world: World, good: Disk) -> None:
    """The power returns after a while, to what survived or to a disk that was damaged meanwhile."""
    damage, world.damage = world.damage, None
    # One damage at a time: the next one would be mended with the disk of this one.
    bad = damage.disk(world, good) if damage and not world.is_damaged else None
    world.put_in(bad or good)
    world.on_the_way(world.off_s, world.start_again)
    if damage and bad:
        world.is_damaged = True
        world.on_the_way(world.off_s + LOOK_S, lambda: _service(world, damage, good))


def _service(world: World, damage: Damage, good: Disk) -> None:
    """Somebody looks at a terminal with a disk that isn't what was written last."""
    is_looked_at = world.display.name == REFUSED or world.runtime.journal is not None
    if not (world.is_on and is_looked_at):  # it has not come up yet: later
        world.on_the_way(LOOK_S, lambda: _service(world, damage, good))
        return
    if world.display.name == REFUSED:
        world.reached[f"refused {type(damage).__name__}"] += 1
    elif damage.is_accepted(world):
        world.crashes.append(f"a journal with {type(damage).__name__} was accepted")
    elif not world.service_wanted:
        world.is_damaged = False
        return
    world.is_damaged = world.service_wanted = False
    world.disk.cut_power()
    world.release()
    world.put_in(damage.mended(world, good))
    world.on_the_way(RESTART_S, world.start_again)

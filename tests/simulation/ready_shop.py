"""A shop that was set up the day before: what is on its disk, in its keypad, in the host's books.

Made once a process; each simulated day goes on from a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from emulator.host.ledger import Ledger
from emulator.pad_memory import MemoryInRam
from tests.scenarios.memory_bench import MemoryBench
from tests.simulation.simdisk import Disk
from tests.simulation.simdisk_vfs import SimulatedDisks, seeded_sqlite

VFS: Final = "simulated-days"
MADE: Final = "made"


@dataclass(frozen=True, slots=True)
class ReadyShop:
    """Images by the name of the file; the pad's memory as text; the ledger's bytes."""

    disk: Mapping[str, bytes]
    pad: str
    ledger: bytes

    def disk_in(self, folder: str) -> Disk:
        """A disk with a copy of the files."""
        return Disk({f"/{folder}/{name}": raw for name, raw in self.disk.items()})

    def pad_memory(self) -> MemoryInRam:
        """A copy of the pad's memory."""
        memory = MemoryInRam()
        memory.text = self.pad
        return memory

    def books(self) -> Ledger:
        """A copy of the host's books."""
        ledger = Ledger(":memory:")
        ledger.load(self.ledger)
        return ledger


@lru_cache(maxsize=1)
def disks() -> SimulatedDisks:
    """The file system of all simulated days of this process."""
    return SimulatedDisks(VFS)


@lru_cache(maxsize=1)
def ready_shop() -> ReadyShop:
    """The demo shop with everybody's password set."""
    disk = Disk()
    disks().mount(MADE, disk)
    with seeded_sqlite(0):
        bench = MemoryBench(Path("/", MADE), vfs=VFS).set_up()
        bench.power_cut()
    disks().unmount(MADE)
    images = {path.removeprefix(f"/{MADE}/"): raw for path, raw in disk.images().items()}
    return ReadyShop(images, bench.pad_memory.text, bench.ledger.image())

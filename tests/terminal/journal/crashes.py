"""One day in the life of a journal on a simulated disk, and what must hold after it was cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from terminal.journal.record import Head
from terminal.journal.store import Journal, JournalError, JournalFailed, look
from tests.simulation.simdisk import Disk, PowerCut
from tests.simulation.simdisk_vfs import SimulatedDisks
from tests.terminal.journal.ledger import Ledger, LedgerFold, filled, opened

PATH = "/disk/journal"
EARLIER_INTENTS = 3


class Lost(AssertionError):
    """The journal forgot, or refused, something that was acknowledged."""


@dataclass(slots=True)
class Witness:
    """Everything the journal acknowledged: the last one is what the keypad remembers."""

    heads: list[Head] = field(default_factory=list)

    @property
    def remembered(self) -> Head | None:
        return self.heads[-1] if self.heads else None


Day = Callable[[SimulatedDisks, Witness], None]


def earlier(disks: SimulatedDisks) -> tuple[dict[str, bytes], Head]:
    """A disk's files after a journal was used and closed, and its last record."""
    disk = Disk()
    disks.mount("disk", disk)
    head = filled(PATH, EARLIER_INTENTS, disks.name)
    return disk.images(), head


def day(disks: SimulatedDisks, witness: Witness) -> None:
    """Open, three records (one with a sealed number), a checkpoint, a record, close."""
    journal = opened(PATH, witness.remembered, disks.name)
    witness.heads.append(journal.head)
    try:
        _work(journal, witness)
    finally:
        journal.close()


def start(disks: SimulatedDisks, witness: Witness) -> None:
    """Only the open: recovery, if there is anything to recover."""
    journal = opened(PATH, witness.remembered, disks.name)
    witness.heads.append(journal.head)
    journal.close()


def _work(journal: Journal[Ledger], witness: Witness) -> None:
    for kind, sealed in (("intent", b"sealed" * 4), ("result", None), ("print", None)):
        witness.heads.append(journal.append(kind, {"stan": 7}, sealed).head)
    journal.drop_sealed([journal.head.number - 2])
    journal.checkpoint()
    witness.heads.append(journal.append("batch", {"number": 2, "text": "x" * 5000}).head)


def calls_of(disks: SimulatedDisks, disk: Disk, heads: list[Head], run: Day) -> int:
    """How many disk calls an undisturbed run makes."""
    disks.mount("disk", disk)
    run(disks, Witness(list(heads)))
    return disk.calls


def disturbed(disks: SimulatedDisks, disk: Disk, heads: list[Head], run: Day) -> Witness:
    """Runs until it ends or breaks; what was acknowledged until then."""
    disks.mount("disk", disk)
    witness = Witness(list(heads))
    try:
        run(disks, witness)
    except (PowerCut, JournalFailed):
        pass
    except JournalError:
        if not disk.dead and disk.faults is None:
            raise
    return witness


def check_nothing_lost(disks: SimulatedDisks, disk: Disk, witness: Witness) -> Head:
    """Starts on `disk` and compares with the witness; raises Lost."""
    disks.mount("disk", disk)
    seen = look(PATH, witness.remembered, LedgerFold(), disks.name)
    if seen.verdict not in (("ok",) if witness.heads else ("ok", "missing")):
        raise Lost(seen.reason)
    journal = opened(PATH, witness.remembered, disks.name)
    try:
        for head in witness.heads:
            if journal.hash_of(head.number) != head.hash:
                raise Lost(f"record {head.number}")
        assert journal.verify_slice(1000)
        assert sum(journal.state.kinds.values()) == journal.head.number
        return journal.head
    finally:
        journal.close()

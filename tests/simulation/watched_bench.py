"""The terminal in memory on a simulated disk, and everything about it that a checker may see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emulator.paper_slip import PaperSlip
from terminal.domain.host_profile import HostProfile
from terminal.link_events import BytesArrived, LinkEvent
from tests.scenarios.memory_bench import MemoryBench
from tests.simulation.evidence import (
    Canaries,
    Evidence,
    OperationName,
    Paper,
    Passed,
    Shown,
    Wish,
)
from tests.simulation.simdisk import Disk
from tests.simulation.simdisk_vfs import SimulatedDisks

NAME = "shop"


class WatchedBench(MemoryBench):
    """A bench that writes down what passes. A story tells its `wish` before it presses Enter."""

    def __init__(self, disks: SimulatedDisks, profile: HostProfile | None = None) -> None:
        self.disks = disks
        self.passed_by: list[Passed] = []
        self.shown: list[Shown] = []
        self.wishes: list[Wish] = []
        self.cuts: list[float] = []
        self.settled: dict[tuple[int, int], bool] = {}
        self._papers: dict[int, Paper] = {}
        disks.mount(NAME, Disk())
        super().__init__(Path("/", NAME), profile=profile, vfs=disks.name)
        self.display.on_change = self._look

    def _look(self) -> None:
        seen = Shown(self.clock.now_s, self.display.name, "", tuple(self.display.rows))
        self.shown.append(seen)

    def writes(self, wire: str, frame: bytes) -> None:
        super().writes(wire, frame)
        self.passed_by.append(Passed(self.clock.now_s, wire, True, frame))

    def step(self, event: LinkEvent | None) -> None:
        if isinstance(event, BytesArrived):
            self.passed_by.append(Passed(self.clock.now_s, event.wire, False, event.raw))
        super().step(event)
        self._collect_paper()

    def _collect_paper(self) -> None:
        for number, slip in enumerate(self.printer.slips):
            known = self._papers.get(number)
            if known is None or known.rows != slip.rows or known.cut != slip.cut:
                self._papers[number] = self._paper(slip)

    def _paper(self, slip: PaperSlip) -> Paper:
        return Paper(self.clock.now_s, slip.rows, tuple(slip.codes), slip.cut)

    def wish(self, operation: OperationName, rrn: str, amount_minor: int) -> None:
        """What the cashier is about to press Enter for."""
        self.wishes.append(Wish(self.clock.now_s, operation, rrn, amount_minor))

    def power_cut(self) -> None:
        self.cuts.append(self.clock.now_s)
        super().power_cut()

    def evidence(self, calm: bool = False, **changes: Any) -> Evidence:
        """What is left."""
        who = self.shop.identity
        disk = self.disks.disk(NAME)
        files = {p.rpartition("/")[2]: bytes(i.seen) for p, i in disk.names.items()}
        known: dict[str, Any] = {
            "terminal": who.terminal_id,
            "merchant": who.merchant_id,
            "disk": files,
            "bookings": tuple(self.ledger.bookings()),
            "passed": tuple(self.passed_by),
            "shown": tuple(self.shown),
            "papers": tuple(self._papers.values()),
            "wishes": tuple(self.wishes),
            "cuts": tuple(self.cuts),
            "calm_s": self.clock.now_s if calm else None,
            "canaries": self.canaries(),
            "settled_by_hand": dict(self.settled),
            "one_clock": True,
        }
        return Evidence(**(known | changes))

    def canaries(self) -> Canaries:
        """The demo's cards and people. Tracks of zeros are everywhere; PINs and passwords short."""
        return Canaries(
            pans=tuple(card.pan for card in self.cards),
            pins=tuple({card.pin for card in self.cards}),
            passwords=tuple(p.password for p in self.shop.people),
        )

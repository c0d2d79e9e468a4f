"""One simulated shop: the real firmware between simulated wires, disk, clocks and people.

One thread, no I/O; everything follows from the plan. The process of the firmware can end at any
effect and at any call to the disk; what is on the way to or from the host outlives it.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Final

from emulator.host.core import Connection
from terminal import app
from terminal.config import DeviceFile
from terminal.domain.host_profile import HostProfile
from terminal.journal.record import JournalFailed, JournalUnfolded
from terminal.link_events import LinkEvent
from tests.scenarios.memory_bench import DEVICES, MemoryBench
from tests.scenarios.memory_links import ACQUIRER, MemoryLink, VirtualClock
from tests.simulation.canary_cards import marked
from tests.simulation.evidence import Paper, Passed, Shown
from tests.simulation.old_disks import RESTART_S, Damage, come_back
from tests.simulation.plan import Plan, stream
from tests.simulation.profiles import PROFILES, RULES
from tests.simulation.ready_shop import VFS, ReadyShop, disks
from tests.simulation.simdisk import NEVER, Disk, PowerCut
from tests.simulation.simdisk_survivors import survivor
from tests.simulation.simulated_devices import look_at_paper, watch_people
from tests.simulation.simulated_line import SimulatedLine
from tests.simulation.trouble_kinds import Trouble
from tests.simulation.world_process import Outside, ProcessClock, watch_process, where

TICK_S: Final = 1e-6  # sums of floats: what is due is due a moment later
NO_OUTAGE: Final = (0.0, "")
REFUND_MAX_MINOR: Final = 950_000  # less than the dearest purchase of the shop
MOST_ENDINGS: Final = 2  # of the process, before somebody looks at its disk


class World(MemoryBench):
    """The shop of one plan. What could be seen is in `passed`, `shown`, `papers`, `texts`."""

    def __init__(self, plan: Plan, shop: ReadyShop) -> None:
        self.plan = plan
        self.profile_in_force: HostProfile = PROFILES[plan.profile]
        self._chances: dict[str, Random] = {}
        self.folder_name = f"day-{plan.seed}"
        disks().mount(self.folder_name, shop.disk_in(self.folder_name))
        self.passed_by: list[Passed] = []
        self.shown: list[Shown] = []
        self.papers: list[Paper] = []
        self.texts: list[str] = []
        self.cuts: list[float] = []
        self.crashes: list[str] = []  # tracebacks, and what a step has broken
        self.clear_keys: set[bytes] = set()  # in clear, as only the pad may know them
        self.forged: set[bytes] = set()
        self.answers: list[bytes] = []
        self.reached: Counter[str] = Counter()
        self.jump_s = 0.0
        self.is_on = False
        self.moments = self.exchanges = 0
        self.cut_at_moment = self.cut_again_at = NEVER
        self.line_troubles: tuple[Trouble, ...] = ()
        self.is_calm = False  # nothing that was to befall later does any more
        self.outage = NO_OUTAGE  # until when, and what befalls each exchange until then
        self.off_s = 2.0
        self.bounces = self.garbled = self.twice = self.service_wanted = False
        self.damage: Damage | None = None
        self.is_damaged = False  # until somebody of the service has looked
        self.on_key: Callable[[str], None] = lambda key: None
        self.befalls: Callable[[Trouble], None] = lambda trouble: None
        self.unplugged: set[str] = set()
        self.seen_papers = self._ended = 0
        self.serial_end: Connection | None = None
        super().__init__(
            Path("/", self.folder_name),
            parameters={"refund_max_minor": REFUND_MAX_MINOR},
            profile=self.profile_in_force,
            vfs=VFS,
            pad_memory=shop.pad_memory(),
            ledger=shop.books(),
            rules=RULES[plan.profile],
        )
        self.cards = tuple(marked(card, self.chance("card")) for card in self.cards)
        serial = plan.line == "serial"
        self.serial_end = self.host.connection("serial") if serial else None
        watch_people(self)

    def chance(self, name: str) -> Random:
        """The stream of this name."""
        if name not in self._chances:
            self._chances[name] = stream(self.plan.seed, name)
        return self._chances[name]

    @property
    def disk(self) -> Disk:
        """The disk that is in the terminal."""
        return disks().disk(self.folder_name)

    def files(self) -> Mapping[str, bytes]:
        """What a reader of the disk sees, by the names of the files."""
        start = f"/{self.folder_name}/"
        return {path.removeprefix(start): raw for path, raw in self.disk.images().items()}

    # ---- clocks, wires

    def _clock(self) -> VirtualClock:
        clock = VirtualClock()
        clock.now_s += self.plan.start_s
        return clock

    def _device(self, profile: HostProfile | None) -> DeviceFile:
        device = super()._device(profile)
        if self.plan.line == "serial":
            return replace(device, wires=replace(device.wires, acquirer="memory"))
        return device

    def _links(self) -> dict[str, Any]:
        links: dict[str, Any] = {name: MemoryLink(self, name) for name in DEVICES}
        for name in self.unplugged:
            links[name].is_up = False
        return links | {ACQUIRER: SimulatedLine(self)}

    def later(self, delay_s: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (self.clock.now_s + delay_s, next(self._order), act))

    def on_the_way(self, delay_s: float, act: Callable[[], None]) -> None:
        """As `later`, and a loss of power doesn't stop it."""
        self.later(delay_s, Outside(act))

    def writes(self, wire: str, frame: bytes) -> None:
        self.moment(f"write {wire}")
        self.passed_by.append(Passed(self.clock.now_s, wire, True, frame))

    def hears(self, raw: bytes) -> None:
        """Bytes of the acquirer's line reach the firmware."""
        self.passed_by.append(Passed(self.clock.now_s, ACQUIRER, False, raw))

    def _arrive(self, wire: str, raw: bytes) -> None:
        self.passed_by.append(Passed(self.clock.now_s, wire, False, raw))
        super()._arrive(wire, raw)

    def hand_over(self, wire: str, frame: bytes) -> None:
        super().hand_over(wire, frame)
        if wire == "printer":
            look_at_paper(self)

    # ---- the process

    def power_on(self, missing: str = "") -> None:
        """A new process on the disk as it is."""
        self.is_on = True
        self.process_clock = ProcessClock(self.clock, lambda: self.jump_s, self.plan.one_clock)
        self.links = self._links()
        self.guarded(self._start)

    def _start(self) -> None:
        self.runtime = app.runtime(self.setting, self.links, self.process_clock, self.vfs)
        watch_process(self)
        self.runtime.start()

    def moment(self, name: str) -> None:
        """Something that the power could go at."""
        self.moments += 1
        if self.moments >= self.cut_at_moment:
            self.reached[f"cut {name}"] += 1
            raise PowerCut(name)

    def step(self, event: LinkEvent | None) -> None:
        if self.is_on:
            self.guarded(self.runtime.step, event)

    def guarded(self, act: Callable[..., object], *arguments: object) -> None:
        """The firmware acts; the power may go, its disk may fail, and it must never do worse."""
        try:
            act(*arguments)
        except PowerCut:
            self.lose_power()
        except JournalFailed as error:
            self.texts.append(str(error))
            self.reached["process ended by a failed write"] += 1
            if isinstance(error, JournalUnfolded):  # the firmware's own fault, not its disk's
                self.crashes.append(where(error))
            self._end_process()
        except Exception as error:  # anything else is a traceback at a user
            self.crashes.append(where(error))
            self._end_process()

    def _end_process(self) -> None:
        self.disk.kill()
        self.release()
        self._ended += 1
        if self._ended > MOST_ENDINGS:  # somebody makes room on the disk
            self.disk.quota_bytes = None
        self.on_the_way(RESTART_S, self.start_again)

    def start_again(self) -> None:
        """Power is there, or somebody has looked: a new process, unless one runs."""
        if not self.is_on:
            self.cut_at_moment, self.cut_again_at = self.moments + self.cut_again_at, NEVER
            self.power_on()

    def lose_power(self) -> None:
        """The terminal and its devices are dark for a while; then the disk is what survived."""
        self.cut_at_moment = NEVER
        self.cuts.append(self.clock.now_s)
        dead = self.disk
        dead.cut_power()
        self.release()
        come_back(self, survivor(dead, self.chance("disk")))
        for model in (self.keypad, self.display, self.printer):
            model.restart()

    def put_in(self, disk: Disk) -> None:
        """This is the terminal's disk from now on."""
        disks().mount(self.folder_name, disk)

    def release(self) -> None:
        """Nothing of the process is left, nor of what it would still have heard."""
        self.is_on = False
        journal = getattr(self.runtime, "journal", None)
        if journal is not None:
            with suppress(PowerCut):  # its disk answers nothing any more
                journal._journal.close()  # and no lock is left
        for name in DEVICES:
            self.links[name].is_open = False
        self._heap = [entry for entry in self._heap if isinstance(entry[2], Outside)]
        heapq.heapify(self._heap)

    def _firmware_due_s(self) -> float:
        if not self.is_on:
            return math.inf
        return self.runtime.next_due_s() + self.process_clock.since_s + TICK_S

    def close(self) -> None:
        """The day is over."""
        if self.is_on:
            self.disk.kill()
            self.release()
        self.ledger.close()
        disks().unmount(self.folder_name)

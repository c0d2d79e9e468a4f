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
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import apsw

from emulator.frames import Out
from emulator.host.core import Connection
from terminal import app
from terminal.config import DeviceFile
from terminal.domain.host_profile import HostProfile
from terminal.effects import Effect, Persist
from terminal.journal.record import JournalFailed
from terminal.link_events import LinkEvent
from tests.scenarios.memory_bench import DEVICES, MemoryBench
from tests.scenarios.memory_links import ACQUIRER, START, START_S, MemoryLink, VirtualClock
from tests.simulation.canary_cards import marked, working_keys
from tests.simulation.evidence import Paper, Passed, Shown
from tests.simulation.old_disks import REFUSED, Damage
from tests.simulation.plan import Plan, stream
from tests.simulation.profiles import PROFILES, RULES
from tests.simulation.ready_shop import VFS, ReadyShop, disks
from tests.simulation.simdisk import NEVER, Call, Disk, PowerCut
from tests.simulation.simdisk_survivors import survivor
from tests.simulation.simulated_line import SimulatedLine
from tests.simulation.step_checks import broken_by
from tests.simulation.trouble_kinds import Trouble

TICK_S: Final = 1e-6  # sums of floats: what is due is due a moment later
NO_OUTAGE: Final = (0.0, "")
REFUND_MAX_MINOR: Final = 950_000  # less than the dearest purchase of the shop
LOOK_S: Final = 1.5  # before anybody can have logged on
MOST_ENDINGS: Final = 2  # of the process, before somebody looks at its disk
RESTART_S: Final = 3.0  # whatever watches over the firmware starts it again
IO_ERRORS: Final = {"write": apsw.SQLITE_IOERR_WRITE, "sync": apsw.SQLITE_IOERR_FSYNC}


class ProcessClock:
    """The firmware's clocks: one counts from its own start, the other is the world's and jumps."""

    def __init__(self, clock: VirtualClock, jump_s: Callable[[], float], is_worlds: bool) -> None:
        self._clock = clock
        self._jump_s = jump_s
        self.since_s = 0.0 if is_worlds else clock.now_s - 10.0

    def monotonic_s(self) -> float:
        return self._clock.now_s - self.since_s

    def wall(self) -> datetime:
        return START + timedelta(seconds=self._clock.now_s - START_S + self._jump_s())


class Outside:
    """Something that happens whether the terminal has power or not."""

    __slots__ = ("act",)

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    def __call__(self) -> None:
        self.act()


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
        self.on_key: Callable[[str], None] = lambda key: None
        self.befalls: Callable[[Trouble], None] = lambda trouble: None
        self._unplugged: set[str] = set()
        self._seen_papers = self._ended = 0
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
        self.display.on_change = self._picture
        self._watch_keys()

    def chance(self, name: str) -> Random:
        """The stream of this name."""
        if name not in self._chances:
            self._chances[name] = stream(self.plan.seed, name)
        return self._chances[name]

    @property
    def disk(self) -> Disk:
        """The disk that is in the terminal."""
        return disks().disk(self.folder_name)

    @property
    def pad_number(self) -> int:
        """The newest record that the keypad remembers."""
        return int(self.pad_memory.load().get("record_number", 0))

    @property
    def head_number(self) -> int:
        """The newest record of the open journal; 0 without one."""
        journal = self.runtime.journal
        return journal.head[0] if journal else 0

    def files(self) -> Mapping[str, bytes]:
        """What a reader of the disk sees, by the names of the files."""
        start = f"/{self.folder_name}/"
        return {path.removeprefix(start): raw for path, raw in self.disk.images().items()}

    def host_says_minor(self, key: tuple[int, int]) -> int:
        """What the host has booked under this batch and trace number; nothing is 0."""
        mine = (
            b for b in self.ledger.bookings() if (int(str(b["batch"])), int(str(b["stan"]))) == key
        )
        done = (b for b in mine if b["state"] in ("booked", "settled", "voided"))
        return max((int(str(b["amount_minor"])) for b in done), default=0)

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
        for name in self._unplugged:
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
            self.look_at_paper()

    def unplug(self, wire: str, seconds: float) -> None:
        """A cable is out for so long."""
        self._unplugged.add(wire)
        if self.is_on:
            self.links[wire].pull()
        self.on_the_way(seconds, lambda: self._plug(wire))

    def _plug(self, wire: str) -> None:
        self._unplugged.discard(wire)
        self.links[wire].plug()

    def mute(self, wire: str, seconds: float) -> None:
        """The cable is there, and nothing comes through for so long."""
        link = self.links[wire]
        link.is_mute = True
        self.on_the_way(seconds, lambda: setattr(link, "is_mute", False))

    def next_exchange(self) -> Mapping[str, Trouble]:
        """A line to the host is opened: what will go wrong on it, by kind."""
        self.exchanges += 1
        mine = [t for t in self.line_troubles if t.at == self.exchanges]
        until_s, lasting = self.outage  # what begins with this exchange befalls the next ones
        for trouble in mine:
            self.reached[trouble.kind] += 1
            self.befalls(trouble)
        troubles = {t.kind: t for t in mine if t.kind.startswith("line.")}
        return troubles | ({lasting: Trouble(lasting)} if self.clock.now_s < until_s else {})

    # ---- what people do and see

    def _watch_keys(self) -> None:
        press = self.keypad.press

        def watched(key: str, now_s: float) -> Out:
            self.on_key(key)
            return press(key, now_s)

        self.keypad.press = watched  # type: ignore[method-assign]  # the pad has no such seam

    def _picture(self) -> None:
        display = self.display
        picture = (display.name, display.rows)
        if not self.shown or picture != (self.shown[-1].name, self.shown[-1].rows):
            self.shown.append(Shown(self.clock.now_s, display.name, display.language, display.rows))
            self.reached[f"screen {display.name}"] += 1

    def look_at_paper(self) -> None:
        """Note what the printer has cut off since."""
        cut = [slip for slip in self.printer.slips if slip.cut]
        for slip in cut[self._seen_papers :]:
            codes = tuple(map(str, slip.codes))
            self.papers.append(Paper(self.clock.now_s, slip.rows, codes, cut=True))
        self._seen_papers = len(cut)

    # ---- the process

    def power_on(self, missing: str = "") -> None:
        """A new process on the disk as it is."""
        self.is_on = True
        self.process_clock = ProcessClock(self.clock, lambda: self.jump_s, self.plan.one_clock)
        self.links = self._links()
        self.guarded(self._start)

    def _start(self) -> None:
        self.runtime = app.runtime(self.setting, self.links, self.process_clock, self.vfs)
        self._watch()
        self.runtime.start()

    def _watch(self) -> None:
        perform = self.runtime._perform

        def watched(effect: Effect) -> None:
            name = type(effect).__name__
            self.moment(f"before {name}")
            before = frozenset(self.runtime.facts.books.unresolved)
            perform(effect)
            if isinstance(effect, Persist):
                self.crashes += broken_by(effect, before, self.runtime.facts.books)
                if effect.kind == "signed_in":
                    self._note_keys()
            self.moment(f"after {name}")

        self.runtime._perform = watched  # type: ignore[method-assign]  # the runtime has no such seam

    def _note_keys(self) -> None:
        (terminal,) = self.host.config.terminals
        session = self.ledger.session(terminal.tid, terminal.mid)
        if session:
            self.clear_keys |= {terminal.tmk, *working_keys(terminal.tmk, session.key_block)}

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
            self._end_process()
        except Exception as error:  # anything else is a traceback at a user
            self.crashes.append(_where(error))
            self._end_process()

    def _end_process(self) -> None:
        self.disk.kill()
        self._release()
        self._ended += 1
        if self._ended > MOST_ENDINGS:  # somebody makes room on the disk
            self.disk.quota_bytes = None
        self.on_the_way(RESTART_S, self._start_again)

    def _start_again(self) -> None:
        if not self.is_on:
            self.cut_at_moment, self.cut_again_at = self.moments + self.cut_again_at, NEVER
            self.power_on()

    def lose_power(self) -> None:
        """The terminal and its devices are dark for a while; then the disk is what survived."""
        self.cut_at_moment = NEVER
        self.cuts.append(self.clock.now_s)
        dead = self.disk
        dead.cut_power()
        self._release()
        self._come_back(survivor(dead, self.chance("disk")))
        for model in (self.keypad, self.display, self.printer):
            model.restart()

    def _come_back(self, good: Disk) -> None:
        damage, self.damage = self.damage, None
        bad = damage.disk(self, good) if damage else None
        self.put_in(bad or good)
        self.on_the_way(self.off_s, self._start_again)
        if damage and bad:
            self.on_the_way(self.off_s + LOOK_S, lambda: self._service(damage, good))

    def _service(self, damage: Damage, good: Disk) -> None:
        """Somebody looks at a terminal with a disk that isn't what was written last."""
        is_looked_at = self.display.name == REFUSED or self.runtime.journal is not None
        if not (self.is_on and is_looked_at):  # it has not come up yet: later
            self.on_the_way(LOOK_S, lambda: self._service(damage, good))
            return
        if self.display.name == REFUSED:
            self.reached[f"refused {type(damage).__name__}"] += 1
        elif damage.is_accepted(self):
            self.crashes.append(f"a journal with {type(damage).__name__} was accepted")
        elif not self.service_wanted:
            return
        self.service_wanted = False
        self.disk.cut_power()
        self._release()
        self.put_in(damage.mended(self, good))
        self.on_the_way(RESTART_S, self._start_again)

    def put_in(self, disk: Disk) -> None:
        """This is the terminal's disk from now on."""
        disks().mount(self.folder_name, disk)

    def _release(self) -> None:
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

    def fail_disk(self, operation: str, after: int) -> None:
        """The next so-manieth call of this kind fails, once."""
        left = [after]

        def faults(call: Call) -> int | None:
            if call.operation != operation:
                return None
            left[0] -= 1
            return IO_ERRORS[operation] if left[0] == 0 else None

        self.disk.faults = faults

    def close(self) -> None:
        """The day is over."""
        if self.is_on:
            self.disk.kill()
            self._release()
        self.ledger.close()
        disks().unmount(self.folder_name)


def _where(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    code = place.tb_frame.f_code if place else None
    name = Path(code.co_filename).name if code else "?"
    return f"{type(error).__name__}: {error} ({name}:{place.tb_lineno if place else 0})"

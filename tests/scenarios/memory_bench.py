"""The whole terminal in memory: real firmware, real device models and host, virtual time.

One thread, no I/O but the journal's file (or a simulated disk). A story presses keys, swipes and
scans, then looks at the screen, the paper, the host's ledger and the journal.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from emulator import hands
from emulator.acquirer import host_config
from emulator.card_reader import CardReaderModel
from emulator.cards import Card, card_named, deck, seed_sales
from emulator.cut import CuttableHost
from emulator.devices import _pad_setup
from emulator.display import DisplayModel
from emulator.host.config import HostProfile as HostRules
from emulator.host.core import Host
from emulator.host.ledger import Ledger
from emulator.keypad import KeypadModel
from emulator.line_trouble import LineTrouble
from emulator.pad_memory import MemoryInRam
from emulator.printer import PrinterModel
from emulator.requests import Scan, ShowCard
from emulator.scanner import ScannerModel
from emulator.shop import SHOPS, Shop, load_shop
from emulator.slip_codes import slip_code
from terminal import app
from terminal.config import DeviceFile, WireUrls
from terminal.domain.facts import HOST_ZONE, Identity
from terminal.domain.host_profile import HostProfile
from terminal.domain.parameters import Parameters
from terminal.link_events import BytesArrived, LinkEvent
from tests.scenarios.memory_links import ACQUIRER, WIRE_S, HostLine, MemoryLink, VirtualClock
from tests.scenarios.memory_parts import MemoryParts

DEVICES = ("keypad", "display", "reader", "scanner", "printer")
CHEAP = 1000  # rounds of the password hash: stories are not about its cost


@lru_cache(maxsize=1)
def demo_shop() -> Shop:
    """The demo shop, read once a process: nothing changes it."""
    return load_shop(SHOPS / "demo.toml")


class MemoryBench:
    """A demo shop in memory. `folder` holds the journal.

    `pad_memory` and `ledger`: of a shop that was here before; new ones if there was none.
    `rules`: of the host, where they aren't the demo shop's. `seed`: of whatever is random.
    """

    def __init__(
        self,
        folder: Path,
        parameters: dict[str, Any] | None = None,
        profile: HostProfile | None = None,
        vfs: str | None = None,
        pad_memory: MemoryInRam | None = None,
        ledger: Ledger | None = None,
        rules: HostRules | None = None,
        seed: int = 7,
    ) -> None:
        self.folder, self.vfs = folder, vfs
        self.clock = self._clock()
        self.sent: list[tuple[str, bytes]] = []
        self.on_moment: Callable[[str], None] | None = None
        self.screens: list[str] = []
        self.host_ahead = timedelta()  # the host's clock, beside the right time
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self.shop = demo_shop()
        self.cards = deck()
        self.ledger = ledger or Ledger(":memory:")
        config = host_config(self.shop)
        config = replace(config, profile=rules) if rules else config
        self.host = Host(config, self.ledger, self._host_now, seed)
        self.host_lines = CuttableHost(self.host)
        self.troubles: Mapping[str, LineTrouble] = {name: LineTrouble() for name in DEVICES}
        today = self._host_now().date()
        seed_sales(self.ledger, self.cards, config.terminals[0], today, seed)
        self.pad_memory = pad_memory or MemoryInRam()
        self.keypad = KeypadModel(_pad_setup(self.shop.pad), self.pad_memory, seed)
        self.display, self.reader = DisplayModel(seed), CardReaderModel()
        self.scanner, self.printer = ScannerModel(), PrinterModel()
        self.parts = MemoryParts(self)
        self.setting = app.Setting(self._device(profile), self._parameters(parameters), folder)
        self.power_on()

    def _clock(self) -> VirtualClock:
        return VirtualClock()

    def _links(self) -> dict[str, Any]:
        return {name: MemoryLink(self, name) for name in DEVICES} | {ACQUIRER: HostLine(self)}

    def _host_now(self) -> datetime:
        right = self.clock.right_time() + self.host_ahead
        return right.astimezone(HOST_ZONE).replace(tzinfo=None)

    def _device(self, profile: HostProfile | None) -> DeviceFile:
        who = self.shop.identity
        urls = WireUrls(*("memory",) * 5, "tcp://memory")
        identity = Identity(
            who.terminal_id, who.merchant_id, who.serial, who.licence, who.tpdu, who.header
        )
        return DeviceFile(identity, urls, profile=profile or HostProfile())

    def _parameters(self, changes: dict[str, Any] | None) -> Parameters:
        table = self.shop.parameters | {"password_cost": CHEAP}
        people = tuple(
            {"number": p.number, "name": p.name, "role": p.role} for p in self.shop.people
        )
        return msgspec.convert(table | {"people": people} | (changes or {}), Parameters)

    # ---- power and time

    def power_on(self, missing: str = "") -> None:
        """A new process on the journal that is there; one device may be unplugged."""
        self._heap.clear()
        self.links: dict[str, Any] = self._links()
        for wire in {missing, *self.parts.pulled} - {""}:
            self.links[wire].is_up = False
        self.runtime = app.runtime(self.setting, self.links, self.clock, self.vfs)
        self.runtime.start()
        self.run(0.5)

    def power_cut(self) -> None:
        """The process is gone at once; devices lose what they were doing."""
        journal = self.runtime.journal
        if journal is not None:
            journal._journal.close()  # type: ignore[attr-defined]  # a dead process holds no lock
        self._heap.clear()
        for model in (self.keypad, self.display, self.printer):
            model.restart()

    def writes(self, wire: str, frame: bytes) -> None:
        """The firmware is about to write a frame."""
        self.passed(f"write {wire}")
        self.sent.append((wire, frame))

    def passed(self, name: str) -> None:
        """Something happened that the power could be cut after."""
        if self.on_moment:
            self.on_moment(name)

    def later(self, delay_s: float, act: Callable[[], None]) -> None:
        """Do something when that much time has passed."""
        heapq.heappush(self._heap, (self.clock.now_s + delay_s, next(self._order), act))

    def tell(self, event: LinkEvent) -> None:
        """Hand a link's report to the firmware, never inside its own step."""
        self.later(0.0, lambda: self.step(event))

    def step(self, event: LinkEvent | None) -> None:
        """One step of the firmware."""
        self.runtime.step(event)
        assert self.runtime.shown, "no screen after a step"
        name = self.runtime.shown[0].name
        if not self.screens or self.screens[-1] != name:
            self.screens.append(name)

    def hand_over(self, wire: str, frame: bytes) -> None:
        """A frame of the firmware reaches its device."""
        if self.parts.trace:
            self.parts.trace.received(wire, frame)
        receive = getattr(getattr(self, wire), "receive", None)
        if receive:
            self.answer(wire, receive(frame, self.clock.now_s))

    def answer(self, wire: str, out: tuple[tuple[float, bytes], ...]) -> None:
        """What a device says reaches the firmware."""
        for delay_s, raw in out:
            late_s = self.troubles[wire].late_s(raw, self.clock.now_s + delay_s)
            self.later(delay_s + late_s + WIRE_S, partial(self._arrive, wire, raw))

    def _arrive(self, wire: str, raw: bytes) -> None:
        link = self.links[wire]
        heard = link.passed(raw) if link.is_open and not link.is_mute else b""
        if not heard or not link.is_open:
            return
        if self.parts.trace:
            self.parts.trace.sent(wire, heard)
        self.step(BytesArrived(wire, heard))

    def run(self, seconds: float) -> MemoryBench:
        """Let this much time pass."""
        end_s = self.clock.now_s + seconds
        while self._did_one(end_s):
            pass
        self.clock.now_s = end_s
        return self

    def _firmware_due_s(self) -> float:
        return self.runtime.next_due_s()

    def _did_one(self, end_s: float) -> bool:
        """Do what is next; False when nothing is before the end."""
        later_s = self._heap[0][0] if self._heap else math.inf
        models_s = min(self.keypad.due_s, self.printer.due_s)
        at_s = min(later_s, models_s, self._firmware_due_s())
        if at_s > end_s:
            return False
        self.clock.now_s = now_s = max(self.clock.now_s, at_s)
        if later_s <= now_s:
            heapq.heappop(self._heap)[2]()
        elif models_s <= now_s:
            self.answer("keypad", self.keypad.tick(now_s))
            self.answer("printer", self.printer.tick(now_s))
        else:
            self.step(None)
        return True

    # ---- hands and eyes

    def keys(self, text: str) -> MemoryBench:
        """Press keys: names apart, digits together, as in `01 ENTER 2580 ENTER`."""
        for word in text.split():
            for key in list(word) if word.isdigit() else [word]:
                self.parts.press(key)
                self.run(0.05)
        return self

    def scan(self, text: str) -> MemoryBench:
        """Scan a line of text."""
        hands.scan(self.parts.as_parts(), Scan(text=text))
        self.run(0.1)
        return self

    def swipe(self, name: str) -> MemoryBench:
        """Swipe a card of the deck."""
        hands.swipe(self.parts.as_parts(), ShowCard(card=name))
        self.run(0.1)
        return self

    def card(self, name: str) -> Card:
        """A card of the deck."""
        return card_named(self.cards, name)

    def sale(self, **wanted: object) -> dict[str, Any]:
        """The first sale of the host's ledger with these values."""
        listed = self.host.sales()
        return next(s for s in listed if all(s[k] == v for k, v in wanted.items()))

    def code(self, sale: dict[str, Any]) -> str:
        """The code on a sale's slip."""
        return slip_code(self.keypad, sale, self.card(str(sale["card"])))

    @property
    def screen(self) -> str:
        """The screen's name, as the display was told."""
        return self.display.name

    @property
    def rows(self) -> str:
        """What stands on the display."""
        return "\n".join(self.display.rows)

    def records(self, kind: str | None = None) -> list[Any]:
        """The journal's records."""
        journal = self.runtime.journal._journal  # type: ignore[union-attr]
        return [r for r in journal.records() if kind is None or r.kind == kind]

    def set_up(self) -> MemoryBench:
        """The one-time code, then everybody's password."""
        self.keys(self.shop.pad.one_time_code).keys("ENTER")
        for person in self.shop.people:
            self.keys(f"{person.password} ENTER {person.password} ENTER")
        return self

    def log_on(self, number: str = "01") -> MemoryBench:
        """Number and password, then whatever follows by itself."""
        password = next(p.password for p in self.shop.people if p.number == number)
        self.keys(f"{number} ENTER {password} ENTER")
        self.run(4.0)
        return self

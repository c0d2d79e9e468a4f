"""The bench in memory as the verbs of the control channel see one: hands, eyes, faults, trace."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from emulator import hands
from emulator.cards import Card, card_named
from emulator.device_faults import BadLine, Faults, Faulty
from emulator.frames import Out
from emulator.host.ledger import Ledger
from emulator.keypad import KeypadModel
from emulator.parts import Parts
from emulator.printer import PrinterModel
from emulator.screen_watch import ScreenWatch
from emulator.shop import Shop
from emulator.trace import Trace
from emulator.trace_masking import Masking

if TYPE_CHECKING:
    from tests.scenarios.memory_bench import MemoryBench


class PowerGone(BaseException):
    """The power is gone; nothing on the way may catch it."""


class MemoryDevices:
    """The device models; what they say reaches the firmware after its delay."""

    def __init__(self, bench: MemoryBench) -> None:
        self._bench = bench

    def __getattr__(self, name: str) -> Any:
        # keypad, display, reader, scanner, printer: the bench's own, which a test may exchange.
        return getattr(self._bench, name)

    @property
    def keypad(self) -> KeypadModel:
        return self._bench.keypad

    @property
    def printer(self) -> PrinterModel:
        return self._bench.printer

    def say(self, name: str, out: Out) -> None:
        """Send what a model said when somebody touched it."""
        self._bench.answer(name, out)

    def go_on(self) -> None:
        """The printer may have something to print or to say."""
        self.say("printer", self.printer.tick(self.now_s))

    @property
    def is_entry_open(self) -> bool:
        """Whether the keypad takes a secret now."""
        return not math.isinf(self.keypad.due_s)

    @property
    def now_s(self) -> float:
        """The clock that the models are given."""
        return self._bench.clock.now_s


class MemoryAcquirer:
    """The host's books and the deck."""

    def __init__(self, bench: MemoryBench) -> None:
        self._bench = bench
        self.cards = bench.cards

    @property
    def ledger(self) -> Ledger:
        return self._bench.ledger

    def card(self, name: str) -> Card:
        """A card of the deck. KeyError with the names there are."""
        return card_named(self.cards, name)

    def sales(self, code_for: Callable[[dict[str, object]], str]) -> list[dict[str, object]]:
        """The purchases on the books with what remains, each with the code on its slip."""
        return [{**sale, "code": code_for(sale)} for sale in self._bench.host.sales()]


class MemoryParts:
    """What the verbs work on. `pulled`: wires that a fault or a person holds out."""

    def __init__(self, bench: MemoryBench) -> None:
        self._bench = bench
        self.shop: Shop = bench.shop
        self.devices = MemoryDevices(bench)
        self.acquirer = MemoryAcquirer(bench)
        self.screens = ScreenWatch(bench.display)
        self.pulled: set[str] = set()
        self.trace: Trace | None = None
        self.orders: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "pull": lambda params: self.set_link(params["wire"], False),
            "plug": lambda params: self.set_link(params["wire"], True),
            "power.cut": self._cut,
            "clock.jump": self._jump,
        }
        faulty = Faulty(self.devices, self._lines, bench.host.faults, "simulation", self._order)
        self.faults = Faults(faulty)
        self.screens.on_name = self.faults.shown

    def as_parts(self) -> Parts:
        """For the verbs, which use no more of a bench than there is here."""
        return cast(Parts, self)

    def press(self, key: str) -> None:
        """A key goes down and up."""
        self.faults.pressing(key)
        hands.press_key(self.as_parts(), key)

    def set_link(self, wire: str, is_up: bool) -> None:
        """A cable is pulled, or put back."""
        (self.pulled.discard if is_up else self.pulled.add)(wire)
        link = self._bench.links[wire]
        link.plug() if is_up else link.pull()

    def watch_wires(self) -> Trace:
        """From now on what passes is written down."""
        who = self.shop.identity
        masking = Masking((who.terminal_id, who.merchant_id))
        self.trace = Trace(
            masking,
            lambda: self._bench.clock.now_s,
            lambda: "card" in self.screens.now.name,
            self._bench.clock.wall,
        )
        self._bench.host.on_traffic = self.trace.exchanged
        return self.trace

    def printer_now(self) -> dict[str, object]:
        """The printer's cover and paper, for the control channel."""
        return Parts.printer_now(self.as_parts())

    def _lines(self) -> Mapping[str, BadLine]:
        return self._bench.links

    def _order(self, name: str, params: Mapping[str, Any]) -> None:
        self.orders[name](params)

    def _cut(self, _params: Mapping[str, Any]) -> None:
        raise PowerGone("power.cut")

    def _jump(self, params: Mapping[str, Any]) -> None:
        self._bench.clock.wrong_by += timedelta(seconds=params["seconds"])

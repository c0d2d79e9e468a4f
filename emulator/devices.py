"""The five emulated devices, each on its wire."""

import asyncio
import math
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from emulator.card_reader import CardReaderModel
from emulator.display import DisplayModel
from emulator.keypad import KeypadModel, MemoryInFile, PadSetup
from emulator.printer import PrinterModel
from emulator.scanner import ScannerModel
from emulator.serve import Behaviour, Out, Station, Tracing
from emulator.serve_paced import PacedWire
from emulator.serve_tcp import TcpWire
from emulator.serve_wires import PtyWire, Wire
from emulator.shop import Pad

WireKind = Literal["pty", "tcp", "rfc2217"]
HostLineKind = Literal["tcp", "tls", "serial"]
DEVICES: Final = ("keypad", "display", "reader", "scanner", "printer")


class Devices:
    """Models and their stations. Seeds make the devices' random numbers repeatable."""

    def __init__(self, pad: Pad, memory: Path, seed: int) -> None:
        self.keypad = KeypadModel(_pad_setup(pad), MemoryInFile(memory), seed)
        self.display = DisplayModel(seed)
        self.reader = CardReaderModel()
        self.scanner = ScannerModel()
        self.printer = PrinterModel()
        self.stations: dict[str, Station] = {}

    async def connect(self, wire_to: Callable[[str], Wire], trace: Tracing) -> None:
        """Put every device on a wire of its own. OSError when the wires can't be had."""
        for name, behaviour in self._behaviours().items():
            self.stations[name] = Station(name, behaviour, wire_to(name), trace)
            await self.stations[name].set_link(True)

    async def disconnect(self) -> None:
        """Take the wires away."""
        for station in self.stations.values():
            await station.close()

    def urls(self) -> dict[str, str]:
        """What the firmware opens, by the name of the wire."""
        return {name: station.wire.url for name, station in self.stations.items()}

    def say(self, name: str, out: Out) -> None:
        """Send what a model said when somebody touched it."""
        self.stations[name].emit(out)

    def go_on(self) -> None:
        """The printer may have something to print or to say."""
        self.say("printer", self.printer.tick(self.now_s))

    def lose_power(self) -> None:
        """The terminal is off and on again: entries and screens are gone, memories stay."""
        for name, model in (
            ("keypad", self.keypad),
            ("display", self.display),
            ("printer", self.printer),
        ):
            self.stations[name].forget()
            model.restart()

    @property
    def is_entry_open(self) -> bool:
        """Whether the keypad takes a secret now: only a secure entry has a deadline."""
        return not math.isinf(self.keypad.due_s)

    @property
    def now_s(self) -> float:
        """The clock that the models are given."""
        return asyncio.get_running_loop().time()

    def _behaviours(self) -> dict[str, Behaviour]:
        keypad, printer = self.keypad, self.printer
        return {
            "keypad": Behaviour(keypad.receive, keypad.tick, lambda: keypad.due_s),
            "display": Behaviour(self.display.receive),
            "reader": Behaviour(),
            "scanner": Behaviour(),
            "printer": Behaviour(printer.receive, printer.tick, lambda: printer.due_s),
        }


def make_wire(kind: WireKind, link: Path, baud: int = 0) -> Wire:
    """A wire of this kind; `link` is where a pseudo-terminal gets its name.

    `baud`: how fast a pseudo-terminal is; 0: as fast as it goes.
    """
    if kind == "pty":
        return PacedWire(PtyWire(link), baud) if baud else PtyWire(link)
    if kind == "tcp":
        return TcpWire()
    # Only here: importing it takes a while, and the firmware's side is rarely looked at this way.
    from emulator.serve_rfc2217 import rfc2217_wire

    return rfc2217_wire()


def _pad_setup(pad: Pad) -> PadSetup:
    return PadSetup(
        serial=pad.serial,
        device_key=pad.device_key,
        token_key=pad.token_key,
        master_key=pad.master_key,
        shop_key=pad.shop_key,
        one_time_code=pad.one_time_code,
    )

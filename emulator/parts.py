"""What a bench is put together from; every verb of the control channel works on this."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from emulator.acquirer import Acquirer
from emulator.cut import ACQUIRER
from emulator.device_faults import Faults
from emulator.devices import DEVICES, Devices, HostLineKind, WireKind
from emulator.firmware import MODULE, Firmware
from emulator.lab_cables import LabCable
from emulator.screen_watch import ScreenWatch
from emulator.serve_cut import Cable
from emulator.shop import Shop
from emulator.trace import Trace


@dataclass(frozen=True, slots=True)
class BenchOptions:
    """How a bench is put together.

    `acquirer`: the URL of another host than the emulated one; `host_line`: how the emulated one is
    reached; `baud`: the speed of the wires that are pseudo-terminals, 0: as fast as they go;
    `cables`: the wires, by name, that are cables to another computer;
    `pcap`: the file that the host's line is captured in, where it is TCP or TLS;
    `firmware`: what Python runs, with the path of device.toml behind it.
    """

    state: Path
    shop: Shop
    wires: WireKind = "pty"
    acquirer: str = ""
    host_line: HostLineKind = "tcp"
    baud: int = 0
    devices_only: bool = False
    is_fresh: bool = False
    seed: int = 1
    pcap: Path | None = None
    firmware: tuple[str, ...] = MODULE
    cables: Mapping[str, LabCable] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, dict[str, object]]:
        """What the firmware has to know of its lines: the speed, where it is not the usual one."""
        slow = dict.fromkeys((*DEVICES, ACQUIRER), self.baud) if self.baud else {}
        speeds = slow | {name: cable.baud for name, cable in self.cables.items()}
        return {name: {"baudrate": baud} for name, baud in speeds.items()}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a running bench. `orders_done` waits for what the armed faults want done."""

    options: BenchOptions
    acquirer: Acquirer
    devices: Devices
    screens: ScreenWatch
    trace: Trace
    faults: Faults
    firmware: Firmware
    device_file: Path
    orders_done: Callable[[], Awaitable[None]]

    @property
    def shop(self) -> Shop:
        """Whose terminal this is."""
        return self.options.shop

    @property
    def cables(self) -> Mapping[str, Cable]:
        """Every wire that is ours to pull, by its name; another host's line isn't."""
        host = {} if self.options.acquirer else {ACQUIRER: self.acquirer.line}
        return {**self.devices.stations, **host}

    def firmware_now(self) -> dict[str, object]:
        """The terminal's power and its cables, for the control channel."""
        return {
            "state": self.firmware.state,
            "last_line": self.firmware.last_line(),
            "devices_only": self.options.devices_only,
            "links": {name: "up" if c.is_up else "down" for name, c in self.cables.items()},
        }

    def printer_now(self) -> dict[str, object]:
        """The printer's cover and paper, for the control channel."""
        printer = self.devices.printer
        return {
            "cover": "open" if printer.is_cover_open else "closed",
            "paper": "loaded" if printer.has_paper else "out",
        }

"""What a bench is put together from; every verb of the control channel works on this."""

from dataclasses import dataclass
from pathlib import Path

from emulator.acquirer import Acquirer
from emulator.device_faults import Faults
from emulator.devices import Devices, WireKind
from emulator.firmware import Firmware
from emulator.screen_watch import ScreenWatch
from emulator.shop import Shop
from emulator.trace import Trace


@dataclass(frozen=True, slots=True)
class BenchOptions:
    """How a bench is put together. `acquirer`: the URL of another host than the emulated one."""

    state: Path
    shop: Shop
    wires: WireKind = "pty"
    acquirer: str = ""
    devices_only: bool = False
    is_fresh: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a running bench."""

    options: BenchOptions
    acquirer: Acquirer
    devices: Devices
    screens: ScreenWatch
    trace: Trace
    faults: Faults
    firmware: Firmware
    device_file: Path

    @property
    def shop(self) -> Shop:
        """Whose terminal this is."""
        return self.options.shop

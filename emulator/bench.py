"""The whole emulated bench: devices on their wires, the host, the firmware, and who watches."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from emulator.acquirer import Acquirer, host_config
from emulator.acquirer_line import TcpHostLine
from emulator.acquirer_tls import certificates, terminal_files
from emulator.capture import Capture
from emulator.cut import ACQUIRER
from emulator.device_faults import BadLine, Faults, Faulty
from emulator.device_file import DeviceFiles, write_device_files
from emulator.devices import Devices, WireKind, make_wire
from emulator.fault_kinds import FaultWorld
from emulator.firmware import Firmware
from emulator.host.tls import server_context
from emulator.host.traffic import Traffic
from emulator.lab_cables import cable_wire
from emulator.orders import Orders
from emulator.paper_slip import PaperSlip
from emulator.parts import BenchOptions, Parts
from emulator.pushes import Push, Pushes
from emulator.requests import RequestError
from emulator.screen_watch import ScreenWatch
from emulator.serve_wires import Wire
from emulator.set_up_play import SetUpPlay
from emulator.state_folder import StateFolder
from emulator.trace import Trace
from emulator.trace_masking import Masking
from emulator.verbs import done

FAULT_VERBS: Final = frozenset({"fault", "clear"})
Say = Callable[[str], None]


class Bench:
    """A running bench; everything happens on the loop it was started on."""

    def __init__(self, parts: Parts, say: Say) -> None:
        self.parts = parts
        self._say = say
        self._told_changes = 0
        self._pushes = Pushes(parts)
        parts.acquirer.host.on_traffic = self._exchanged
        parts.firmware.on_exit = self._ended
        parts.screens.on_name = parts.faults.shown
        for cable in parts.cables.values():
            cable.on_link = self._linked

    async def do(self, message: Mapping[str, Any]) -> dict[str, object]:
        """One request of the control channel to its reply; errors are replies too."""
        reply: dict[str, object] = {"id": message.get("id")}
        try:
            reply |= {"ok": True, **await done(self.parts, message)}
            await self.parts.orders_done()
        except RequestError as error:
            return {**reply, "ok": False, "error": str(error)}
        self._tell_of(message["do"])
        return reply

    @property
    def slips(self) -> tuple[PaperSlip, ...]:
        """The paper, oldest first, the strip that hangs in the printer too."""
        return self.parts.devices.printer.slips

    def subscribe(self, push: Push) -> Callable[[], None]:
        """Be told of everything that changes; the result ends it."""
        return self._pushes.subscribe(push)

    def power_went_off(self) -> None:
        """A fault has cut the terminal's power."""
        self._pushes.firmware_changed()

    def _tell_of(self, verb: str) -> None:
        if verb == "power":
            self._pushes.firmware_changed()
        elif verb in FAULT_VERBS or self.parts.faults.changes != self._told_changes:
            self._told_changes = self.parts.faults.changes
            self._pushes.faults_changed()

    def _exchanged(self, traffic: Traffic) -> None:
        self.parts.trace.exchanged(traffic)
        self._pushes.exchanged()

    def _linked(self, name: str, is_up: bool) -> None:
        self.parts.trace.remark(name, f"link {'up' if is_up else 'down'}")
        self._pushes.firmware_changed()

    def _ended(self, code: int, last_line: str) -> None:
        self._say(f"The firmware ended by itself, exit code {code}: {last_line}")
        self._say('Start it again on the page, or with {"do": "power", "to": "on"}.')
        self._pushes.firmware_changed()


@asynccontextmanager
async def running_bench(options: BenchOptions, say: Say) -> AsyncIterator[Bench]:
    """A bench from start to stop; afterwards no process, port, wire or lock is left.

    Raises StateError, TlsError, LedgerError, PadMemoryError or OSError when it can't start.
    """
    async with AsyncExitStack() as stack:
        folder = StateFolder(options.state)
        folder.take()
        stack.callback(folder.release)
        if options.is_fresh:
            folder.empty()
        orders = Orders()
        parts = await _parts(options, folder, orders, stack)
        orders.attend(parts)
        bench = Bench(parts, say)
        orders.on_power_off = bench.power_went_off
        if options.shop.setup == "play":
            player = SetUpPlay(parts, say)
            player.begin()
            stack.push_async_callback(player.end)
        if not options.devices_only:
            await parts.firmware.start()
        yield bench


async def _parts(
    options: BenchOptions, folder: StateFolder, orders: Orders, stack: AsyncExitStack
) -> Parts:
    shop, path, seed = options.shop, folder.path, options.seed
    wire_to = _wire_maker(options, folder.wires)
    is_serial = options.host_line == "serial" or ACQUIRER in options.cables
    serial = wire_to("pty", ACQUIRER) if is_serial else None
    made = certificates(folder.certificates) if options.host_line == "tls" else None
    tls = server_context(made.for_host()) if made else None
    acquirer = Acquirer(host_config(shop), path / "ledger.sqlite", seed, serial, tls)
    if options.pcap is not None:
        stack.callback(_captured(acquirer, options.pcap).close)
    stack.push_async_callback(acquirer.close)
    devices = Devices(shop.pad, path / "keypad.json", seed)
    stack.push_async_callback(devices.disconnect)
    screens = ScreenWatch(devices.display)
    trace = _trace(options, devices, screens)
    await devices.connect(partial(wire_to, options.wires), trace)
    if not options.acquirer:
        await acquirer.line.set_link(True)
    urls = {**devices.urls(), "acquirer": options.acquirer or acquirer.url}
    files = DeviceFiles(path, urls, options.lines, terminal_files(made) if made else None)
    device_file = write_device_files(files, shop)
    firmware = Firmware(device_file, path / "firmware.log", options.firmware)
    stack.push_async_callback(firmware.kill)
    lines: dict[str, BadLine] = {
        **devices.stations,
        **({} if options.acquirer else {ACQUIRER: acquirer.line}),
    }
    world: FaultWorld = "hardware" if options.devices_only else "emulator"
    faults = Faults(Faulty(devices, lambda: lines, acquirer.host.faults, world, orders.give))
    return Parts(
        options, acquirer, devices, screens, trace, faults, firmware, device_file, orders.done
    )


def _captured(acquirer: Acquirer, path: Path) -> Capture:
    assert isinstance(acquirer.line, TcpHostLine), "only TCP and TLS lines are captured"
    capture = Capture(path, {card.pan for card in acquirer.cards})
    acquirer.line.tapped = capture.connected
    return capture


def _wire_maker(options: BenchOptions, links: Path) -> Callable[[WireKind, str], Wire]:
    def wire_to(kind: WireKind, name: str) -> Wire:
        cable = options.cables.get(name)
        return cable_wire(name, cable) if cable else make_wire(kind, links / name, options.baud)

    return wire_to


def _trace(options: BenchOptions, devices: Devices, screens: ScreenWatch) -> Trace:
    who = options.shop.identity
    masking = Masking((who.terminal_id, who.merchant_id))
    return Trace(masking, lambda: devices.now_s, lambda: "card" in screens.now.name)

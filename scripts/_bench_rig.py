"""The firmware's process on ptys and TCP, with the emulator's models on the bench's end of them.

The models answer without their delays; the pad's memory and the host's ledger are in memory, so
that the only syncs on the disk are the terminal's.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, monotonic_ns
from typing import NamedTuple

import msgspec

from emulator.acquirer import host_config, local_now
from emulator.card_reader import CardReaderModel
from emulator.cards import card_named, deck, seed_sales
from emulator.device_file import DeviceFiles, write_device_files
from emulator.devices import _pad_setup
from emulator.display import DisplayModel
from emulator.frames import Out
from emulator.host.core import Host, Send
from emulator.host.ledger import Ledger
from emulator.keypad import KeypadModel
from emulator.pad_memory import MemoryInRam
from emulator.printer import PrinterModel
from emulator.scanner import ScannerModel
from emulator.shop import SHOPS, Shop, load_shop
from emulator.slip_codes import slip_code
from scripts._bench_figures import BenchError
from scripts._bench_wires import PATIENCE_S, OnBytes, Wires

ROOT = Path(__file__).resolve().parents[1]
CHEAP = 1000  # rounds of the password hash: slow on purpose, and left out of the figures
CARD = "debit-2"  # its purchase has room for thousands of small refunds
SEED = 7
FIRST_START_S = 120.0  # it compiles everything, on a machine that may be busy
START_S = 30.0


class Drawn(NamedTuple):
    """A picture that was whole on the display's wire."""

    name: str
    at_ns: int


class Rig:
    """One terminal. `folder` gets device.toml, parameters.toml and the journal."""

    def __init__(self, folder: Path, wires: Wires) -> None:
        self.folder, self.wires = folder, wires
        self.shop = cheap_shop()
        self.display, self.printer = DisplayModel(SEED), PrinterModel()
        self.reader, self.scanner = CardReaderModel(), ScannerModel()
        self.drawn: list[Drawn] = []
        self._changes = 0
        self.display.on_change = self._note_screen
        self.new_pad()
        self._process: subprocess.Popen[bytes] | None = None
        self._send: dict[str, OnBytes] = {}
        self.cards = deck()
        config = host_config(self.shop)
        self.host = Host(config, Ledger(":memory:"), local_now, SEED)
        seed_sales(self.host.ledger, self.cards, config.terminals[0], local_now().date(), SEED)
        self.device_file = self._connect()

    def _connect(self) -> Path:
        takers: dict[str, OnBytes] = {
            "keypad": lambda raw: self._emit("keypad", self.keypad.receive(raw, monotonic())),
            "display": lambda raw: self._emit("display", self.display.receive(raw, monotonic())),
            "reader": lambda raw: None,
            "scanner": lambda raw: None,
            "printer": lambda raw: self._emit("printer", self.printer.receive(raw, monotonic())),
        }
        urls = {}
        for wire, take in takers.items():
            path, self._send[wire] = self.wires.pty(wire, take)
            urls[wire] = f"serial:{path}"
        urls["acquirer"] = f"tcp://127.0.0.1:{self.wires.tcp('acquirer', self._host_line)}"
        return write_device_files(DeviceFiles(self.folder, urls, {}), self.shop)

    def _host_line(self, send: OnBytes) -> OnBytes:
        line = self.host.connection("tcp")

        def take(raw: bytes) -> None:
            for action in line.receive(raw, monotonic()):
                if isinstance(action, Send):
                    send(action.raw)

        return take

    def _emit(self, wire: str, out: Out) -> None:
        for _, raw in out:
            self._send[wire](raw)

    # ---- power

    def power_on(self) -> int:
        """Start the process; when, in nanoseconds."""
        self.display.restart()
        self.printer.restart()
        self.keypad.restart()
        at_ns = monotonic_ns()
        command = [sys.executable, "-m", "terminal", "--config", str(self.device_file)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, env=with_bytecode(self.folder)
        )
        return at_ns

    def power_off(self) -> None:
        """The process is gone at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self.wires.turn(0)

    def new_pad(self) -> None:
        """A pad from the maker, that remembers no journal."""
        self.keypad = KeypadModel(_pad_setup(self.shop.pad), MemoryInRam(), SEED)

    # ---- hands and eyes

    def press(self, *keys: str) -> None:
        """Press keys, one right after the other."""
        for key in keys:
            self._emit("keypad", self.keypad.press(key, monotonic()))

    def secret(self, digits: str) -> None:
        """Type a password when the pad asks for it."""
        self.until(lambda: self._is_entry_open, "the pad's entry")
        self.press(*digits, "ENTER")

    def scan(self, text: str) -> None:
        """Scan a slip's code."""
        self._emit("scanner", self.scanner.scan(text))

    def swipe(self, name: str) -> None:
        """Swipe a card of the deck."""
        self._emit("reader", self.reader.swipe(card_named(self.cards, name).stripe))

    def reach(self, name: str, within_s: float = PATIENCE_S) -> None:
        """Wait for a screen."""
        self.until(lambda: self.display.name == name, f"screen {name}", within_s)

    def until(self, is_done: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
        """Wait; BenchError when it does not come, or when the firmware's process has ended."""
        try:
            self.wires.until(lambda: is_done() or self._has_ended, what, within_s)
        except BenchError as error:
            shown = self.display.name or "nothing"
            raise BenchError(f"{error}; the last screen drawn is {shown}") from None
        if self._has_ended:
            raise BenchError("the firmware's process has ended")

    @property
    def _has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    @property
    def _is_entry_open(self) -> bool:
        return not math.isinf(self.keypad.due_s)

    # ---- pieces of a day

    def set_up(self) -> None:
        """The one-time code, everybody's password, the log-on, the sign-in."""
        self.reach("setup", FIRST_START_S)
        self.secret(self.shop.pad.one_time_code)
        for person in self.shop.people:
            self.secret(person.password)
            self.press(*person.password, "ENTER")
        self.log_on()

    def log_on(self) -> None:
        """The first person; then whatever follows by itself."""
        self.reach("logon", START_S)
        person = self.shop.people[0]
        self.press(*person.number, "ENTER")
        self.secret(person.password)
        self.reach("idle")

    def code(self) -> str:
        """The code on the slip of the purchase that is given back bit by bit."""
        sale = next(s for s in self.host.sales() if s["card"] == CARD)
        return slip_code(self.keypad, sale, card_named(self.cards, CARD))

    def begin_refund(self, code: str) -> None:
        """From idle to the confirm screen, for the smallest amount there is."""
        self.scan(code)
        self.reach("refund.amount")
        self.press("1", "ENTER")
        self.reach("refund.reason")
        self.press("1")
        self.reach("refund.password")
        self.secret(self.shop.people[0].password)
        self.reach("refund.card")
        self.swipe(CARD)
        self.reach("refund.confirm")

    def end_refund(self) -> None:
        """From Enter on the confirm screen to idle, both slips on paper."""
        self.drawn.clear()
        self.press("ENTER")
        # Drawn twice: the merchant copy is being printed, and is to be torn off.
        self.until(lambda: len(self.when_drawn("refund.approved")) == 2, "the hint to tear off")
        self.press("ENTER")
        self.reach("idle")
        self.printer.tear()

    def when_drawn(self, name: str) -> list[int]:
        """When this screen was drawn, since `drawn` was cleared."""
        return [drawn.at_ns for drawn in self.drawn if drawn.name == name]

    def _note_screen(self) -> None:
        if self.display.changes > self._changes:
            self._changes = self.display.changes
            # The newest stamp is that of the read which made the picture whole.
            self.drawn.append(Drawn(self.display.name, self.wires.log[-1].at_ns))


def with_bytecode(folder: Path) -> dict[str, str]:
    """The environment of a process that keeps its bytecode, as an installed program does.

    It is kept in `folder`: a first start fills it, whatever this environment says.
    """
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def cheap_shop() -> Shop:
    """The demo shop with passwords that are quick to check, and no word about equal refunds."""
    shop = load_shop(SHOPS / "demo.toml")
    cheap = {"password_cost": CHEAP, "same_again_minutes": 0}
    return msgspec.structs.replace(shop, parameters=shop.parameters | cheap)

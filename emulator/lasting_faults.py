"""What is broken as long as a fault is armed: how it begins, and how it is mended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from emulator.cut import ACQUIRER
from emulator.host.faults import Params
from emulator.keypad import KeypadModel
from emulator.line_trouble import LineTrouble
from emulator.printer import PrinterModel

OVERHEATED: Final[Mapping[int, int]] = MappingProxyType({2: 0x52, 3: 0x52})
"""Answers to the status questions: an error, of the kind that goes away by itself."""

STATUS_QUESTIONS: Final = (1, 2, 3, 4)
PULLED: Final[Mapping[str, str]] = MappingProxyType(
    {"host.down": ACQUIRER, "keypad.lost": "keypad", "display.lost": "display"}
)


class FaultyDevices(Protocol):
    """The devices that something can be wrong with."""

    @property
    def keypad(self) -> KeypadModel: ...

    @property
    def printer(self) -> PrinterModel: ...

    def go_on(self) -> None:
        """The printer may have something to print or to say."""


@dataclass(frozen=True, slots=True)
class Broken:
    """How a device is broken, and mended."""

    begin: Callable[[FaultyDevices, Params], None]
    end: Callable[[FaultyDevices], None]


def pulled_wire(name: str, params: Params) -> str:
    """The wire that nobody gets through while this fault is armed; empty for other faults."""
    return str(params["wire"]) if name == "link.refuse" else PULLED.get(name, "")


def _near_end(devices: FaultyDevices, is_near: bool) -> None:
    devices.printer.near_end = is_near


def _slow(devices: FaultyDevices, s_per_line: float) -> None:
    devices.printer.slow_s_per_line = s_per_line


def _overheat(devices: FaultyDevices, _params: Params) -> None:
    for question, answer in OVERHEATED.items():
        devices.printer.override_status(question, answer)


def _lie(devices: FaultyDevices, params: Params) -> None:
    devices.printer.override_status(int(params["question"]), int(params["answer"]))


def _tell_the_truth(devices: FaultyDevices) -> None:
    for question in STATUS_QUESTIONS:
        devices.printer.override_status(question, None)


BROKEN: Final[Mapping[str, Broken]] = MappingProxyType(
    {
        "keypad.wrong_key": Broken(
            lambda d, p: d.keypad.load_wrong_master(True),
            lambda d: d.keypad.load_wrong_master(False),
        ),
        "keypad.replaced": Broken(
            lambda d, p: d.keypad.exchange(True), lambda d: d.keypad.exchange(False)
        ),
        "printer.near_end": Broken(lambda d, p: _near_end(d, True), lambda d: _near_end(d, False)),
        "printer.paper_out": Broken(
            lambda d, p: d.printer.out_after_lines(int(p["line"])), lambda d: d.printer.load_paper()
        ),
        "printer.cover": Broken(
            lambda d, p: d.printer.open_cover(True), lambda d: d.printer.open_cover(False)
        ),
        "printer.overheated": Broken(_overheat, _tell_the_truth),
        "printer.silent": Broken(
            lambda d, p: d.printer.silent(True), lambda d: d.printer.silent(False)
        ),
        "printer.lying": Broken(_lie, _tell_the_truth),
        "printer.slow": Broken(
            lambda d, p: _slow(d, float(p["s_per_line"])), lambda d: _slow(d, 0.0)
        ),
    }
)


def _half_open(trouble: LineTrouble, _params: Params) -> None:
    trouble.is_mute = True


def _late(trouble: LineTrouble, params: Params) -> None:
    trouble.delay_s = float(params["delay_s"])


def _noisy(trouble: LineTrouble, params: Params) -> None:
    trouble.noise_every = int(params["every_bytes"])


def _slow_line(trouble: LineTrouble, params: Params) -> None:
    trouble.bytes_per_s = float(params["bytes_per_s"])


BAD_LINES: Final[Mapping[str, Callable[[LineTrouble, Params], None]]] = MappingProxyType(
    {
        "link.half_open": _half_open,
        "link.latency": _late,
        "link.noise": _noisy,
        "link.speed": _slow_line,
    }
)

"""The faults of devices, wires, power and clock: names, parameters, and where each can happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from emulator.cut import ACQUIRER
from emulator.host.faults import FAULTS as HOST_FAULTS
from emulator.host.faults import FaultError, Params, Value

WIRES: Final = ("keypad", "display", "reader", "scanner", "printer", ACQUIRER)
FaultWorld = Literal["simulation", "emulator", "hardware"]
"""hardware: a real board at the other end of the cables of `--devices-only`."""

EVERYWHERE: Final[tuple[FaultWorld, ...]] = ("simulation", "emulator", "hardware")
OURS_TO_START: Final[tuple[FaultWorld, ...]] = ("simulation", "emulator")
SIMULATION: Final[tuple[FaultWorld, ...]] = ("simulation",)
MOMENT: Final[Params] = MappingProxyType({"at_screen": "", "at_key": ""})
"""What every fault takes: it waits for this screen, for this key, or for the key on the screen."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault's parameters with their defaults. `lasts`: until it is cleared, whatever the count;
    else it happens `count` times."""

    params: Params
    lasts: bool = True
    worlds: tuple[FaultWorld, ...] = EVERYWHERE


DEVICE_FAULTS: Final[Mapping[str, FaultKind]] = MappingProxyType(
    {
        "host.down": FaultKind({}),
        "link.drop": FaultKind({"after_bytes": 20, "wire": ACQUIRER}, lasts=False),
        "link.refuse": FaultKind({"wire": ACQUIRER}),
        "link.half_open": FaultKind({"wire": ACQUIRER}),
        "link.latency": FaultKind({"wire": ACQUIRER, "delay_s": 1.0}),
        "link.noise": FaultKind({"wire": "keypad", "every_bytes": 50}),
        "link.speed": FaultKind({"wire": "printer", "bytes_per_s": 120.0}),
        "keypad.bounce": FaultKind({}, lasts=False),
        "keypad.stuck": FaultKind({"repeats": 20}, lasts=False),
        "keypad.lost": FaultKind({}),
        "keypad.wrong_key": FaultKind({}),
        "keypad.check_value": FaultKind({}, lasts=False),
        "keypad.replaced": FaultKind({}),
        "reader.bad_track": FaultKind({}, lasts=False),
        "reader.store_card": FaultKind({}, lasts=False),
        "reader.slow": FaultKind({"delay_s": 3.0}, lasts=False),
        "scanner.garbage": FaultKind({}, lasts=False),
        "scanner.double": FaultKind({}, lasts=False),
        "scanner.forged": FaultKind({}, lasts=False),
        "printer.near_end": FaultKind({}),
        "printer.paper_out": FaultKind({"line": 1}),
        "printer.cover": FaultKind({}),
        "printer.overheated": FaultKind({}),
        "printer.silent": FaultKind({}),
        "printer.lying": FaultKind({"question": 4, "answer": 0x12}),
        "printer.slow": FaultKind({"s_per_line": 0.5}),
        "display.lost": FaultKind({}),
        "power.cut": FaultKind({}, lasts=False, worlds=OURS_TO_START),
        "power.cut_at": FaultKind({"moment": 1}, lasts=False, worlds=SIMULATION),
        "power.disk_call": FaultKind({"call": 1}, lasts=False, worlds=SIMULATION),
        "clock.jump": FaultKind({"seconds": 3600.0}, lasts=False, worlds=SIMULATION),
    }
)
"""Beside those of the host itself (host/faults.py)."""

LARGEST: Final[Mapping[str, int]] = MappingProxyType({"question": 4, "answer": 255, "repeats": 500})


def is_fault(name: str) -> bool:
    """Whether there is such a fault, the host's own too."""
    return name in DEVICE_FAULTS or name in HOST_FAULTS


def check_world(name: str, world: FaultWorld) -> None:
    """FaultError where it can't happen."""
    worlds = DEVICE_FAULTS[name].worlds if name in DEVICE_FAULTS else EVERYWHERE
    if world not in worlds:
        raise FaultError(f"not here: {' and '.join(worlds)} only")


def checked(name: str, params: Params, count: int) -> Params:
    """All parameters of a device's fault. FaultError names what is wrong."""
    kind = DEVICE_FAULTS[name]
    for key in params:
        if key not in kind.params:
            raise FaultError(f"{name}: no parameter is called {key}")
    if count < 0 or (kind.lasts and count > 1):
        allowed = "0 or 1: it lasts until it is cleared" if kind.lasts else "0 or more"
        raise FaultError(f"{name}: count must be {allowed}")
    return {key: _value(name, key, params.get(key, usual)) for key, usual in kind.params.items()}


def _value(name: str, key: str, value: Value) -> Value:
    wanted = type(DEVICE_FAULTS[name].params[key])
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        raise FaultError(f"{name}: {key} must be of type {wanted.__name__}")
    if key == "wire" and value not in WIRES:
        raise FaultError(f"{name}: wire must be one of {', '.join(WIRES)}")
    if isinstance(value, int | float):
        _check_number(name, key, value)
    return value


def _check_number(name: str, key: str, value: float) -> None:
    if key == "seconds":  # a clock may jump back
        return
    if value < 0:
        raise FaultError(f"{name}: {key} must be 0 or more")
    if key in LARGEST and value > LARGEST[key]:
        raise FaultError(f"{name}: {key} must be {LARGEST[key]} or less")
    is_time = type(DEVICE_FAULTS[name].params[key]) is float
    if is_time and not 0 < value < 86400:
        raise FaultError(f"{name}: {key} must be above 0 and below 86400")
    if key in ("every_bytes", "moment", "call") and value < 1:
        raise FaultError(f"{name}: {key} must be 1 or more")

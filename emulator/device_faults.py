"""The armed faults of the bench: devices, wires, power and clock; those of the host are its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from emulator import lasting_faults
from emulator.cut import DropAfter
from emulator.fault_kinds import (
    DEVICE_FAULTS,
    MOMENT,
    FaultWorld,
    check_world,
    checked,
    is_fault,
)
from emulator.fault_moments import Waiting, check_fault, moment_of, parted
from emulator.host.faults import FAULTS as HOST_FAULTS
from emulator.host.faults import FaultBox, FaultError, Params
from emulator.lasting_faults import FaultyDevices
from emulator.line_trouble import LineTrouble
from emulator.serve_cut import ByteCut

Order = Callable[[str, Mapping[str, Any]], None]
"""Told what only the bench can do: `pull` and `plug` a wire, `power.cut`, `clock.jump`, …"""


class BadLine(Protocol):
    """A wire that can go bad."""

    @property
    def trouble(self) -> LineTrouble:
        """What is wrong with it."""

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut it when `cut` says so; it comes back by itself."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """What faults happen to."""

    devices: FaultyDevices
    lines: Callable[[], Mapping[str, BadLine]]
    host: FaultBox
    world: FaultWorld
    order: Order


@dataclass(frozen=True, slots=True)
class ArmedFault:
    """`left`: how often it will still happen; 0: until it is cleared."""

    params: Params
    left: int


class Faults:
    """All faults of the bench. Those that wait for a moment are armed when it comes.

    `changes` grows whenever one is armed or used.
    """

    def __init__(self, at: Faulty) -> None:
        self._at = at
        self._armed: dict[str, ArmedFault] = {}
        self._waiting: dict[str, Waiting] = {}
        self._screen = ""
        self.changes = 0
        at.devices.keypad.spoils_keys = lambda: self.take("keypad.check_value") is not None

    def arm(self, name: str, params: Params, count: int = 1) -> None:
        """Arm a fault, now or at its moment. FaultError names what is wrong."""
        check_fault(name, params, count)
        check_world(name, self._at.world)
        own, moment = parted(name, params)
        if not any(moment.values()):
            self._arm_now(name, own, count)
            return
        self._waiting[name] = Waiting(own, count, moment_of(moment))
        self.shown(self._screen)

    def clear(self, name: str | None = None) -> None:
        """Disarm one fault or all, and mend what they broke."""
        if name is not None and not is_fault(name):
            raise FaultError(f"no fault is called {name}")
        for each in [name] if name else list(self._waiting):
            self._waiting.pop(each, None)
        if name is None or name in HOST_FAULTS:
            self._at.host.clear(name)
        for each in [name] if name else list(self._armed):
            armed = self._armed.pop(each, None)
            if armed is not None:
                self._end(each, armed.params)

    def listing(self) -> list[dict[str, object]]:
        """Name, worlds, parameters and state of every fault, the host's first."""
        own = [self._describe(name) for name in DEVICE_FAULTS]
        return [self._with_moment(each) for each in self._at.host.listing() + own]

    def take(self, name: str) -> Params | None:
        """The parameters of an armed fault, counted as used; None when it isn't armed."""
        armed = self._armed.get(name)
        if armed is None:
            return None
        self.changes += 1
        if armed.left == 1:
            del self._armed[name]
        elif armed.left:
            self._armed[name] = ArmedFault(armed.params, armed.left - 1)
        return armed.params

    def shown(self, screen: str) -> None:
        """The display shows this screen now."""
        self._screen = screen
        self._arm_those(lambda waiting: waiting.moment.is_screen(screen))

    def pressing(self, key: str) -> None:
        """This key is about to go down."""
        self._arm_those(lambda waiting: waiting.moment.is_key(key, self._screen))

    def _arm_those(self, is_time: Callable[[Waiting], bool]) -> None:
        for name in [name for name, waiting in self._waiting.items() if is_time(waiting)]:
            waiting = self._waiting.pop(name)
            self._arm_now(name, waiting.params, waiting.count)

    def _arm_now(self, name: str, params: Params, count: int) -> None:
        self.changes += 1
        if name in HOST_FAULTS:
            self._at.host.arm(name, params, count)
            return
        all_params = checked(name, params, count)
        wire = lasting_faults.pulled_wire(name, all_params) or str(all_params.get("wire", ""))
        if wire and wire not in self._at.lines():
            raise FaultError(f"{name}: the acquirer is another host: its line isn't ours")
        self._armed[name] = ArmedFault(all_params, count)
        self._begin(name)

    def _begin(self, name: str) -> None:
        params = self._armed[name].params
        wire = lasting_faults.pulled_wire(name, params)
        if wire:
            self._at.order("pull", {"wire": wire})
        elif name == "link.drop":
            line = self._at.lines()[str(params["wire"])]
            line.cut_after(DropAfter(int(params["after_bytes"]), self._dropped))
        elif name in lasting_faults.BAD_LINES:
            trouble = self._at.lines()[str(params["wire"])].trouble
            lasting_faults.BAD_LINES[name](trouble, params)
        elif name in lasting_faults.BROKEN:
            lasting_faults.BROKEN[name].begin(self._at.devices, params)
            self._at.devices.go_on()
        elif name.startswith(("power.", "clock.")):
            self.take(name)
            self._at.order(name, params)

    def _end(self, name: str, params: Params) -> None:
        wire = lasting_faults.pulled_wire(name, params)
        if wire:
            self._at.order("plug", {"wire": wire})
        elif name == "link.drop":
            self._at.lines()[str(params["wire"])].cut_after(None)
        elif name in lasting_faults.BAD_LINES:
            self._mend_line(str(params["wire"]))
        elif name in lasting_faults.BROKEN:
            lasting_faults.BROKEN[name].end(self._at.devices)
            self._at.devices.go_on()

    def _mend_line(self, wire: str) -> None:
        """Good again, but for what else is armed for it."""
        trouble = self._at.lines()[wire].trouble
        trouble.mend()
        for name, armed in self._armed.items():
            if name in lasting_faults.BAD_LINES and armed.params["wire"] == wire:
                lasting_faults.BAD_LINES[name](trouble, armed.params)

    def _dropped(self) -> None:
        params = self.take("link.drop")
        assert params is not None
        self._at.lines()[str(params["wire"])].cut_after(None)
        if "link.drop" in self._armed:
            self._begin("link.drop")

    def _describe(self, name: str) -> dict[str, object]:
        armed = self._armed.get(name)
        return {
            "name": name,
            "parameters": {
                key: {"type": type(default).__name__, "default": default}
                for key, default in DEVICE_FAULTS[name].params.items()
            },
            "armed": armed is not None,
            "left": armed.left if armed else 0,
            "with": dict(armed.params) if armed else {},
        }

    def _with_moment(self, told: dict[str, Any]) -> dict[str, object]:
        waiting = self._waiting.get(told["name"])
        if waiting is not None:
            told |= {"armed": True, "left": waiting.count, "with": waiting.as_params()}
        own = {key: {"type": "str", "default": usual} for key, usual in MOMENT.items()}
        kind = DEVICE_FAULTS.get(told["name"])
        worlds = kind.worlds if kind else ("simulation", "emulator", "hardware")
        return {**told, "worlds": list(worlds), "parameters": {**told["parameters"], **own}}

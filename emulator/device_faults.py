"""The faults of printer, card reader and wires; those of the host are its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.cut import ACQUIRER, DropAfter
from emulator.devices import DEVICES, Devices
from emulator.host.faults import FaultBox, FaultError, Params, Value
from emulator.serve_cut import Cable

FAULTS: Final[Mapping[str, Params]] = MappingProxyType(
    {
        "printer.paper_out": {"line": 1},
        "printer.silent": {},
        "reader.bad_track": {},
        "link.drop": {"after_bytes": 20, "wire": ACQUIRER},
    }
)
LASTING: Final = ("printer.paper_out", "printer.silent")


@dataclass(frozen=True, slots=True)
class ArmedFault:
    """`left`: how often it will still happen; 0: until it is cleared."""

    params: Params
    left: int


class Faults:
    """All faults of the bench: names that begin with `host.` go to the host."""

    def __init__(self, devices: Devices, acquirer: Cable, host: FaultBox) -> None:
        self._devices = devices
        self._acquirer = acquirer
        self._host = host
        self._armed: dict[str, ArmedFault] = {}

    def arm(self, name: str, params: Params, count: int) -> None:
        """Arm a fault. FaultError names what is wrong."""
        if name.startswith("host."):
            self._host.arm(name, params, count)
            return
        self._armed[name] = ArmedFault(_checked(name, params), _checked_count(name, count))
        self._begin(name)

    def clear(self, name: str | None = None) -> None:
        """Disarm one fault or all; paper is loaded, the printer speaks, the head is clean."""
        if name is None or name.startswith("host."):
            self._host.clear(name)
        elif name not in FAULTS:
            raise FaultError(f"no fault is called {name}")
        for each in [name] if name else list(self._armed):
            if self._armed.pop(each, None) is not None:
                self._end(each)

    def listing(self) -> list[dict[str, object]]:
        """Name, parameters and state of every fault, the host's first."""
        return self._host.listing() + [self._describe(name) for name in FAULTS]

    def swiped(self) -> None:
        """A card was swiped: one bad track less."""
        self._use("reader.bad_track")

    def _begin(self, name: str) -> None:
        armed, printer = self._armed[name], self._devices.printer
        if name == "printer.paper_out":
            printer.out_after_lines(int(armed.params["line"]))
        elif name == "printer.silent":
            printer.silent(True)
        elif name == "reader.bad_track":
            self._devices.reader.bad_track(armed.left)
        else:
            self._set_cut(DropAfter(int(armed.params["after_bytes"]), self._dropped), armed)

    def _end(self, name: str) -> None:
        printer = self._devices.printer
        if name == "printer.paper_out":
            printer.load_paper()
        elif name == "printer.silent":
            printer.silent(False)
        elif name == "reader.bad_track":
            self._devices.reader.clear_bad_track()
        else:
            self._remove_cuts()
        self._devices.say("printer", printer.tick(self._devices.now_s))

    def _set_cut(self, cut: DropAfter, armed: ArmedFault) -> None:
        self._remove_cuts()
        self._cables[str(armed.params["wire"])].cut_after(cut)

    def _remove_cuts(self) -> None:
        for cable in self._cables.values():
            cable.cut_after(None)

    @property
    def _cables(self) -> dict[str, Cable]:
        return {**self._devices.stations, ACQUIRER: self._acquirer}

    def _dropped(self) -> None:
        self._remove_cuts()
        if self._use("link.drop"):
            self._begin("link.drop")

    def _use(self, name: str) -> bool:
        """Count one use; whether the fault is still armed."""
        armed = self._armed.get(name)
        if armed is not None and armed.left == 1:
            del self._armed[name]
        elif armed is not None and armed.left:
            self._armed[name] = ArmedFault(armed.params, armed.left - 1)
        return name in self._armed

    def _describe(self, name: str) -> dict[str, object]:
        armed = self._armed.get(name)
        return {
            "name": name,
            "parameters": {
                key: {"type": type(default).__name__, "default": default}
                for key, default in FAULTS[name].items()
            },
            "armed": armed is not None,
            "left": armed.left if armed else 0,
            "with": dict(armed.params) if armed else {},
        }


def _checked(name: str, params: Params) -> Params:
    if name not in FAULTS:
        raise FaultError(f"no fault is called {name}")
    for key in params:
        if key not in FAULTS[name]:
            raise FaultError(f"{name}: no parameter is called {key}")
    return {key: _value(name, key, params.get(key, usual)) for key, usual in FAULTS[name].items()}


def _value(name: str, key: str, value: Value) -> Value:
    wanted = type(FAULTS[name][key])
    if type(value) is not wanted:
        raise FaultError(f"{name}: {key} must be of type {wanted.__name__}")
    if isinstance(value, int) and value < 0:
        raise FaultError(f"{name}: {key} must be 0 or more")
    if key == "wire" and value not in (*DEVICES, ACQUIRER):
        raise FaultError(f"{name}: wire must be one of {', '.join((*DEVICES, ACQUIRER))}")
    return value


def _checked_count(name: str, count: int) -> int:
    if count < 0 or (name in LASTING and count > 1):
        allowed = "0 or 1: it lasts until it is cleared" if name in LASTING else "0 or more"
        raise FaultError(f"{name}: count must be {allowed}")
    return count

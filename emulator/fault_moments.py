"""When a fault that waits is armed: at a screen, before a key, or before a key on a screen."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.fault_kinds import MOMENT, checked, is_fault
from emulator.host.faults import FAULTS as HOST_FAULTS
from emulator.host.faults import FaultBox, FaultError, Params
from emulator.keypad import KEY_CODES


@dataclass(frozen=True, slots=True)
class Moment:
    """`screen` alone: as soon as it is shown. With `key`: before that key goes down."""

    screen: str
    key: str

    def is_screen(self, screen: str) -> bool:
        """Whether this screen is it."""
        return not self.key and self.screen == screen

    def is_key(self, key: str, screen: str) -> bool:
        """Whether this key, about to be pressed on this screen, is it."""
        return self.key == key and self.screen in ("", screen)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fault that is not armed yet."""

    params: Params
    count: int
    moment: Moment

    def as_params(self) -> dict[str, object]:
        """As it was asked for."""
        when = {"at_screen": self.moment.screen, "at_key": self.moment.key}
        return {**self.params, **when}


def parted(name: str, params: Params) -> tuple[Params, Mapping[str, str]]:
    """A fault's own parameters, and its moment. FaultError names what is wrong."""
    for key in MOMENT.keys() & params.keys():
        if not isinstance(params[key], str):
            raise FaultError(f"{name}: {key} must be of type str")
    moment = {key: str(params.get(key, usual)) for key, usual in MOMENT.items()}
    if moment["at_key"] and moment["at_key"] not in KEY_CODES:
        raise FaultError(f"{name}: at_key must be one of {', '.join(KEY_CODES)}")
    return {key: value for key, value in params.items() if key not in MOMENT}, moment


def check_fault(name: str, params: Params, count: int) -> None:
    """FaultError names what is wrong with a fault, its parameters, its count or its moment."""
    if not is_fault(name):
        raise FaultError(f"no fault is called {name}")
    own, _ = parted(name, params)
    if name in HOST_FAULTS:
        FaultBox().arm(name, own, count)
    else:
        checked(name, own, count)


def moment_of(given: Mapping[str, str]) -> Moment:
    """The moment in the parameters."""
    return Moment(given["at_screen"], given["at_key"])

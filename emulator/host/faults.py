"""The host's faults: their names, their parameters and which are armed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from emulator.host.fields import FIELDS
from emulator.host.message import Message, MessageError, encode

Value = bool | int | float | str
Params = Mapping[str, Value]
APPROVALS = frozenset({"00", "10", "11", "16", "A2", "A4", "A5", "A6"})
MAC_FIELD = 64
LONGEST_VALUE = 99

FAULTS: Mapping[str, Params] = MappingProxyType(
    {
        "host.no_answer": {"booked": True},
        "host.close": {"booked": True},
        "host.decline": {"code": "51"},
        "host.partial_amount": {},
        "host.late": {"delay_s": 70.0},
        "host.wrong_mac": {},
        "host.no_mac": {},
        "host.field": {"number": 4, "value": "000000000001"},
        "host.duplicate_answer": {},
        "host.cut_frame": {"bytes": 20},
        "host.sign_in_again": {},
        "host.asks": {"digit": 1},
        "host.changes_keys": {},
        "host.wrong_totals": {"debit_delta": 100, "credit_delta": 0, "foreign": False},
        "host.bad_upload": {"code": "30"},
        "host.hostile_parameters": {"tag": "25", "value": "9"},
        "host.slow_drip": {"bytes_per_s": 20.0},
        "host.glue": {},
        "host.split": {},
    }
)
"""Each fault with its own parameters and their defaults; every one also takes `mti`."""

ANY_MTI = ""


class FaultError(ValueError):
    """No such fault, or a parameter it does not take or cannot use; the text names it."""


@dataclass(frozen=True, slots=True)
class Armed:
    """A fault that waits. left: how often it will still happen; 0: until it is cleared."""

    params: Params
    left: int


@dataclass(slots=True)
class FaultBox:
    """The armed faults of one host. A fault is used up only by an exchange it changes."""

    _armed: dict[str, Armed] = field(default_factory=dict)

    def arm(self, name: str, params: Params | None = None, count: int = 1) -> None:
        """Arm a fault for `count` exchanges (0: until cleared); FaultError names what is wrong."""
        if name not in FAULTS:
            raise FaultError(f"no fault is called {name}")
        if type(count) is not int or count < 0:
            raise FaultError(f"{name}: count must be 0 or more")
        self._armed[name] = Armed(_checked(name, params or {}), count)

    def clear(self, name: str | None = None) -> None:
        """Disarm one fault, or all."""
        if name is not None and name not in FAULTS:
            raise FaultError(f"no fault is called {name}")
        for each in [name] if name else list(self._armed):
            self._armed.pop(each, None)

    def listing(self) -> list[dict[str, object]]:
        """Name, parameters (type, default) and state of every fault, for people and scripts."""
        return [self._describe(name) for name in FAULTS]

    def take(self, name: str, mti: str, aimed_only: bool = False) -> Params | None:
        """The parameters if the fault is armed for this request's MTI; counts it as used.

        aimed_only: it must have been armed for just this MTI.
        """
        armed = self._armed.get(name)
        if armed is None or armed.params["mti"] not in (mti, mti if aimed_only else ANY_MTI):
            return None
        if armed.left == 1:
            del self._armed[name]
        elif armed.left:
            self._armed[name] = Armed(armed.params, armed.left - 1)
        return armed.params

    def _describe(self, name: str) -> dict[str, object]:
        armed = self._armed.get(name)
        return {
            "name": name,
            "parameters": {
                key: {"type": type(default).__name__, "default": default}
                for key, default in _defaults(name).items()
            },
            "armed": armed is not None,
            "left": armed.left if armed else 0,
            "with": dict(armed.params) if armed else {},
        }


def _defaults(name: str) -> Params:
    return {**FAULTS[name], "mti": ANY_MTI}


def _checked(name: str, params: Params) -> Params:
    defaults = _defaults(name)
    for key in params:
        if key not in defaults:
            raise FaultError(f"{name}: no parameter is called {key}")
    values = {key: _typed(name, key, params.get(key, default)) for key, default in defaults.items()}
    _check_meaning(name, values)
    return MappingProxyType(values)


def _typed(name: str, key: str, value: Value) -> Value:
    wanted = type(_defaults(name)[key])
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not wanted:
        raise FaultError(f"{name}: {key} must be of type {wanted.__name__}")
    return value


def _check_meaning(name: str, values: Params) -> None:
    for key, value in values.items():
        if isinstance(value, float) and not 0 < value < 86400:
            raise FaultError(f"{name}: {key} must be above 0 and below 86400")
    code = str(values.get("code", "51"))
    if len(code) != 2 or not code.isascii() or not code.isalnum() or code in APPROVALS:
        raise FaultError(f"{name}: code must be two characters and no approval")
    mti = str(values["mti"])
    if mti and not (len(mti) == 4 and mti.isascii() and mti.isdigit()):
        raise FaultError(f"{name}: mti must be four digits, or empty for any")
    if int(values.get("bytes", 1)) < 1:
        raise FaultError(f"{name}: bytes must be 1 or more")
    if not 0 <= int(values.get("digit", 0)) <= 9:
        raise FaultError(f"{name}: digit must be 0 to 9")
    _check_tag(name, str(values.get("tag", "25")), str(values.get("value", "")))
    if name == "host.field":
        _check_field(int(values["number"]), str(values["value"]))


def _check_tag(name: str, tag: str, value: str) -> None:
    if name != "host.hostile_parameters":
        return
    if len(tag) != 2 or not (tag.isascii() and tag.isalnum()):
        raise FaultError(f"{name}: tag must be two characters")
    if len(value) > LONGEST_VALUE:
        raise FaultError(f"{name}: value must have {LONGEST_VALUE} characters at most")


def _check_field(number: int, value: str) -> None:
    if number not in FIELDS or number == MAC_FIELD:
        raise FaultError("host.field: number is no field that can be changed")
    try:
        encode(Message("0230", {number: field_value(number, value)} if value else {}))
    except (MessageError, ValueError):
        raise FaultError(f"host.field: value does not fit field {number}") from None


def field_value(number: int, value: str) -> str | bytes:
    """The value of `host.field` as the codec takes it: hex for fields of bytes."""
    return bytes.fromhex(value) if FIELDS[number].kind == "b" else value

"""device.toml and the parameter file: typed, every key known, every error in one line.

An error names the file, the key and what is allowed. Pure: `app` reads the files.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from terminal.domain.facts import Identity
from terminal.domain.host_profile import SHIPPED, HostProfile, require_line
from terminal.domain.parameters import Parameters

T = TypeVar("T")

LINE_MOST, KEY_MOST = 400, 40
WIRES = ("keypad", "display", "reader", "scanner", "printer", "acquirer")


class ConfigError(Exception):
    """One line: file, key, what is allowed. What is too long for people is cut."""

    def __init__(self, text: str) -> None:
        shown = "".join(c if c.isprintable() else "?" for c in text)
        super().__init__(shown if len(shown) <= LINE_MOST else f"{shown[:LINE_MOST]}…")


@dataclass(frozen=True, slots=True)
class WireUrls:
    """Where each device is: /dev/…, socket://, rfc2217://; the acquirer also tcp:// or serial:."""

    keypad: str
    display: str
    reader: str
    scanner: str
    printer: str
    acquirer: str


@dataclass(frozen=True, slots=True)
class Line:
    """Settings of one serial line."""

    baudrate: int = 115200
    bytesize: int = 8
    parity: str = "N"
    stopbits: int = 1
    exclusive: bool = True

    @property
    def byte_s(self) -> float:
        """How long a byte takes, start, parity and stop bits with it."""
        return (1 + self.bytesize + (self.parity != "N") + self.stopbits) / self.baudrate


@dataclass(frozen=True, slots=True)
class TlsTable:
    """Certificates for a tls:// acquirer; relative paths count from device.toml."""

    ca: str
    certificate: str
    key: str
    server_name: str


@dataclass(frozen=True, slots=True)
class JournalFile:
    """Where the journal is; a relative path counts from device.toml."""

    path: str = "journal.db"


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """The whole of device.toml."""

    identity: Identity
    wires: WireUrls
    parameters: str = "parameters.toml"
    lines: dict[str, Line] = field(default_factory=dict)
    profile: HostProfile = field(default_factory=HostProfile)
    journal: JournalFile = field(default_factory=JournalFile)
    tls: TlsTable | None = None


def device_file(text: str, name: str) -> DeviceFile:
    """Parse device.toml; raises ConfigError."""
    raw = _toml(text, name)
    _check_line_types(raw, name)
    raw = _with_shipped_profile(raw, name)
    parsed = _converted(raw, DeviceFile, name)
    _check_identity(parsed.identity, name)
    for wire in parsed.lines:
        if wire not in WIRES:
            raise ConfigError(f"{name}: lines.{wire}: one of {', '.join(WIRES)}")
    for wire, line in parsed.lines.items():
        _check_line(line, f"{name}: lines.{wire}")
    if parsed.wires.acquirer.startswith("tls://") and parsed.tls is None:
        raise ConfigError(f"{name}: tls: a tls:// acquirer needs this table")
    if not parsed.journal.path:
        raise ConfigError(f"{name}: journal.path: a file's name")
    try:
        require_line(parsed.profile, is_tls=parsed.wires.acquirer.startswith("tls://"))
    except ValueError as error:
        raise ConfigError(f"{name}: profile.{error}") from None
    return parsed


def parameter_file(text: str, name: str) -> Parameters:
    """Parse the parameter file; raises ConfigError."""
    return _converted(_toml(text, name), Parameters, name)


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{name}: nested too deep") from None


def _with_shipped_profile(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """The profile that is named, with what the file itself says over it."""
    given = raw.get("profile")
    if not isinstance(given, dict) or not isinstance(given.get("name"), str):
        return raw
    if given["name"] not in SHIPPED:
        raise ConfigError(f"{name}: profile.name: one of {', '.join(SHIPPED)}")
    return raw | {"profile": {**SHIPPED[given["name"]], **given}}


def _check_line_types(raw: dict[str, Any], name: str) -> None:
    # msgspec does not say which entry of a table of tables is wrong.
    lines = raw.get("lines")
    for wire, line in lines.items() if isinstance(lines, dict) else ():
        _converted(line, Line, name, f"lines.{_short(wire)}")


def _short(key: str) -> str:
    return key if len(key) <= KEY_MOST else f"{key[:KEY_MOST]}…"


def _converted(raw: Any, kind: type[T], name: str, inside: str = "") -> T:
    _refuse_unknown(raw, kind, name, inside)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        place = place.rstrip("`")
        what += _allowed(kind, place) if what.startswith("Invalid enum") else ""
        key = f"{inside}{place}".lstrip(".")
        raise ConfigError(f"{name}: {key}: {what}" if key else f"{name}: {what}") from None


def _allowed(kind: Any, place: str) -> str:
    """What a key with a fixed list may say; msgspec only tells that it was something else."""
    for key in re.sub(r"\[[^]]*\]", "", place).strip(".").split("."):
        kind = get_type_hints(kind)[key]
        kind = get_args(kind)[0] if get_origin(kind) in (tuple, frozenset) else kind
    values = get_args(kind) or [item.value for item in kind]
    return f"; one of {', '.join(map(str, values))}"


def _refuse_unknown(raw: object, kind: Any, name: str, place: str) -> None:
    """msgspec forbids unknown fields of its own structs only; the rules live in dataclasses."""
    if is_dataclass(kind) and isinstance(raw, dict):
        known = get_type_hints(kind)
        for key, value in raw.items():
            where = f"{place}.{_short(key)}" if place else _short(key)
            if key not in known:
                raise ConfigError(f"{name}: {where}: unknown key; known: {', '.join(known)}")
            _refuse_unknown(value, known[key], name, where)
    elif get_origin(kind) is UnionType:
        _refuse_unknown(raw, get_args(kind)[0], name, place)
    elif get_origin(kind) is tuple and isinstance(raw, list):
        for index, value in enumerate(raw):
            _refuse_unknown(value, get_args(kind)[0], name, f"{place}[{index}]")
    elif get_origin(kind) is dict and isinstance(raw, dict):
        for key, value in raw.items():
            _refuse_unknown(value, get_args(kind)[1], name, f"{place}.{key}")


def _check_identity(identity: Identity, name: str) -> None:
    digits = {"tpdu": 10, "header": 12}
    for key, length in {"terminal_id": 8, "merchant_id": 15, **digits}.items():
        value: str = getattr(identity, key)
        fine = len(value) == length and value.isascii() and value.isalnum()
        if not fine or (key in digits and not value.isdigit()):
            what = "digits" if key in digits else "letters or digits"
            raise ConfigError(f"{name}: identity.{key}: {length} {what}")
    for key, first in {"tpdu": "60", "header": "6"}.items():
        if not getattr(identity, key).startswith(first):
            raise ConfigError(f"{name}: identity.{key}: begins with {first}")
    _check_device(identity, name)


def _check_device(identity: Identity, name: str) -> None:
    """What stands in F62 of the sign-in: its length has two digits and counts both."""
    for key, least, most in (("licence", 4, 4), ("serial", 1, 38), ("device_info", 0, 99)):
        value: str = getattr(identity, key)
        if not least <= len(value) <= most or not value.isascii() or not value.isprintable():
            allowed = f"{least} to {most}" if least < most else most
            raise ConfigError(f"{name}: identity.{key}: {allowed} printable ASCII characters")


def _check_line(line: Line, place: str) -> None:
    allowed = {"bytesize": (5, 6, 7, 8), "parity": ("N", "E", "O", "M", "S"), "stopbits": (1, 2)}
    for key, values in allowed.items():
        if getattr(line, key) not in values:
            raise ConfigError(f"{place}.{key}: one of {', '.join(map(str, values))}")
    if not 50 <= line.baudrate <= 4_000_000:
        raise ConfigError(f"{place}.baudrate: 50 to 4000000")

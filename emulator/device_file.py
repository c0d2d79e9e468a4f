"""What the emulator writes for the firmware: device.toml and parameters.toml."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from emulator.shop import Shop
from emulator.state_folder import JOURNAL
from emulator.toml_text import toml_text


@dataclass(frozen=True, slots=True)
class DeviceFiles:
    """Where the two files are written, and what stands on the wires."""

    state: Path
    wires: Mapping[str, str]  # name of the wire, URL
    lines: Mapping[str, Mapping[str, object]]  # line settings, where a wire needs any
    tls: Mapping[str, str] | None = None  # the terminal's files, for an acquirer behind TLS


def write_device_files(files: DeviceFiles, shop: Shop) -> Path:
    """Write both files and return the path of device.toml."""
    _write(files.state / "parameters.toml", _parameters(shop))
    device = files.state / "device.toml"
    _write(device, _device(files, shop))
    return device


def _device(files: DeviceFiles, shop: Shop) -> dict[str, object]:
    profile = {
        "sign_in_kind": shop.host.sign_in_kind,
        "mac_algorithm": shop.host.mac_algorithm,
        **shop.profile,
    }
    tls = {"tls": files.tls} if files.tls else {}
    return {
        "parameters": "parameters.toml",
        "identity": msgspec.structs.asdict(shop.identity),
        "wires": files.wires,
        "lines": files.lines,
        "profile": profile,
        "journal": {"path": JOURNAL},
        **tls,
    }


def _parameters(shop: Shop) -> dict[str, object]:
    people = [{"number": p.number, "name": p.name, "role": p.role} for p in shop.people]
    return {"people": people, **shop.parameters}


def _write(path: Path, table: Mapping[str, object]) -> None:
    # The firmware may be reading the old one: it sees either that or the whole new one.
    fresh = path.with_suffix(".new")
    fresh.write_text(toml_text(table), encoding="utf-8")
    os.replace(fresh, path)

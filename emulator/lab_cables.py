"""Cables to a terminal that is another computer: where each is plugged in here, and how fast."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from emulator.cut import ACQUIRER
from emulator.devices import DEVICES
from emulator.serve_paced import PacedWire
from emulator.serve_wires import Wire

CABLES: Final[Mapping[str, str]] = MappingProxyType(
    {**{name: name for name in DEVICES}, "host": ACQUIRER}
)
"""The wire of each option."""

USUAL_BAUD: Final[Mapping[str, int]] = MappingProxyType({"reader": 9600, "scanner": 9600})
OTHERS_BAUD: Final = 115_200
SCHEMES: Final = ("/", "rfc2217://", "socket://")
PTY_MAJORS: Final = range(136, 144)  # pseudo-terminals of Linux


@dataclass(frozen=True, slots=True)
class LabCable:
    """Our end of one cable: a port of this computer or of a device server, and its speed."""

    port: str
    baud: int


def lab_cable(wire: str, text: str, baud: int) -> LabCable:
    """`PORT` or `PORT,BAUD`; else `baud`, or the usual speed of such a device when that is 0.

    ValueError says what a port is like.
    """
    port, comma, speed = text.rpartition(",")
    if not comma:
        port, speed = text, ""
    is_speed = not comma or (speed.isascii() and speed.isdigit() and int(speed) > 0)
    if not port.startswith(SCHEMES) or not is_speed:
        raise ValueError("a port is like /dev/ttyUSB0 or rfc2217://BOX:3001, or PORT,9600")
    return LabCable(port, int(speed or baud or USUAL_BAUD.get(wire, OTHERS_BAUD)))


def cable_wire(wire: str, cable: LabCable) -> Wire:
    """Our end of the cable; a port that is no real one is made as slow as it says it is."""
    # Only here: importing pyserial takes a while, and few benches have cables.
    from emulator.serve_cable import CableWire

    ours = CableWire(wire, cable)
    return PacedWire(ours, cable.baud) if is_pseudo_terminal(cable.port) else ours


def is_pseudo_terminal(port: str) -> bool:
    """Whether bytes on this port take no time by themselves."""
    try:
        return os.major(Path(port).stat().st_rdev) in PTY_MAJORS
    except OSError:
        return False

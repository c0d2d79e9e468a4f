"""The command line of the emulator."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from emulator.devices import HostLineKind, WireKind
from emulator.lab_cables import CABLES, LabCable, lab_cable
from emulator.shop import SHOPS

STATE: Final = Path(__file__).parent.parent / ".emulator"
PAGE_PORT: Final = 8080
SLOWEST_BAUD: Final = 300
FASTEST_BAUD: Final = 4_000_000
LAST_PORT: Final = 65_535
HOST_SCHEMES: Final = ("tcp", "tls", "socket", "rfc2217")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    port: int
    control: int
    is_headless: bool
    is_fresh: bool
    state: Path
    wires: WireKind
    shop: Path
    acquirer: str
    host_line: HostLineKind
    baud: int
    cables: Mapping[str, LabCable]
    devices_only: bool
    is_demo: bool
    pcap: Path | None
    seed: int


def parsed_options(arguments: Sequence[str]) -> Options:
    """The options; ends the process with a message when they are wrong."""
    parser = _parser()
    given = parser.parse_args(arguments)
    _refuse_contradictions(parser, given)
    return Options(
        port=given.port,
        control=given.control,
        is_headless=given.headless,
        is_fresh=given.fresh,
        state=given.state.absolute(),
        wires=cast(WireKind, given.wires),
        shop=given.shop,
        acquirer=given.acquirer or "",
        host_line=cast(HostLineKind, given.host_line),
        baud=given.baud,
        cables=_cables(parser, given),
        devices_only=given.devices_only,
        is_demo=given.demo,
        pcap=given.pcap,
        seed=given.seed,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/emulator",
        description="A whole card terminal that gives refunds, with its host, on this computer.",
    )
    add = parser.add_argument
    add("--port", type=_port, default=PAGE_PORT, help="port of the page (0: any free one)")
    add("--control", type=_port, default=0, help="port of the control channel (0: any free one)")
    add("--headless", action="store_true", help="no page")
    add("--fresh", action="store_true", help="forget the terminal that was in the state folder")
    add("--state", type=Path, default=STATE, metavar="DIR", help="what is kept (.emulator)")
    add("--wires", choices=("pty", "tcp", "rfc2217"), default="pty", help="kind of the wires")
    add("--shop", type=Path, default=SHOPS / "demo.toml", metavar="FILE", help="the shop file")
    add(
        "--acquirer",
        type=_acquirer,
        default=None,
        metavar="URL",
        help="another host: tcp://HOST:PORT",
    )
    add("--host-line", choices=("tcp", "tls", "serial"), default="tcp", help="the host's line")
    add("--baud", type=_baud, default=0, metavar="N", help="speed of pty wires and of cables")
    add("--seed", type=int, default=1, metavar="N", help="seed of all random numbers")
    add("--devices-only", action="store_true", help="no firmware: print device.toml's path instead")
    for name in CABLES:
        text = "this one is a cable: /dev/ttyUSB0 or rfc2217://HOST:PORT, with ,BAUD behind it"
        add(f"--{name}", metavar="PORT", help=text)
    add("--demo", action="store_true", help="play one refund, print it, check the books, and end")
    add("--pcap", type=Path, metavar="FILE", help="capture the host's line for Wireshark")
    return parser


def _refuse_contradictions(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    cables = [name for name in CABLES if getattr(given, name)]
    has_ptys = given.wires == "pty" or given.host_line == "serial"
    if given.baud and not has_ptys and not cables:
        parser.error("--baud: only pty wires have a speed: --wires pty or --host-line serial")
    if cables and not given.devices_only:
        parser.error(f"--{cables[0]}: a cable leads to another computer's firmware: --devices-only")
    if given.host and (given.acquirer or given.host_line == "tls"):
        parser.error("--host: the cable is the emulated host's line: leave the other one out")
    if given.demo and (given.acquirer or given.devices_only):
        parser.error("--demo: plays with the emulated host and the firmware: leave the others out")
    if given.acquirer and given.host_line != "tcp":
        parser.error("--host-line: the line to another host is in its URL: --acquirer serial:PORT")
    if given.pcap and (given.acquirer or given.host or given.host_line == "serial"):
        parser.error("--pcap: captures the emulated host's own line, tcp or tls")


def _cables(parser: argparse.ArgumentParser, given: argparse.Namespace) -> Mapping[str, LabCable]:
    plugged = {name: text for name in CABLES if (text := getattr(given, name))}
    try:
        return {
            CABLES[name]: lab_cable(CABLES[name], text, given.baud)
            for name, text in plugged.items()
        }
    except ValueError as error:
        parser.error(f"a cable: {error}")


def _baud(text: str) -> int:
    is_number = text.isascii() and text.isdigit()
    if not is_number or not (text == "0" or SLOWEST_BAUD <= int(text) <= FASTEST_BAUD):
        raise argparse.ArgumentTypeError(
            f"a speed is {SLOWEST_BAUD} to {FASTEST_BAUD} baud, or 0 for no limit"
        )
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _acquirer(text: str) -> str:
    scheme, _, place = text.partition("://")
    is_port = text.startswith(("serial:", "/dev/"))
    if not is_port and not (scheme in HOST_SCHEMES and _is_host_and_port(place)):
        raise argparse.ArgumentTypeError("a host's URL is like tcp://HOST:PORT or serial:/dev/PORT")
    return text


def _is_host_and_port(place: str) -> bool:
    host, _, port = place.partition("?")[0].rpartition(":")
    return bool(host) and port.isascii() and port.isdigit() and 0 < int(port) <= LAST_PORT

"""The command line of the emulator."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from emulator.devices import WireKind
from emulator.shop import SHOPS

STATE: Final = Path(__file__).parent.parent / ".emulator"
PAGE_PORT: Final = 8080


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
    devices_only: bool
    is_demo: bool


def parsed_options(arguments: Sequence[str]) -> Options:
    """The options; ends the process with a message when they are wrong."""
    given = _parser().parse_args(arguments)
    return Options(
        port=given.port,
        control=given.control,
        is_headless=given.headless,
        is_fresh=given.fresh,
        state=given.state.absolute(),
        wires=cast(WireKind, given.wires),
        shop=given.shop,
        acquirer=given.acquirer or "",
        devices_only=given.devices_only,
        is_demo=given.demo,
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
    add("--devices-only", action="store_true", help="no firmware: print device.toml's path instead")
    add("--demo", action="store_true", help="play one refund, print it, check the books, and end")
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _acquirer(text: str) -> str:
    if not text.startswith(("tcp://", "tls://", "serial:", "/dev/", "socket://", "rfc2217://")):
        raise argparse.ArgumentTypeError("a host's URL is like tcp://HOST:PORT or serial:/dev/PORT")
    return text

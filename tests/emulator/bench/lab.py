"""A bench without firmware, and the firmware's end of its wires played by the test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import serial

from emulator.bench import Bench, running_bench
from emulator.devices import WireKind
from emulator.frames import framed
from emulator.parts import BenchOptions
from emulator.shop import SHOPS, Shop, load_shop

DEMO = SHOPS / "demo.toml"
PATIENCE_S = 10.0


def demo_shop() -> Shop:
    """The shop file that everybody starts with."""
    return load_shop(DEMO)


@asynccontextmanager
async def bench_in(folder: Path, wires: WireKind = "pty", **options: Any) -> AsyncIterator[Bench]:
    """A bench in this folder, without firmware unless asked for."""
    usual = BenchOptions(folder, demo_shop(), wires, devices_only=True)
    async with running_bench(replace(usual, **options), lambda line: None) as bench:
        yield bench


async def asked(bench: Bench, verb: str, **fields: Any) -> dict[str, Any]:
    """The reply of a request that must succeed."""
    reply = await bench.do({"id": 7, "do": verb, **fields})
    assert reply["ok"], reply
    assert reply["id"] == 7
    return reply


async def refused(bench: Bench, verb: str, **fields: Any) -> str:
    """The error of a request that must fail."""
    reply = await bench.do({"id": 7, "do": verb, **fields})
    assert not reply["ok"], reply
    return str(reply["error"])


def opened(bench: Bench, wire: str) -> serial.Serial:
    """The firmware's end of a wire, as its driver opens it."""
    url = bench.parts.devices.urls()[wire].removeprefix("serial:")
    return serial.serial_for_url(url, timeout=PATIENCE_S)


def show(sequence: int, name: str, *rows: str) -> bytes:
    """A SHOW frame (drivers/display.md)."""
    payload = sequence.to_bytes(4, "big") + b"en" + _str8(name.encode()) + bytes((len(rows),))
    for number, row in enumerate(rows):
        payload += bytes((number, 0)) + _str8(row.encode("gb18030"))
    return framed(0x02, 1, payload)


def _str8(raw: bytes) -> bytes:
    return bytes((len(raw),)) + raw


async def in_thread(bench: Bench, wire: str, raw: bytes, count: int) -> bytes:
    """Write and read as the firmware does, from another thread, while the bench goes on."""

    def exchange() -> bytes:
        with closing(opened(bench, wire)) as port:
            port.write(raw)
            return bytes(port.read(count))

    return await asyncio.to_thread(exchange)


def played(folder: Path, play: Callable[[Bench], Awaitable[Any]]) -> Any:
    """What `play` makes of a bench without firmware."""

    async def run() -> Any:
        async with bench_in(folder) as bench:
            return await play(bench)

    return asyncio.run(run())


def display(bench: Bench, raw: bytes) -> None:
    """Bytes on the display's wire."""
    bench.parts.devices.display.receive(raw, bench.parts.devices.now_s)

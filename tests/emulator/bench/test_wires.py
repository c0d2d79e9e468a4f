"""The three kinds of wires, with pyserial as the firmware's side."""

import asyncio
import os
from contextlib import closing
from pathlib import Path

import pytest
import serial

from emulator.bench import Bench
from emulator.devices import WireKind
from emulator.frames import framed
from emulator.serve_tcp import TcpWire
from tests.emulator.bench.lab import asked, bench_in, in_thread, opened

# pyserial's own client of RFC 2217 does it.
pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")
STATUS = framed(0x01, 0x0102)
DISPLAY_ANSWER_BYTES = 8 + 10
KINDS: tuple[WireKind, ...] = ("pty", "tcp", "rfc2217")


@pytest.mark.parametrize("kind", KINDS)
def test_question_and_answer_pass_whole(tmp_path: Path, kind: WireKind) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, kind) as bench:
            return await in_thread(bench, "display", STATUS, DISPLAY_ANSWER_BYTES)

    answer = asyncio.run(play())
    assert answer[:6] == bytes.fromhex("02 000D 81 0102")
    assert answer[6:8] == bytes((20, 8))


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_of_every_value_pass(tmp_path: Path, kind: WireKind) -> None:
    every_byte = bytes(range(256))

    async def play() -> bytes:
        async with bench_in(tmp_path, kind) as bench:
            station = bench.parts.devices.stations["scanner"]
            with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
                await asyncio.to_thread(_settled, port, kind)
                await _taken(bench, "scanner")
                station.emit(((0.0, every_byte),))
                return bytes(await asyncio.to_thread(port.read, 256))

    assert asyncio.run(play()) == every_byte


async def _taken(bench: Bench, name: str) -> None:
    """A TCP connection may be there before the other side has taken it."""
    wire = bench.parts.devices.stations[name].wire
    while isinstance(wire, TcpWire) and wire._peer is None:
        await asyncio.sleep(0.01)


def _settled(port: serial.SerialBase, kind: WireKind) -> None:
    # An answer shows that the other side speaks.
    if kind == "rfc2217":
        port.baudrate = 19200


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_pulled_cable_is_seen_and_the_url_is_good_again(tmp_path: Path, kind: WireKind) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, kind) as bench:
            url = bench.parts.devices.urls()["display"]
            with closing(await asyncio.to_thread(opened, bench, "display")) as port:
                port.write(STATUS)
                await asyncio.to_thread(port.read, DISPLAY_ANSWER_BYTES)
                await asked(bench, "link", wire="display", to="down")
                with pytest.raises((OSError, serial.SerialException)):
                    await asyncio.to_thread(_read_twice, port)
            with pytest.raises((OSError, serial.SerialException)):
                await asyncio.to_thread(opened, bench, "display")
            await asked(bench, "link", wire="display", to="up")
            assert bench.parts.devices.urls()["display"] == url
            return await in_thread(bench, "display", STATUS, DISPLAY_ANSWER_BYTES)

    assert len(asyncio.run(play())) == DISPLAY_ANSWER_BYTES


def _read_twice(port: serial.SerialBase) -> None:
    # A TCP peer that is gone reads as nothing first.
    port.read(1)
    port.write(STATUS)
    port.read(1)


def test_new_connection_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, "tcp") as bench:
            with closing(await asyncio.to_thread(opened, bench, "display")):
                return await in_thread(bench, "display", STATUS, DISPLAY_ANSWER_BYTES)

    assert len(asyncio.run(play())) == DISPLAY_ANSWER_BYTES


def test_nonsense_in_rfc2217_ends_the_connection_and_nothing_else(tmp_path: Path) -> None:
    broken = bytes.fromhex("FFFA 2C01 FFF0")  # a baud rate without its four bytes

    async def play() -> bytes:
        async with bench_in(tmp_path, "rfc2217") as bench:
            address = bench.parts.devices.urls()["display"].removeprefix("rfc2217://")
            host, port = address.split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(broken)
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readexactly(10_000)
            writer.close()
            return await in_thread(bench, "display", STATUS, DISPLAY_ANSWER_BYTES)

    assert len(asyncio.run(play())) == DISPLAY_ANSWER_BYTES


def test_pty_that_nobody_reads_does_not_stop_the_bench(tmp_path: Path) -> None:
    async def play() -> dict[str, object]:
        async with bench_in(tmp_path, "pty") as bench:
            for _ in range(300):
                await asked(bench, "scan", text="R" * 500)
            return await asked(bench, "screen")

    assert asyncio.run(play())["name"] == ""


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_scan_of_a_megabyte_arrives_whole(tmp_path: Path, kind: WireKind) -> None:
    text = "R" * 1_000_000

    async def play() -> bytes:
        async with bench_in(tmp_path, kind) as bench:
            with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
                await _taken(bench, "scanner")
                await asked(bench, "scan", text=text)
                return await asyncio.to_thread(_line, port)

    assert asyncio.run(play()) == f"{text}\r".encode()


def _line(port: serial.SerialBase) -> bytes:
    raw = b""
    while not raw.endswith(b"\r"):
        some = port.read(4096)
        assert some, "the rest did not come"
        raw += some
    return raw


def test_drop_cuts_a_wire_in_the_middle_and_brings_it_back(tmp_path: Path) -> None:
    async def play() -> tuple[bytes, bytes]:
        async with bench_in(tmp_path, "pty") as bench:
            await asked(bench, "fault", name="link.drop", wire="scanner", after_bytes=3)
            with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
                await asked(bench, "scan", text="ABCDEF")
                # Nothing is lost that had passed before the cut.
                passed = await asyncio.to_thread(_all_until_lost, port)
            while not bench.parts.devices.stations["scanner"].wire.is_up:
                await asyncio.sleep(0.01)
            with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
                await asked(bench, "scan", text="GHI")
                return passed, bytes(await asyncio.to_thread(port.read, 4))

    passed, after = asyncio.run(play())
    assert b"ABC".startswith(passed)
    assert after == b"GHI\r"


def _all_until_lost(port: serial.SerialBase) -> bytes:
    raw = b""
    try:
        while True:
            raw += port.read(1)
    except (OSError, serial.SerialException):
        return raw


def open_descriptors() -> set[tuple[str, str]]:
    """Number and target of each, where the system tells."""
    folder = Path("/proc/self/fd")
    return {
        (one.name, os.readlink(one))
        for one in (folder.iterdir() if folder.is_dir() else ())
        if one.is_symlink()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_after_stop(tmp_path: Path, kind: WireKind) -> None:
    before = open_descriptors()

    async def play() -> list[str]:
        async with bench_in(tmp_path, kind) as bench:
            await in_thread(bench, "display", STATUS, DISPLAY_ANSWER_BYTES)
            return list(bench.parts.devices.urls().values())

    urls = asyncio.run(play())
    assert not list((tmp_path / "wires").iterdir())
    for url in urls:
        with pytest.raises((OSError, serial.SerialException)):
            serial.serial_for_url(url.removeprefix("serial:"), timeout=1)
    # What earlier tests left to the garbage collector may go meanwhile: only new ones count.
    assert not open_descriptors() - before

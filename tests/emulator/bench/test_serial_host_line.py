"""The host at the end of a serial line, with pyserial as the firmware's side."""

import asyncio
from contextlib import closing
from functools import reduce
from operator import xor
from pathlib import Path

import pytest
import serial

from emulator.bench import Bench
from tests.emulator.bench.lab import asked, bench_in

ACK, NAK = b"\x06", b"\x15"
ECHO = bytes.fromhex("60000300006031003100010820 0020000000C00012 000001".replace(" ", ""))
FIELDS = b"12345678898310058120001" + bytes.fromhex("0011000000013010 0003") + b"01 "


def on_line(payload: bytes) -> bytes:
    """A frame of the serial line (profile, 6)."""
    checked = bytes.fromhex(f"{len(payload):04d}") + payload + b"\x03"
    return b"\x02" + checked + bytes((reduce(xor, checked),))


def line(bench: Bench) -> serial.SerialBase:
    """The firmware's end."""
    return serial.serial_for_url(bench.parts.acquirer.url.removeprefix("serial:"), timeout=10)


async def exchanged(bench: Bench, raw: bytes, count: int) -> bytes:
    def exchange() -> bytes:
        with closing(line(bench)) as port:
            port.write(raw)
            return bytes(port.read(count))

    return await asyncio.to_thread(exchange)


def test_request_is_acknowledged_and_answered(tmp_path: Path) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, host_line="serial") as bench:
            return await exchanged(bench, on_line(ECHO + FIELDS), 4)

    answer = asyncio.run(play())
    assert answer[:2] == ACK + b"\x02"
    assert answer[2:].hex().isdecimal()


def test_frame_that_was_disturbed_is_refused(tmp_path: Path) -> None:
    wrong = bytearray(on_line(ECHO + FIELDS))
    wrong[-1] ^= 1

    async def play() -> bytes:
        async with bench_in(tmp_path, host_line="serial") as bench:
            return await exchanged(bench, bytes(wrong), 1)

    assert asyncio.run(play()) == NAK


def test_late_answer_does_not_hold_up_the_next_acknowledgement(tmp_path: Path) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, host_line="serial") as bench:
            await asked(bench, "fault", name="host.late", delay_s=600.0)
            await exchanged(bench, on_line(ECHO + FIELDS), 1)
            return await exchanged(bench, on_line(ECHO + FIELDS), 2)

    assert asyncio.run(play()) == ACK + b"\x02"


def test_pulled_line_has_no_port_and_is_good_again(tmp_path: Path) -> None:
    async def play() -> tuple[str, str, bytes]:
        async with bench_in(tmp_path, host_line="serial") as bench:
            before = bench.parts.acquirer.url
            await asked(bench, "link", wire="acquirer", to="down")
            with pytest.raises((OSError, serial.SerialException)):
                await asyncio.to_thread(line, bench)
            await asked(bench, "link", wire="acquirer", to="up")
            after = bench.parts.acquirer.url
            return before, after, await exchanged(bench, on_line(ECHO + FIELDS), 1)

    before, after, answer = asyncio.run(play())
    assert before == after
    assert answer == ACK


def test_cut_line_goes_away_and_comes_back_by_itself(tmp_path: Path) -> None:
    async def play() -> tuple[list[str], bytes]:
        async with bench_in(tmp_path, host_line="serial") as bench:
            await asked(bench, "fault", name="link.drop", wire="acquirer", after_bytes=10)
            with closing(await asyncio.to_thread(line, bench)) as port:
                await asyncio.to_thread(port.write, on_line(ECHO + FIELDS))
                with pytest.raises((OSError, serial.SerialException)):
                    await asyncio.to_thread(port.read, 1)
            while not bench.parts.acquirer.line.is_up:
                await asyncio.sleep(0.01)
            entries = bench.parts.trace.since()
            remarks = [str(e["meaning"]) for e in entries if e["direction"] == "-"]
            return remarks, await exchanged(bench, on_line(ECHO + FIELDS), 1)

    remarks, answer = asyncio.run(play())
    assert remarks == ["link down", "link up"]
    assert answer == ACK


def test_device_file_names_the_line(tmp_path: Path) -> None:
    async def play() -> str:
        async with bench_in(tmp_path, "tcp", host_line="serial") as bench:
            return bench.parts.device_file.read_text(encoding="utf-8")

    assert f'acquirer = "serial:{tmp_path}/wires/acquirer"' in asyncio.run(play())


def test_nothing_of_the_line_is_left_after_stop(tmp_path: Path) -> None:
    async def play() -> None:
        async with bench_in(tmp_path, host_line="serial") as bench:
            await asked(bench, "fault", name="host.late", delay_s=600.0)
            await exchanged(bench, on_line(ECHO + FIELDS), 1)

    asyncio.run(play())
    assert not list((tmp_path / "wires").iterdir())


def test_noise_on_the_line_is_refused(tmp_path: Path) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, host_line="serial") as bench:
            await asked(bench, "fault", name="link.noise", wire="acquirer", every_bytes=50)
            return await exchanged(bench, on_line(ECHO + FIELDS), 1)

    assert asyncio.run(play()) == NAK


def test_line_that_is_there_and_mute_takes_nothing(tmp_path: Path) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, host_line="serial") as bench:
            await asked(bench, "fault", name="link.half_open")
            with closing(line(bench)) as port:
                await asyncio.to_thread(port.write, on_line(ECHO + FIELDS))
                await asked(bench, "clear")
                await asyncio.to_thread(port.write, on_line(ECHO + FIELDS))
                return bytes(await asyncio.to_thread(port.read, 2))

    assert asyncio.run(play()) == ACK + b"\x02"

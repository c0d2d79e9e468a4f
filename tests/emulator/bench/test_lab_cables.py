"""Cables to another computer: parsed, plugged in, slow as they say, lost and found again."""

import asyncio
import os
import tomllib
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.frames import framed
from emulator.lab_cables import LabCable, cable_wire, lab_cable
from emulator.serve_cable import CableWire
from emulator.serve_paced import PacedWire
from tests.emulator.bench.lab import asked, bench_in

STATUS = framed(0x01, 0x0102)
ANSWER_BYTES = 8 + 10


class FarEnd:
    """The other plug of a cable whose near one is at `plug`; pulled, the near one is gone too."""

    def __init__(self, plug: Path) -> None:
        self.plug = plug
        self._ours = self._theirs = -1
        self.put_in()

    def put_in(self) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.plug.unlink(missing_ok=True)
        self.plug.symlink_to(os.ttyname(self._theirs))

    def pull(self) -> None:
        for end in {self._ours, self._theirs} - {-1}:
            os.close(end)
        self._ours = self._theirs = -1

    def write(self, raw: bytes) -> None:
        os.write(self._ours, raw)

    async def read(self, count: int) -> bytes:
        raw = b""
        while len(raw) < count:
            raw += await asyncio.to_thread(os.read, self._ours, count - len(raw))
        return raw


@pytest.fixture
def far(tmp_path: Path) -> Iterator[FarEnd]:
    end = FarEnd(tmp_path / "plug")
    yield end
    end.pull()


def cables(far: FarEnd, name: str = "display", baud: int = 9600) -> dict[str, LabCable]:
    return {name: LabCable(str(far.plug), baud)}


@pytest.mark.parametrize(
    ("wire", "text", "baud", "expected"),
    [
        ("printer", "/dev/ttyUSB0", 0, LabCable("/dev/ttyUSB0", 115200)),
        ("reader", "/dev/ttyUSB0", 0, LabCable("/dev/ttyUSB0", 9600)),
        ("printer", "/dev/ttyUSB0", 19200, LabCable("/dev/ttyUSB0", 19200)),
        ("printer", "/dev/ttyUSB0,4800", 19200, LabCable("/dev/ttyUSB0", 4800)),
        ("keypad", "rfc2217://box:3001", 0, LabCable("rfc2217://box:3001", 115200)),
        ("keypad", "socket://box:3001,9600", 0, LabCable("socket://box:3001", 9600)),
    ],
)
def test_port_and_speed_of_a_cable(wire: str, text: str, baud: int, expected: LabCable) -> None:
    assert lab_cable(wire, text, baud) == expected


@pytest.mark.parametrize("text", ["ttyUSB0", "COM1", "", "/dev/x,fast", "/dev/x,", "/dev/x,0"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a port is like /dev/ttyUSB0"):
        lab_cable("keypad", text, 0)


def test_question_and_answer_pass_a_cable(tmp_path: Path, far: FarEnd) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path / "state", cables=cables(far)):
            far.write(STATUS)
            return await far.read(ANSWER_BYTES)

    answer = asyncio.run(play())
    assert answer[:6] == bytes.fromhex("02 000D 81 0102")


def test_device_file_names_the_boards_end_and_the_speed(tmp_path: Path, far: FarEnd) -> None:
    async def play() -> Path:
        async with bench_in(tmp_path / "state", cables=cables(far, "acquirer", 19200)) as bench:
            return bench.parts.device_file

    device = tomllib.loads(asyncio.run(play()).read_text(encoding="utf-8"))
    assert device["wires"]["acquirer"] == "serial:/dev/acquirer"
    assert device["lines"] == {"acquirer": {"baudrate": 19200}}


def test_speed_of_all_wires_stands_in_the_device_file(tmp_path: Path) -> None:
    async def play() -> Path:
        async with bench_in(tmp_path, baud=9600) as bench:
            return bench.parts.device_file

    lines = tomllib.loads(asyncio.run(play()).read_text(encoding="utf-8"))["lines"]
    assert lines["printer"] == lines["keypad"] == {"baudrate": 9600}


def test_pseudo_terminal_is_as_slow_as_a_port(far: FarEnd) -> None:
    assert isinstance(cable_wire("printer", LabCable(str(far.plug), 9600)), PacedWire)
    assert isinstance(cable_wire("printer", LabCable("rfc2217://box:1", 9600)), CableWire)


def test_port_that_is_not_there_is_named(tmp_path: Path) -> None:
    async def play() -> None:
        plug = LabCable(str(tmp_path / "none"), 9600)
        async with bench_in(tmp_path / "state", cables={"printer": plug}):
            pytest.fail("it began without the port")

    with pytest.raises(OSError, match=r"printer: .*/none: No such file or directory"):
        asyncio.run(play())


def test_port_that_is_in_use_is_named(tmp_path: Path, far: FarEnd) -> None:
    async def play() -> None:
        async with bench_in(tmp_path / "one", cables=cables(far)):
            with pytest.raises(OSError, match=r"display: .*/plug: in use by another program"):
                async with bench_in(tmp_path / "two", cables=cables(far)):
                    pytest.fail("it began with a port of somebody else")

    asyncio.run(play())


def test_cable_that_goes_away_is_tried_until_it_is_there_again(
    tmp_path: Path, far: FarEnd, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []

    async def says(what: str) -> None:
        while what not in (text := capsys.readouterr().out):
            said.append(text)
            await asyncio.sleep(0.01)

    async def play() -> bytes:
        async with bench_in(tmp_path / "state", cables=cables(far)) as bench:
            far.pull()
            await says(f"display: {far.plug} is gone")
            far.put_in()
            await says(f"display: {far.plug} is there again")
            await asked(bench, "link", wire="display", to="down")
            await asked(bench, "link", wire="display", to="up")
            far.write(STATUS)
            return await far.read(ANSWER_BYTES)

    assert len(asyncio.run(play())) == ANSWER_BYTES


def test_bench_that_ends_leaves_no_port_and_no_trial(tmp_path: Path, far: FarEnd) -> None:
    async def play() -> None:
        async with bench_in(tmp_path / "state", cables=cables(far)) as bench:
            far.pull()
            far.plug.unlink()
            wire = bench.parts.devices.stations["display"].wire
            while not _is_trying(wire):
                await asyncio.sleep(0.01)
        assert not asyncio.all_tasks() - {asyncio.current_task()}

    asyncio.run(play())


def _is_trying(wire: object) -> bool:
    inner = getattr(wire, "_wire", wire)
    return getattr(inner, "_again", None) is not None

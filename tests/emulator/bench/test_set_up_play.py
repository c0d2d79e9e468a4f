"""The bench types the first code and passwords, whatever the order of the wires."""

import asyncio
from pathlib import Path

import msgspec

from emulator.bench import Bench
from emulator.frames import framed
from emulator.set_up_play import SetUpPlay
from tests.emulator.bench.lab import bench_in, demo_shop, show

CODE = framed(0x0C, 1, b"\x3c")
PATIENCE_S = 10.0
# The bench has a player of its own: here only the test's one plays.
BY_HAND = msgspec.structs.replace(demo_shop(), setup="by hand")


def new_password(number: str, shortest: int) -> bytes:
    cost = (1000).to_bytes(4, "big")
    return framed(0x0B, 2, number.encode() + bytes((shortest, 12)) + cost + b"\x3c")


class Terminal:
    """Asks as the firmware does: a frame to the display, a question to the pad."""

    def __init__(self, bench: Bench) -> None:
        self._devices = bench.parts.devices
        self._sequence = 0

    def show(self, name: str, *rows: str) -> None:
        self._sequence += 1
        self._devices.display.receive(show(self._sequence, name, *rows), 0.0)

    def ask(self, question: bytes) -> None:
        assert self._devices.keypad.receive(question, self._devices.now_s) == ()

    async def is_answered(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self._devices.is_entry_open:
                await asyncio.sleep(0)


def played(folder: Path, said: list[str], *, is_screen_late: bool) -> None:
    async def play() -> None:
        async with bench_in(folder, shop=BY_HAND) as bench:
            player = SetUpPlay(bench.parts, said.append)
            player.begin()
            terminal = Terminal(bench)
            terminal.show("setup", "One-time code")
            terminal.ask(CODE)
            await terminal.is_answered()
            for number, shortest in (("01", 4), ("10", 6), ("99", 6)):
                if is_screen_late:
                    terminal.ask(new_password(number, shortest))
                    await asyncio.sleep(0)
                terminal.show("setup.password", "Set-up", f"{number}张 password 6-12")
                if not is_screen_late:
                    terminal.ask(new_password(number, shortest))
                await terminal.is_answered()
            terminal.show("logon", "Who?")
            await asyncio.wait_for(player.ended(), PATIENCE_S)

    asyncio.run(play())


EXPECTED = [
    "Set-up: one-time code",
    "Set-up: password of 01 Li Na 李娜",
    "Set-up: password of 10 Zhao 赵敏",
    "Set-up: password of 99 Admin 管理",
    "The terminal is set up.",
]


def test_code_and_passwords_are_typed_until_log_on(tmp_path: Path) -> None:
    said: list[str] = []
    played(tmp_path, said, is_screen_late=False)
    assert said == EXPECTED


def test_screen_that_comes_after_the_pad_s_question_gives_nobody_another_s_password(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    played(tmp_path, said, is_screen_late=True)
    assert said == EXPECTED


def test_set_up_goes_on_after_a_power_cut(tmp_path: Path) -> None:
    said: list[str] = []

    async def play() -> None:
        async with bench_in(tmp_path, shop=BY_HAND) as bench:
            player = SetUpPlay(bench.parts, said.append)
            player.begin()
            terminal = Terminal(bench)
            terminal.show("setup", "One-time code")
            terminal.ask(CODE)
            await terminal.is_answered()
            bench.parts.devices.lose_power()
            terminal.show("setup", "One-time code")
            terminal.ask(CODE)
            await terminal.is_answered()
            terminal.show("idle", "Demo shop")
            await asyncio.wait_for(player.ended(), PATIENCE_S)

    asyncio.run(play())
    assert said == [EXPECTED[0], EXPECTED[0], EXPECTED[-1]]


def test_screen_that_names_nobody_is_left_to_people(tmp_path: Path) -> None:
    said: list[str] = []

    async def play() -> None:
        async with bench_in(tmp_path, shop=BY_HAND) as bench:
            player = SetUpPlay(bench.parts, said.append)
            player.begin()
            terminal = Terminal(bench)
            terminal.show("setup.password", "77 nobody")
            terminal.ask(new_password("77", 6))
            await asyncio.wait_for(player.ended(), PATIENCE_S)

    asyncio.run(play())
    assert said == ["The set-up needs you: 77 nobody"]

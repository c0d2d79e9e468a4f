"""Wires at the speed of a serial line: order and content are what they were."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.frames import framed
from emulator.serve_paced import Pacer
from tests.emulator.bench.lab import asked, bench_in, in_thread, opened
from tests.emulator.bench.virtual_loop import in_virtual_time

STATUS = framed(0x01, 0x0102)
ANSWER_BYTES = 8 + 10
BAUD = 9600
BYTE_S = 10 / BAUD


def test_question_and_answer_pass_a_slow_wire_whole(tmp_path: Path) -> None:
    async def play(baud: int) -> bytes:
        async with bench_in(tmp_path, "pty", baud=baud) as bench:
            return await in_thread(bench, "display", STATUS, ANSWER_BYTES)

    assert asyncio.run(play(9600)) == asyncio.run(play(0))


def test_long_text_keeps_its_order_at_a_low_speed(tmp_path: Path) -> None:
    texts = [f"{number:03}" * 40 for number in range(12)]
    said = "".join(f"{text}\r" for text in texts).encode()

    async def play() -> bytes:
        async with bench_in(tmp_path, "pty", baud=115200) as bench:
            with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
                for text in texts:
                    await asked(bench, "scan", text=text)
                return bytes(await asyncio.to_thread(port.read, len(said)))

    assert asyncio.run(play()) == said


def test_what_had_not_passed_is_lost_with_the_cable(tmp_path: Path) -> None:
    async def play() -> bytes:
        async with bench_in(tmp_path, "pty", baud=300) as bench:
            await asked(bench, "scan", text="A" * 500)
            await asked(bench, "link", wire="scanner", to="down")
            await asked(bench, "link", wire="scanner", to="up")
            with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
                await asked(bench, "scan", text="B")
                return bytes(await asyncio.to_thread(port.read, 2))

    assert asyncio.run(play()) == b"B\r"


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=20))
def test_pacer_lets_every_byte_through_in_its_order(parts: list[bytes]) -> None:
    async def play() -> bytes:
        passed = bytearray()
        pacer = Pacer(BAUD, passed.extend)
        for part in parts:
            pacer.put(part)
            await asyncio.sleep(0.01)
        await asyncio.sleep(sum(map(len, parts)) * BYTE_S)
        return bytes(passed)

    assert in_virtual_time(play()) == b"".join(parts)


def test_each_byte_takes_ten_bits_of_the_line() -> None:
    passed: list[tuple[int, float]] = []

    async def play() -> None:
        loop = asyncio.get_running_loop()
        pacer = Pacer(BAUD, lambda raw: passed.append((len(raw), loop.time())))
        pacer.put(bytes(30))
        pacer.put(bytes(20))
        await asyncio.sleep(1)
        pacer.put(bytes(1))
        await asyncio.sleep(1)

    in_virtual_time(play())
    count = 0
    for length, at_s in passed[:-1]:
        count += length
        assert at_s == pytest.approx(count * BYTE_S)
    assert count == 50
    # A line that had nothing to do does not let the next byte through any faster.
    assert passed[-1][1] == pytest.approx(1 + BYTE_S)

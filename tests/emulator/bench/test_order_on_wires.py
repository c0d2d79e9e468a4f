"""What a device says leaves in the order in which it was said, whatever is still on its way."""

import asyncio
from functools import partial

import pytest

from emulator.serve_turn import InTurn
from tests.emulator.bench.virtual_loop import in_virtual_time

KEYS = [f"key {number}" for number in range(8)]


@pytest.mark.parametrize("late_s", [0.0, 0.001, 0.5])
def test_keys_pressed_while_an_answer_is_on_its_way_keep_their_order(late_s: float) -> None:
    async def play() -> list[str]:
        said: list[str] = []
        turn = InTurn(asyncio.get_running_loop())
        turn.after(late_s, lambda: said.append("answer"))
        for key in KEYS:
            turn.after(0.0, partial(said.append, key))
        await asyncio.sleep(1.0)
        return said

    assert in_virtual_time(play()) == ["answer", *KEYS]


def test_what_was_forgotten_is_never_said() -> None:
    async def play() -> list[str]:
        said: list[str] = []
        turn = InTurn(asyncio.get_running_loop())
        turn.after(0.1, lambda: said.append("lost with the cable"))
        turn.forget()
        turn.after(0.0, lambda: said.append("after it came back"))
        await asyncio.sleep(1.0)
        return said

    assert in_virtual_time(play()) == ["after it came back"]

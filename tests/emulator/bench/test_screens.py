"""The screen, and waiting for it."""

import asyncio
from pathlib import Path
from typing import Any

from emulator.bench import Bench
from emulator.frames import framed
from tests.emulator.bench.lab import asked, display, played, refused, show


def test_screen_is_what_the_display_was_told(tmp_path: Path) -> None:
    async def play(bench: Bench) -> dict[str, Any]:
        display(bench, show(1, "refund.amount", "退货", "Amount"))
        return await asked(bench, "screen")

    reply = played(tmp_path, play)
    assert (reply["name"], reply["language"], reply["seq"]) == ("refund.amount", "en", 1)
    assert reply["rows"][:2] == ["退货" + " " * 16, "Amount" + " " * 14]
    assert len(reply["rows"]) == 8


def test_seq_grows_over_a_restart_of_the_display(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[int]:
        display(bench, show(7, "idle", "one"))
        first = (await asked(bench, "screen"))["seq"]
        bench.parts.devices.lose_power()
        blank = await asked(bench, "screen")
        assert blank["name"] == ""
        display(bench, show(1, "logon", "two"))
        return [first, blank["seq"], (await asked(bench, "screen"))["seq"]]

    seqs = played(tmp_path, play)
    assert seqs == sorted(set(seqs))


def test_beep_is_counted_and_is_no_new_screen(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[dict[str, Any], dict[str, Any]]:
        display(bench, show(1, "idle", "one"))
        before = await asked(bench, "screen")
        display(bench, framed(0x03, 2, b"\x01"))
        return before, await asked(bench, "screen")

    before, after = played(tmp_path, play)
    assert after["beeps"] == before["beeps"] + 1
    assert after["seq"] == before["seq"]


def test_wait_ends_when_the_screen_comes(tmp_path: Path) -> None:
    async def play(bench: Bench) -> dict[str, Any]:
        waiting = asyncio.create_task(asked(bench, "wait", name="idle", contains="ready"))
        await asyncio.sleep(0)
        display(bench, show(1, "idle", "not yet"))
        display(bench, show(2, "idle", "ready now"))
        display(bench, show(3, "menu", "gone"))
        return await waiting

    assert "ready" in played(tmp_path, play)["rows"][0]


def test_wait_with_after_seq_takes_no_older_screen(tmp_path: Path) -> None:
    async def play(bench: Bench) -> int:
        display(bench, show(1, "idle", "old"))
        seq = (await asked(bench, "screen"))["seq"]
        waiting = asyncio.create_task(asked(bench, "wait", name="idle", after_seq=seq))
        await asyncio.sleep(0)
        display(bench, show(2, "idle", "new"))
        return int((await waiting)["seq"] - seq)

    assert played(tmp_path, play) == 1


def test_wait_that_is_not_answered_says_what_is_shown(tmp_path: Path) -> None:
    async def play(bench: Bench) -> str:
        display(bench, show(1, "logon", "Who are you?"))
        return await refused(bench, "wait", name="idle", timeout_s=0)

    error = played(tmp_path, play)
    assert error == "wait: not in time; the display shows logon: Who are you?"


def test_wait_for_a_password_screen_ends_when_the_pad_asks(tmp_path: Path) -> None:
    async def play(bench: Bench) -> bool:
        devices = bench.parts.devices
        waiting = asyncio.create_task(asked(bench, "wait", name="logon.password"))
        display(bench, show(1, "logon.password", "Password"))
        await asyncio.sleep(0)
        assert not waiting.done()
        devices.keypad.receive(framed(0x0C, 1, b"\x3c"), devices.now_s)
        await waiting
        return devices.is_entry_open

    assert played(tmp_path, play) is True

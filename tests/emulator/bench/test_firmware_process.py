"""The child process: started, killed, seen when it ends by itself."""

import asyncio
from pathlib import Path

from emulator.firmware import Firmware

SLEEPER = ("-c", "import time; print('up', flush=True); time.sleep(600)")
BROKEN = ("-c", "import sys; sys.exit('wires.keypad: no such port')")
PATIENCE_S = 20.0


def child(folder: Path, command: tuple[str, ...]) -> Firmware:
    return Firmware(folder / "device.toml", folder / "firmware.log", command)


def test_kill_ends_it_at_once_and_it_starts_again(tmp_path: Path) -> None:
    async def play() -> list[str]:
        firmware = child(tmp_path, SLEEPER)
        states: list[str] = []
        for _ in range(2):
            await firmware.start()
            states.append(firmware.state)
            await asyncio.wait_for(firmware.kill(), PATIENCE_S)
            states.append(firmware.state)
        await firmware.kill()
        return states

    assert asyncio.run(play()) == ["on", "off", "on", "off"]


def test_start_while_it_runs_starts_no_second_one(tmp_path: Path) -> None:
    async def play() -> None:
        firmware = child(tmp_path, SLEEPER)
        await firmware.start()
        async with asyncio.timeout(PATIENCE_S):
            while firmware.last_line() != "up":
                await asyncio.sleep(0.01)
        await firmware.start()
        await firmware.kill()

    asyncio.run(play())
    assert (tmp_path / "firmware.log").read_text() == "up\n"


def test_end_by_itself_is_told_with_the_last_line(tmp_path: Path) -> None:
    async def play() -> tuple[int, str, str]:
        firmware = child(tmp_path, BROKEN)
        ended: asyncio.Future[tuple[int, str]] = asyncio.get_running_loop().create_future()
        firmware.on_exit = lambda code, line: ended.set_result((code, line))
        await firmware.start()
        code, line = await asyncio.wait_for(ended, PATIENCE_S)
        return code, line, firmware.state

    assert asyncio.run(play()) == (1, "wires.keypad: no such port", "stopped")


def test_kill_is_not_told_as_an_end_by_itself(tmp_path: Path) -> None:
    told: list[int] = []

    async def play() -> None:
        firmware = child(tmp_path, SLEEPER)
        firmware.on_exit = lambda code, line: told.append(code)
        await firmware.start()
        await firmware.kill()

    asyncio.run(play())
    assert told == []

"""The faults of printer, reader and wires, as the control channel arms them."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from emulator.bench import Bench
from tests.emulator.bench.lab import asked, opened, played


def test_faults_are_listed_with_what_is_armed(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[dict[str, Any]]:
        await asked(bench, "fault", name="host.decline", code="51")
        await asked(bench, "fault", name="reader.bad_track", count=2)
        await asked(bench, "swipe", card="debit")
        return list((await asked(bench, "faults"))["faults"])

    listing = {fault["name"]: fault for fault in played(tmp_path, play)}
    assert listing["host.decline"]["armed"] is True
    assert (listing["reader.bad_track"]["armed"], listing["reader.bad_track"]["left"]) == (True, 1)
    assert listing["printer.silent"]["armed"] is False
    assert listing["link.drop"]["parameters"]["after_bytes"] == {"type": "int", "default": 20}


def test_bad_track_spoils_as_many_swipes_as_were_asked_for(tmp_path: Path) -> None:
    async def play(bench: Bench) -> bytes:
        with closing(await asyncio.to_thread(opened, bench, "reader")) as port:
            await asked(bench, "fault", name="reader.bad_track", count=1)
            await asked(bench, "swipe", track2="1")
            await asked(bench, "swipe", track2="1")
            return bytes(await asyncio.to_thread(port.read, 8))

    assert played(tmp_path, play) == b";E?\r;1?\r"


def test_clear_without_a_name_mends_everything(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[bool]:
        for name in ("host.late", "printer.silent", "printer.paper_out", "link.drop"):
            await asked(bench, "fault", name=name)
        await asked(bench, "clear")
        bench.parts.devices.printer.receive(b"\x1b@one\n", 0.0)
        assert (await asked(bench, "paper"))["slips"][0]["rows"] == ["one"]
        return [fault["armed"] for fault in (await asked(bench, "faults"))["faults"]]

    assert not any(played(tmp_path, play))


def test_paper_ends_in_a_slip_and_goes_on_after_a_new_roll(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[list[str], list[str]]:
        await asked(bench, "fault", name="printer.paper_out", line=2)
        bench.parts.devices.printer.receive(b"\x1b@one\ntwo\n", 0.0)
        short = (await asked(bench, "paper"))["slips"][0]["rows"]
        await asked(bench, "clear", name="printer.paper_out")
        return short, (await asked(bench, "paper"))["slips"][0]["rows"]

    assert played(tmp_path, play) == (["one"], ["one", "two"])


def test_dropped_acquirer_line_is_closed_once(tmp_path: Path) -> None:
    async def attempt(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        # A frame that says it has 200 bytes; only 10 are sent.
        writer.write(b"\x00\xc8" + bytes(8))
        try:
            return await asyncio.wait_for(reader.read(), 0.2)
        finally:
            writer.close()

    async def play(bench: Bench) -> None:
        port = int(bench.parts.acquirer.url.rpartition(":")[2])
        await asked(bench, "fault", name="link.drop", after_bytes=4)
        assert await attempt(port) == b""
        with pytest.raises(TimeoutError):
            await attempt(port)

    played(tmp_path, play)

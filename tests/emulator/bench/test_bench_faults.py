"""The faults of printer, reader and wires, as the control channel arms them."""

import asyncio
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from emulator.bench import Bench
from emulator.fault_kinds import DEVICE_FAULTS, MOMENT
from emulator.host.faults import FAULTS as HOST_FAULTS
from emulator.web import PAGE
from tests.emulator.bench.lab import asked, display, opened, played, refused, show


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


def test_every_fault_says_where_it_can_happen(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[dict[str, Any]]:
        return list((await asked(bench, "faults"))["faults"])

    worlds = {fault["name"]: fault["worlds"] for fault in played(tmp_path, play)}
    assert worlds["clock.jump"] == ["simulation"]
    assert worlds["power.cut"] == ["simulation", "emulator"]
    assert worlds["host.decline"] == ["simulation", "emulator", "hardware"]
    assert len(worlds) == len(HOST_FAULTS) + len(DEVICE_FAULTS)


@pytest.mark.parametrize(
    ("name", "error"),
    [("clock.jump", "simulation only"), ("power.cut", "simulation and emulator only")],
)
def test_fault_of_another_world_is_refused(tmp_path: Path, name: str, error: str) -> None:
    async def play(bench: Bench) -> str:
        return await refused(bench, "fault", name=name)

    assert played(tmp_path, play) == f"fault: not here: {error}"


def test_fault_waits_for_its_key_on_its_screen(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[int]:
        await asked(bench, "fault", name="keypad.bounce", at_screen="idle", at_key="ENTER")
        counts: list[int] = []
        for screen, key in (("menu", "ENTER"), ("idle", "CLEAR"), ("idle", "ENTER")):
            display(bench, show(len(counts) + 1, screen, "x"))
            before = len(bench.parts.trace.since())
            await asked(bench, "press", keys=[key])
            entries = bench.parts.trace.since()[before:]
            counts.append(sum(entry["wire"] == "keypad" for entry in entries))
        return counts

    assert played(tmp_path, play) == [1, 1, 2]


def test_waiting_fault_is_listed_and_cleared(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[object]:
        await asked(bench, "fault", name="host.decline", code="61", at_screen="refund.confirm")
        listed = (await asked(bench, "faults"))["faults"]
        told = next(fault for fault in listed if fault["name"] == "host.decline")
        await asked(bench, "clear", name="host.decline")
        display(bench, show(1, "refund.confirm", "x"))
        after = (await asked(bench, "faults"))["faults"]
        return [told["with"]["at_screen"], told["armed"], any(fault["armed"] for fault in after)]

    assert played(tmp_path, play) == ["refund.confirm", True, False]


def test_pulled_wire_is_out_before_the_reply_and_in_again_when_cleared(tmp_path: Path) -> None:
    async def play(bench: Bench) -> list[bool]:
        cable = bench.parts.cables["display"]
        await asked(bench, "fault", name="display.lost")
        states = [cable.is_up]
        await asked(bench, "clear", name="display.lost")
        return [*states, cable.is_up]

    assert played(tmp_path, play) == [False, True]


def test_noise_changes_one_byte_in_so_many(tmp_path: Path) -> None:
    async def play(bench: Bench) -> bytes:
        with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
            await asked(bench, "fault", name="link.noise", wire="scanner", every_bytes=3)
            await asked(bench, "scan", text="aaaaa")
            return bytes(await asyncio.to_thread(port.read, 6))

    assert played(tmp_path, play) == b"aaqaa\x1d"


def test_half_open_wire_takes_and_gives_nothing(tmp_path: Path) -> None:
    async def play(bench: Bench) -> bytes:
        with closing(await asyncio.to_thread(opened, bench, "scanner")) as port:
            await asked(bench, "fault", name="link.half_open", wire="scanner")
            await asked(bench, "scan", text="lost")
            await asked(bench, "clear")
            await asked(bench, "scan", text="came")
            return bytes(await asyncio.to_thread(port.read, 5))

    assert played(tmp_path, play) == b"came\r"


def test_two_troubles_of_one_wire_are_mended_one_by_one(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[int, bool]:
        for name in ("link.noise", "link.half_open"):
            await asked(bench, "fault", name=name, wire="reader")
        await asked(bench, "clear", name="link.half_open")
        trouble = bench.parts.devices.stations["reader"].trouble
        return trouble.noise_every, trouble.is_mute

    assert played(tmp_path, play) == (50, False)


def test_name_and_parameters_of_every_fault_are_on_the_page_in_both_languages() -> None:
    texts = (PAGE / "fault_words.js").read_text(encoding="utf-8")
    words = re.findall(r'^  "?([\w.]+)"?: \["[^"]+", "[^"]+"\],$', texts, re.MULTILINE)
    kinds = {name: kind.params for name, kind in DEVICE_FAULTS.items()} | dict(HOST_FAULTS)
    names = {f"fault_{name}" for name in kinds}
    keys = {f"param_{key}" for params in kinds.values() for key in (*params, *MOMENT, "mti")}
    assert names | keys <= set(words), sorted((names | keys) - set(words))


def test_every_fault_has_its_row_in_the_readmes() -> None:
    for text, names in (("README.md", DEVICE_FAULTS), ("host/README.md", HOST_FAULTS)):
        rows = (PAGE.parent / text).read_text(encoding="utf-8")
        told = re.findall(r"`((?:[a-z]+)\.[a-z_]+)`", "\n".join(re.findall(r"^\| .*$", rows, re.M)))
        assert set(names) <= set(told), sorted(set(names) - set(told))

"""Cables: pulled, put back, cut and come back; who is told of it, and how."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from emulator.bench import Bench
from emulator.cut import DropAfter
from emulator.serve_cut import REOPEN_S, WireCut
from tests.emulator.bench.lab import asked, bench_in, opened, played, refused
from tests.emulator.bench.virtual_loop import in_virtual_time

WIRES = {"keypad", "display", "reader", "scanner", "printer", "acquirer"}


def remarks(bench: Bench) -> list[tuple[object, object]]:
    entries = bench.parts.trace.since()
    return [(e["wire"], e["meaning"]) for e in entries if e["direction"] == "-"]


def test_firmware_tells_the_cables_and_that_it_is_elsewhere(tmp_path: Path) -> None:
    async def play(bench: Bench) -> tuple[Any, Any]:
        before = await asked(bench, "firmware")
        await asked(bench, "link", wire="reader", to="down")
        return before, await asked(bench, "firmware")

    before, after = played(tmp_path, play)
    assert before["devices_only"] is True
    assert before["links"] == dict.fromkeys(WIRES, "up")
    assert after["links"] == {**before["links"], "reader": "down"}


def test_pulled_cable_is_pushed_and_remarked_once(tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []

    async def play(bench: Bench) -> list[tuple[object, object]]:
        bench.subscribe(events.append)
        for to in ("down", "down", "up"):
            await asked(bench, "link", wire="acquirer", to=to)
        return remarks(bench)

    assert played(tmp_path, play) == [("acquirer", "link down"), ("acquirer", "link up")]
    told = [event["links"]["acquirer"] for event in events if event["event"] == "firmware"]
    assert told == ["down", "up"]


def test_cut_wire_that_comes_back_is_remarked_and_pushed(tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []

    async def play(bench: Bench) -> list[tuple[object, object]]:
        bench.subscribe(events.append)
        await asked(bench, "fault", name="link.drop", wire="scanner", after_bytes=3)
        with closing(await asyncio.to_thread(opened, bench, "scanner")):
            await asked(bench, "scan", text="ABCDEF")
        while len(remarks(bench)) < 2:
            await asyncio.sleep(0.01)
        return remarks(bench)

    assert played(tmp_path, play) == [("scanner", "link down"), ("scanner", "link up")]
    assert [e["links"]["scanner"] for e in events if e["event"] == "firmware"] == ["down", "up"]


@pytest.mark.parametrize(("is_pulled", "seen"), [(False, [False, True]), (True, [False])])
def test_cut_wire_comes_back_unless_it_is_pulled_meanwhile(
    is_pulled: bool, seen: list[bool]
) -> None:
    links: list[bool] = []

    async def play() -> None:
        async def set_link(is_up: bool) -> None:
            links.append(is_up)

        wire = WireCut(set_link)
        wire.cut = DropAfter(2, lambda: None)
        assert wire.passed(b"abc") == b"ab"
        await asyncio.sleep(REOPEN_S / 2)
        if is_pulled:
            wire.cancel()
        await asyncio.sleep(REOPEN_S)

    in_virtual_time(play())
    assert links == seen


def test_line_to_another_host_is_not_ours_and_leaves_no_remark(tmp_path: Path) -> None:
    async def play() -> tuple[str, list[tuple[object, object]], Any]:
        async with bench_in(tmp_path, acquirer="tcp://127.0.0.1:9") as bench:
            error = await refused(bench, "link", wire="acquirer", to="down")
            return error, remarks(bench), (await asked(bench, "firmware"))["links"]

    error, said, links = asyncio.run(play())
    assert error == "link: the acquirer is another host: its line isn't ours"
    assert said == []
    assert set(links) == WIRES - {"acquirer"}


def test_paper_and_cover_are_told_and_pushed(tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []

    async def play(bench: Bench) -> list[tuple[object, object]]:
        bench.subscribe(events.append)
        told = []
        for verb, fields in (
            ("printer", {"cover": "open"}),
            ("fault", {"name": "printer.paper_out", "line": 0}),
            ("printer", {"cover": "closed"}),
            ("printer", {"paper": "load"}),
        ):
            await asked(bench, verb, **fields)
            paper = await asked(bench, "paper")
            told.append((paper["cover"], paper["paper"]))
            await asyncio.sleep(0)
        return told

    states = [("open", "loaded"), ("open", "out"), ("closed", "out"), ("closed", "loaded")]
    assert played(tmp_path, play) == states
    pushed = [(e["cover"], e["paper"]) for e in events if e["event"] == "paper"]
    assert pushed == states


def test_paper_that_ends_in_a_line_is_pushed(tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []

    async def play(bench: Bench) -> None:
        await asked(bench, "fault", name="printer.paper_out", line=2)
        bench.subscribe(events.append)
        bench.parts.devices.printer.receive(b"\x1b@one\ntwo\n", 0.0)
        await asyncio.sleep(0)

    played(tmp_path, play)
    assert [(e["paper"], e["slip"]["rows"]) for e in events] == [("out", ["one"])]

"""Stories that are asked for at the stage: listed, read, played on a terminal of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest

from emulator.stage import Stage
from emulator.stories.shelf import shelf
from emulator.stories.story import STORIES
from tests.emulator.bench.lab import PATIENCE_S, bench_in

PART = (STORIES / "refund_part.toml").read_text(encoding="utf-8")
WAITS = """
title = "It waits for what never comes"
steps = [{ screen = "idle" }, { screen = "never.there", within_s = 3600.0 }]
"""
Play = Callable[["OnStage"], Awaitable[Any]]


class OnStage:
    """A stage above a bench without firmware, and what it has told."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.events: list[dict[str, Any]] = []
        stage.subscribe(self.events.append)

    async def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """The reply of a request that must succeed."""
        reply = await self.stage.do({"id": 7, "do": verb, **fields})
        assert reply["ok"], reply
        return reply

    async def refused(self, verb: str, **fields: Any) -> str:
        """The error of one that must fail."""
        reply = await self.stage.do({"id": 7, "do": verb, **fields})
        assert (reply["ok"], reply["id"]) == (False, 7)
        return str(reply["error"])

    async def until(self, *states: str) -> dict[str, Any]:
        """Wait until the story is one of these."""
        async with asyncio.timeout(6 * PATIENCE_S):
            while (playing := (await self.ask("playing"))["playing"])["state"] not in states:
                await asyncio.sleep(0.01)
        return dict(playing)


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[OnStage]:
    async with bench_in(folder) as bench:
        stage = Stage(bench)
        try:
            yield OnStage(stage)
        finally:
            await stage.close()


def played(folder: Path, play: Play) -> Any:
    async def run() -> Any:
        async with staged(folder) as on_stage:
            return await play(on_stage)

    before = leavings()
    result = asyncio.run(run())
    assert leavings() <= before
    return result


def leavings() -> set[Path]:
    """The folders of terminals that stories were played on."""
    return set(Path(gettempdir()).glob("story-*"))


@pytest.mark.emulator
def test_story_is_played_on_a_terminal_of_its_own(tmp_path: Path) -> None:
    async def play(on_stage: OnStage) -> list[str]:
        before = await on_stage.ask("ledger")
        await on_stage.ask("play", name="refund_part")
        await on_stage.until("passed")
        bookings = (await on_stage.ask("ledger"))["bookings"]
        assert [booking["amount_minor"] for booking in bookings][-1:] == [3050]
        await on_stage.ask("play", to="leave")
        assert (await on_stage.ask("playing"))["playing"] is None
        assert await on_stage.ask("ledger") == before
        return [event["event"] for event in on_stage.events]

    kinds = played(tmp_path, play)
    assert kinds.count("bench") == 2
    assert {"screen", "playing", "trace", "paper", "ledger"} <= set(kinds)


@pytest.mark.emulator
def test_story_is_played_step_by_step_and_begins_anew(tmp_path: Path) -> None:
    async def play(on_stage: OnStage) -> None:
        await on_stage.ask("play", name="refund_part", to="step")
        assert (await on_stage.until("paused"))["at"] == 2
        await on_stage.ask("play", to="step")
        assert (await on_stage.until("paused"))["at"] == 3
        assert (await on_stage.ask("screen"))["name"] in ("refund.amount", "refund.reason")
        await on_stage.ask("play", to="play", pace_s=0.001)
        assert (await on_stage.until("passed"))["at"] == 8
        await on_stage.ask("play", to="step")
        assert (await on_stage.until("paused"))["at"] == 2

    played(tmp_path, play)


@pytest.mark.emulator
def test_pause_lets_the_step_end_and_waits_before_the_next(tmp_path: Path) -> None:
    async def play(on_stage: OnStage) -> None:
        await on_stage.ask("play", name="refund_part")
        await on_stage.ask("play", to="pause")
        assert (await on_stage.until("paused"))["at"] == 1
        await on_stage.ask("play", to="play")
        await on_stage.until("passed")

    played(tmp_path, play)


@pytest.mark.emulator
def test_what_differs_is_told_with_what_was_wanted_and_found(tmp_path: Path) -> None:
    async def play(on_stage: OnStage) -> list[dict[str, Any]]:
        failures = []
        for right, wrong in (
            ("refund 30.50 booked", "refund 7.00 booked"),
            ('"refund.card"', '"refund.pin", within_s = 1.0'),
        ):
            await on_stage.ask("play", text=PART.replace(right, wrong, 1))
            failures.append((await on_stage.until("failed"))["failure"])
        return failures

    ledger, screen = played(tmp_path, play)
    assert (ledger["step"], ledger["where"]) == (0, "ledger")
    assert (ledger["wanted"], ledger["found"]) == ("refund 7.00 booked", "refund 30.50 booked")
    assert (screen["step"], screen["where"], screen["wanted"]) == (5, "screen", "refund.pin")
    assert screen["found"].startswith("refund.card: ")
    assert screen["screen"]["name"] == "refund.card"


@pytest.mark.emulator
def test_story_that_waits_can_be_stopped_and_its_terminal_looked_at(tmp_path: Path) -> None:
    async def play(on_stage: OnStage) -> None:
        await on_stage.ask("play", text=WAITS)
        while (await on_stage.until("playing"))["at"] < 2:
            await asyncio.sleep(0.01)
        await on_stage.ask("play", to="stop")
        assert (await on_stage.until("stopped"))["at"] == 2
        assert (await on_stage.ask("screen"))["name"] == "idle"

    played(tmp_path, play)


@pytest.mark.emulator
@pytest.mark.parametrize("state", ["preparing", "playing"])
def test_emulator_that_ends_takes_the_story_with_it(tmp_path: Path, state: str) -> None:
    async def play(on_stage: OnStage) -> None:
        await on_stage.ask("play", text=WAITS)
        await on_stage.until(state)

    played(tmp_path, play)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "play: no story is open: name or text is needed"),
        ({"name": "none"}, "play: none: no story is called that"),
        ({"name": "../README"}, "play: ../README: no story is called that"),
        ({"name": "refund_part", "text": PART}, "play: name or text is needed, and not both"),
        ({"name": "clock_jumps"}, "play: clock_jumps: only on simulation"),
        ({"name": "refund_part", "to": "stop"}, "play: to: a story begins with play or step"),
        ({"to": "fly"}, "play: to: invalid enum value 'fly', one of play, step, pause"),
        ({"name": "refund_part", "pace_s": -1.0}, "play: pace_s: expected `float` >= 0"),
        ({"text": "title ="}, "play: your story: Invalid value"),
        ({"text": PART + "\n[host]\nx = 1"}, "play: your story: host: object contains unknown"),
    ],
)
def test_what_cant_be_played_is_told_in_one_line(
    tmp_path: Path, fields: dict[str, Any], error: str
) -> None:
    told = played(tmp_path, lambda on_stage: on_stage.refused("play", **fields))
    assert told.startswith(error)
    assert "\n" not in told


def test_list_says_what_each_is_about_and_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(PART, encoding="utf-8")
    (tmp_path / "b.toml").write_text("titel = 1", encoding="utf-8")
    good, bad = shelf(tmp_path)
    assert (good["name"], good["operations"], good["faults"]) == ("a", ["refund"], [])
    assert bad == {"name": "b", "error": "no such word: titel"}


def test_story_is_told_in_the_words_of_its_file(tmp_path: Path) -> None:
    told = played(tmp_path, lambda on_stage: on_stage.ask("story", name="refund_part"))["story"]
    assert told["steps"][0] == {"screen": ["idle"], "scan": "sale debit 100.00"}
    assert told["steps"][5] == {"screen": ["refund.confirm"], "shows": ["30.50"], "keys": "ENTER"}
    assert list(told["expect"]["ledger"]) == ["refund 30.50 booked"]


def test_nobody_who_looks_on_starts_a_player(tmp_path: Path) -> None:
    assert played(tmp_path, lambda on_stage: on_stage.ask("playing"))["playing"] is None

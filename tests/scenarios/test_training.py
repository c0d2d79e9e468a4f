"""The page's ten training stories, each played in practice step by step: nothing leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.cashier import refunds
from tests.scenarios.fingers import press, typed_original
from tests.scenarios.memory_bench import MemoryBench

DATA = json.loads(
    (Path(__file__).parents[2] / "emulator" / "page" / "training.json").read_text(encoding="utf-8")
)
STORIES: list[dict[str, Any]] = DATA["stories"]
PATIENCE_S = 40


def do(bench: MemoryBench, what: dict[str, Any]) -> None:
    """What the page's button does."""
    for verb, value in what.items():
        if verb == "press":
            for key in value:
                press(bench, key)
        elif verb == "scan":
            bench.scan(bench.code(bench.sale(**value)))
        elif verb == "swipe":
            bench.swipe(value)
        elif verb == "printer":
            bench.printer.open_cover(value["cover"] == "open")
            bench.run(1.0)
        else:
            assert verb == "type"
            bench.keys(typed_original(bench.sale(**value)))


def wait_for(bench: MemoryBench, screen: str) -> None:
    """As somebody who looks at the terminal until it has gone on."""
    for _ in range(PATIENCE_S):
        if bench.screen == screen:
            return
        bench.run(1.0)
    raise AssertionError(f"{screen} is not there but {bench.screen}\n{bench.rows}")


def play(bench: MemoryBench, steps: list[dict[str, Any]]) -> None:
    for step in steps:
        wait_for(bench, step["screen"])
        do(bench, step["do"])


def test_there_are_ten() -> None:
    assert len(STORIES) == 10
    assert len({story["title"][0] for story in STORIES}) == 10


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["title"][0])
def test_story_goes_from_its_first_step_to_its_last(
    bench: MemoryBench, story: dict[str, Any]
) -> None:
    play(bench, [*DATA["begin"]])
    wait_for(bench, "idle")
    assert bench.runtime.facts.practice
    bench.sent.clear()
    play(bench, [*story["steps"], *DATA["end"]])
    assert bench.screen == "idle"
    assert not bench.runtime.facts.practice
    assert not bench.records("intent")
    assert not refunds(bench)
    assert not [frame for wire, frame in bench.sent if wire == "acquirer"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["title"][0])
def test_every_step_speaks_both_languages(story: dict[str, Any]) -> None:
    for english, chinese in [story["title"], *(step["say"] for step in story["steps"])]:
        assert english.replace("“", "").replace("”", "").isascii()
        assert not chinese.isascii()

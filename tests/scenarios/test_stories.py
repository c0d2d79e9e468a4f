"""Every story of the folder, played in memory, and what they cover."""

from __future__ import annotations

import pytest

from emulator.fault_kinds import DEVICE_FAULTS
from emulator.host.faults import FAULTS as HOST_FAULTS
from emulator.stories.player import Player
from emulator.stories.story import ACTS, STORIES, Story, load
from tests.scenarios.memory_story import memory_bench_of

FILES = sorted(STORIES.glob("*.toml"))
IN_MEMORY = [story for story in map(load, FILES) if "simulation" in story.worlds]


@pytest.mark.parametrize("story", IN_MEMORY, ids=lambda story: story.path.stem)
def test_story(story: Story) -> None:
    with memory_bench_of(story) as bench:
        Player(bench, story).play()


def test_every_fault_there_is_has_a_story() -> None:
    told = {step.fault["name"] for path in FILES for step in load(path).steps if step.fault}
    assert told == {*DEVICE_FAULTS, *HOST_FAULTS}


def test_every_act_and_every_operation_has_a_story() -> None:
    stories = [load(path) for path in FILES]
    acts = {step.act for story in stories for step in story.steps}
    assert {*ACTS} - acts <= {"cover", "tear"}, "both are a fault's, or the player's own"
    lines = [line for story in stories for line in story.expect.ledger or ()]
    assert {line.split()[0] for line in lines} == {"sale", "void", "refund"}
    assert {line.split()[2] for line in lines} >= {"booked", "declined", "voided", "reversed"}

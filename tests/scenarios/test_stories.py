"""Every story of the folder, played in memory; what a file with a mistake is told."""

from __future__ import annotations

import pytest

from tests.scenarios.memory_story import memory_bench_of
from tests.scenarios.story import STORIES, Story, load
from tests.scenarios.story_player import Player

FILES = sorted(STORIES.glob("*.toml"))
IN_MEMORY = [story for story in map(load, FILES) if "simulation" in story.worlds]


@pytest.mark.parametrize("story", IN_MEMORY, ids=lambda story: story.path.stem)
def test_story(story: Story) -> None:
    with memory_bench_of(story) as bench:
        Player(bench, story).play()

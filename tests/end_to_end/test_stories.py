"""Stories on the emulator with real processes, and at a terminal behind a control channel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.stories.player import Player
from emulator.stories.story import STORIES, load
from scripts import _play
from tests.end_to_end.running import Running
from tests.scenarios.channel_story import EmulatorBenches

pytestmark = [pytest.mark.emulator, pytest.mark.slow]
# One of each kind of fault, operation, way of looking and shop; scripts/play has them all.
NAMES = (
    *("refund_whole", "session_first_set_up", "unknown_no_answer", "settlement_upload_cut"),
    *("power_at_enter", "line_cut_in_the_answer", "keypad_lost", "printer_paper_out"),
    *("sale_reversed", "find_by_trace", "parameters_accepted", "session_keys_004"),
)


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> EmulatorBenches:
    return EmulatorBenches(tmp_path_factory.mktemp("stories"))


@pytest.mark.parametrize("name", NAMES)
def test_story_on_the_emulator(benches: EmulatorBenches, name: str) -> None:
    story = load(STORIES / f"{name}.toml")
    with benches.bench_of(story) as bench:
        Player(bench, story).play()


def test_stories_at_a_terminal_that_is_there(
    shared: Callable[[str], Running], tmp_path: Path
) -> None:
    lab = tmp_path / "lab.toml"
    lab.write_text(f'control = "{shared("pty").channel.address}"\n', encoding="utf-8")
    report = tmp_path / "report.xml"
    files = [str(STORIES / f"{name}.toml") for name in ("refund_part", "refund_forgotten")]
    assert _play.main([*files, "--bench", str(lab), "--junit", str(report)]) == 0
    assert 'skipped="1"' in report.read_text(encoding="utf-8")

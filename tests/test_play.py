"""scripts/play: what it tells of good stories, of one that differs, and of a file that is none."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from emulator.stories.story import STORIES
from scripts import _play

WHOLE = STORIES / "refund_whole.toml"
SIMULATED = STORIES / "clock_jumps.toml"


@pytest.fixture
def differs(tmp_path: Path) -> Path:
    text = WHOLE.read_text(encoding="utf-8").replace("refund 100.00 booked", "refund 7.00 booked")
    path = tmp_path / "differs.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_story_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _play.main([str(WHOLE)]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.split()[:2] == ["ok", "refund_whole"]
    assert last.startswith("1 stories as they should be, 0 not, 0 skipped")


def test_one_that_differs_is_told_with_screens_wires_and_seed(
    differs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _play.main([str(differs), str(WHOLE)]) == 1
    told = capsys.readouterr().out
    for part in (
        "FAIL differs",
        "at the end: ledger: ['refund 7.00 booked'] expected, ['refund 100.00 booked'] there",
        "-- refund.approved",
        "acquirer from terminal 0220",
        f"seed 7; again: scripts/play {differs} --bench simulation",
        "1 stories as they should be, 1 not, 0 skipped",
    ):
        assert part in told
    assert "6212345678901232" not in told


def test_report_counts_and_names(differs: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert _play.main([str(differs), str(WHOLE), "--junit", str(report)]) == 1
    suite = ElementTree.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "1", "0")
    cases = {case.get("name"): [child.tag for child in case] for case in suite}
    assert cases == {"differs": ["failure"], "refund_whole": []}


def test_story_of_another_world_is_skipped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = tmp_path / "report.xml"
    assert _play.main([str(SIMULATED), "--bench", "emulator", "--junit", str(report)]) == 0
    assert "skip clock_jumps" in capsys.readouterr().out
    assert ElementTree.parse(report).getroot().get("skipped") == "1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none.toml"], "none.toml: can't be read: No such file"),
        ([str(WHOLE), "--control", "here"], "control: here: an address is HOST:PORT"),
        ([str(WHOLE), "--bench", str(WHOLE)], 'control: "HOST:PORT" of its control channel'),
        ([str(WHOLE), "--bench", "none.toml"], "No such file"),
    ],
)
def test_what_cant_be_played_is_told_in_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _play.main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("play: ")
    assert told in line

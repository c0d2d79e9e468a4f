"""Every planted bug still fits the tree: a change that moves its line must move the bug too."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulation.planted_bugs import PLANTED, has_source
from tests.simulation.planting import PlantedBug, PlantedBugError, plant, planted_text, source_of

FEWEST, FEWEST_WITH_SOURCE, FEWEST_HELD_OUT = 40, 20, 8
SLIP = PlantedBug("slip", "terminal/domain/money.py", "DIGITS_MAX = 12", "DIGITS_MAX = 2", "why")


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.name)
def test_bug_fits_the_tree_and_compiles(bug: PlantedBug) -> None:
    assert bug.file.startswith(("terminal/", "drivers/"))
    compile(planted_text(bug, source_of(bug)), bug.file, "exec")


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.name)
def test_bug_says_what_it_would_cost_and_where_it_is_from(bug: PlantedBug) -> None:
    assert len(bug.why.split()) >= 5
    assert has_source(bug) or not bug.source


def test_names_and_changes_are_unique() -> None:
    assert len({bug.name for bug in PLANTED}) == len(PLANTED)
    assert len({(bug.file, bug.new) for bug in PLANTED}) == len(PLANTED)


def test_there_are_enough_of_each_kind() -> None:
    assert len(PLANTED) >= FEWEST
    assert sum(map(has_source, PLANTED)) >= FEWEST_WITH_SOURCE
    assert sum(bug.held_out for bug in PLANTED) >= FEWEST_HELD_OUT


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (replace(SLIP, old="DIGITS_MIN = 12"), "stands there 0 times"),
        (replace(SLIP, old="DIGITS_MAX"), "stands there 3 times"),
        (replace(SLIP, new=SLIP.old), "not exactly one line"),
        (replace(SLIP, new="DIGITS_MAX = 2\nMORE = 1"), "not exactly one line"),
        (replace(SLIP, file="terminal/domain/coins.py"), "no such file"),
    ],
)
def test_what_can_not_be_planted_is_named(changed: PlantedBug, what: str, tmp_path: Path) -> None:
    with pytest.raises(PlantedBugError, match=what) as caught:
        plant(changed, tmp_path)
    assert str(caught.value).startswith(f"slip: {changed.file}: ")
    assert not list(tmp_path.iterdir())


def test_copy_runs_with_the_bug_and_the_tree_stays_as_it_is(tmp_path: Path) -> None:
    before = source_of(SLIP)
    plant(SLIP, tmp_path)
    question = "import terminal.app; from terminal.domain.money import DIGITS_MAX as n; print(n)"
    ran = subprocess.run(
        [sys.executable, "-c", question], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "2"
    assert source_of(SLIP) == before

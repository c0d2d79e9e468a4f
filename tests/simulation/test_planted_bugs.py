"""Every planted bug still fits the tree: a change that moves its line must move the bug too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from scripts import _simulate, _simulate_planted
from tests.simulation.day import live
from tests.simulation.plan import plan_of
from tests.simulation.planted_bugs import PLANTED, has_source
from tests.simulation.planting import PlantedBug, PlantedBugError, plant, planted_text, source_of
from tests.simulation.reaching import changed_lines, days_reaching

FEWEST, FEWEST_WITH_SOURCE, FEWEST_HELD_OUT = 40, 20, 8
SLIP = PlantedBug("slip", "terminal/domain/money.py", "DIGITS_MAX = 12", "DIGITS_MAX = 2", "why")
NO_START = replace(SLIP, new="DIGITS_MAX = nowhere")
OF_DAYS = replace(SLIP, file="tests/simulation/day.py")
NO_DAY = replace(OF_DAYS, old="PEACE_ROUNDS = 12", new="PEACE_ROUNDS = ''")
NO_PEACE = replace(OF_DAYS, old="return _books(world).settling is None and", new="return False and")
Report = Callable[[PlantedBug, list[int]], tuple[int, str, str]]


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


def test_changed_statement_is_found_in_its_function() -> None:
    by_name = {bug.name: bug for bug in PLANTED}
    assert not changed_lines(by_name["terminal_of_answer_not_compared"])  # run at the import
    (line,) = changed_lines(by_name["verdict_of_mac_ignored"])
    assert "VERIFIED" in source_of(by_name["verdict_of_mac_ignored"]).splitlines()[line - 1]


def test_day_that_does_not_run_the_line_goes_with_the_bug_as_without(tmp_path: Path) -> None:
    bug = next(bug for bug in PLANTED if bug.name == "second_return_forgets_first")
    seeds = range(1, 7)
    reaching = days_reaching([bug], seeds, 1)[bug.name]
    others = [seed for seed in seeds if seed not in reaching]
    assert reaching
    assert others
    hashes = [live(plan_of(seed)).trace_hash for seed in others]
    plant(bug, tmp_path)
    code = (
        "from tests.simulation.day import live; from tests.simulation.plan import plan_of;"
        f"print(*(live(plan_of(s)).trace_hash for s in {others}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == hashes


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Report:
    """planted_report() of one bug that is run on these days: its exit code, and what it tells."""

    def told(bug: PlantedBug, days: list[int]) -> tuple[int, str, str]:
        monkeypatch.setattr(_simulate_planted, "PLANTED", (bug,))
        monkeypatch.setattr(_simulate_planted, "days_reaching", lambda *_: {bug.name: days})
        code = _simulate_planted.planted_report(range(1, 2), bug.held_out, 1, [])
        return code, *capsys.readouterr()

    return told


@pytest.mark.parametrize(
    ("bug", "verdict", "last_words"),
    [
        (NO_START, "does not start", "NameError: name 'nowhere' is not defined"),
        (NO_DAY, "breaks off", "TypeError: 'str' object"),
        (SLIP, "SURVIVED", ""),
    ],
)
def test_copy_that_ends_before_it_can_tell_is_found_and_says_so(
    bug: PlantedBug, verdict: str, last_words: str, report: Report
) -> None:
    code, told, _ = report(bug, [1] if bug is NO_DAY else [])
    line, score = told.splitlines()
    assert line.split(maxsplit=1)[1].startswith(verdict)
    assert last_words in line
    assert (code, score.split()[0]) == ((1, "0") if verdict == "SURVIVED" else (0, "1"))


@pytest.mark.parametrize(
    ("everywhere", "fault"),
    [(NO_START, "does not start: NameError"), (NO_PEACE, "goes wrong: INV-12")],
)
def test_bench_whose_copies_go_wrong_without_a_bug_finds_nothing(
    everywhere: PlantedBug, fault: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_simulate_planted, "copy_project", partial(plant, everywhere))
    code, told, error = report(SLIP, [1])
    assert (code, told) == (2, "")
    assert error.startswith(f"simulate: a copy without a bug {fault}")


@pytest.mark.parametrize(
    ("option", "known"), [("--planted", "stale_answer_accepted"), ("--exhaustive", "sign_off")]
)
def test_wrong_name_is_told_with_those_that_there_are(
    option: str,
    known: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["simulate", option, known, "mistyped"])
    with pytest.raises(SystemExit) as ended:
        _simulate.main()
    error = capsys.readouterr().err
    assert ended.value.code == 2
    assert f"argument {option}: invalid choice: 'mistyped'" in error
    assert known in error


@pytest.mark.parametrize("names", [[], ["refund", "sale"]])
def test_no_name_is_all_of_them(names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["simulate", "--exhaustive", *names])
    monkeypatch.setattr(_simulate, "exhaustive_report", lambda kinds, pairs: asked.append(kinds))
    _simulate.main()
    assert asked == [names]

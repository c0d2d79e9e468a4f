"""scripts/mutate: what may be asked for, and how its score is counted. No mutant is run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._mutate import targets_of
from scripts._mutate_score import forget_survivors, read_score

ROOT = Path(__file__).resolve().parents[1]
FILE = "terminal/domain/card.py"
CODES = {
    "a": 1,
    "b": 36,
    "c": 0,
    "d": 33,
    "e": None,
}  # killed, timeout, survived, no tests, not yet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What mutmut leaves of one file."""
    meta = tmp_path / "mutants" / f"{FILE}.meta"
    meta.parent.mkdir(parents=True)
    names = {f"terminal.domain.card.x_mask__mutmut_{n}": code for n, code in CODES.items()}
    meta.write_text(json.dumps({"exit_code_by_key": names}), "utf-8")
    source = "\n".join(
        f"def {name}(pan):\n    return {value}\n"
        for name, value in [
            ("x_mask__mutmut_orig", 0),
            *((f"x_mask__mutmut_{n}", n) for n in CODES),
        ]
    )
    (tmp_path / "mutants" / FILE).write_text(source, "utf-8")
    return tmp_path


def test_packages_and_their_files_can_be_asked_for() -> None:
    everything = {"domain": ["terminal/domain/*"], "journal": ["terminal/journal/*"]}
    assert targets_of([]) == targets_of(["domain", "journal"]) == everything
    assert targets_of([FILE]) == {"domain": [FILE]}


@pytest.mark.parametrize("name", ["flows", "terminal/flows/refund.py", "terminal/domain/none.py"])
def test_another_target_is_named(name: str) -> None:
    command = [sys.executable, str(ROOT / "scripts/_mutate.py"), name]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"error: {name}: neither domain nor journal" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mutant_counts_as_killed_only_when_a_test_noticed(folder: Path) -> None:
    score = read_score(folder)
    assert score.total.killed == 2
    assert score.total.mutants == 5
    assert score.as_json()["files"][FILE] == {"killed": 2, "mutants": 5, "score": 40.0}
    assert [one.status for one in score.survivors] == ["survived", "no tests", "not checked"]
    assert score.survivors[0].text().splitlines() == [
        f"{FILE}: terminal.domain.card.x_mask__mutmut_c (survived)",
        "    -    return 0",
        "    +    return c",
    ]


def test_another_run_tries_only_what_was_not_killed(folder: Path) -> None:
    forget_survivors(folder)
    codes = json.loads((folder / f"mutants/{FILE}.meta").read_text("utf-8"))["exit_code_by_key"]
    assert list(codes.values()) == [1, 36, None, None, None]


def test_another_run_makes_each_file_anew_also_one_that_was_only_copied(folder: Path) -> None:
    copied = folder / "mutants/terminal/domain/money.py"
    copied.write_text("", "utf-8")
    forget_survivors(folder)
    assert not copied.exists()
    assert not (folder / f"mutants/{FILE}").exists()
    assert (folder / f"mutants/{FILE}.meta").is_file()

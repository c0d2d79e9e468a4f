"""Changes the code of a package in many small ways, and counts the changes that a test notices."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts._mutate_score import Score, forget_survivors, read_score

ROOT: Final = Path(__file__).resolve().parents[1]
SCRATCH: Final = ROOT / ".mutants"
PACKAGES: Final = ("domain", "journal")
COPIED: Final = ("terminal", "drivers", "emulator", "scripts", "tests", "pyproject.toml")
# Too slow for each mutant: a new Python, in which the mutant would not even be, many restarts, or
# whole days of a shop.
_JOURNAL: Final = "tests/terminal/journal"
_CRASH: Final = f"{_JOURNAL}/test_crash.py::test"
_RESTORE: Final = f"{_JOURNAL}/test_restoring.py::test_restore"
LEFT_OUT: Final = (
    *(f"--ignore={_JOURNAL}/test_{name}.py" for name in ("kill", "script", "books_of_days")),
    f"--deselect={_RESTORE}_cut_anywhere_leaves_the_old_the_new_or_a_refused_journal",
    f"--deselect={_CRASH}_cut_at_every_call_loses_nothing_acknowledged",
    f"--deselect={_CRASH}_cut_at_every_call_of_the_first_start_leaves_a_journal_or_none",
    f"--deselect={_CRASH}_cut_first_start_cut_again_while_it_recovers_leaves_a_journal_or_none",
    f"--deselect={_CRASH}_second_cut_at_every_call_of_the_recovery_loses_nothing",
)
# Each mutant pays for what pytest loads, so it loads what the tests use and nothing else.
PYTEST: Final = (
    *("-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception"),
    *("-p", "_hypothesis_pytestplugin", "--hypothesis-profile=mutants"),
    *("-p", "scripts._mutate_order"),
)


def main(arguments: Sequence[str]) -> int:
    """Returns 0, 1 when the mutants could not be run, 2 for a target that is none."""
    parser = _parser()
    wanted = parser.parse_args(arguments)
    try:
        targets = targets_of(wanted.targets)
    except ValueError as error:
        parser.error(str(error))
    scores = {}
    for package, files in targets.items():
        log = _run(package, files, wanted.again, wanted.jobs)
        if log is not None:
            print(f"{package}: mutmut failed, see {log} / 变异测试未能运行", file=sys.stderr)
            return 1
        scores[package] = read_score(SCRATCH / package)
    _tell(scores, wanted.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/mutate", description="Mutation score / 变异测试得分", allow_abbrev=False
    )
    parser.add_argument(
        "targets",
        nargs="*",
        metavar="domain|journal|FILE",
        help="default: both packages, all files",
    )
    parser.add_argument("--again", action="store_true", help="only what survived or changed since")
    parser.add_argument("--jobs", type=int, default=2, help="mutants at a time, default 2")
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    return parser


def targets_of(names: Sequence[str]) -> Mapping[str, list[str]]:
    """The patterns to change, by package; ValueError names a target that is none."""
    targets: dict[str, list[str]] = {}
    for name in names or PACKAGES:
        path = Path(name)
        package = name if name in PACKAGES else path.parent.name
        is_file = path.parent.parent.name == "terminal" and (ROOT / path).is_file()
        if package not in PACKAGES or not (name in PACKAGES or is_file):
            raise ValueError(f"{name}: neither domain nor journal nor a file of terminal/ in one")
        pattern = f"terminal/{package}/{'*' if name in PACKAGES else path.name}"
        targets.setdefault(package, []).append(pattern)
    return targets


def _run(package: str, patterns: Sequence[str], again: bool, jobs: int) -> Path | None:
    """Run mutmut in a copy of the tree; the log of a run that failed."""
    folder, log = SCRATCH / package, SCRATCH / f"{package}.log"
    _prepare(folder, again)
    (folder / "setup.cfg").write_text(_settings(package, patterns), "utf-8")
    print(f"{package}: minutes to an hour / 需数分钟至一小时 ({log})", file=sys.stderr)
    command = [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children", str(jobs)]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    with log.open("w", encoding="utf-8") as output:
        code = subprocess.call(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    return log if code else None


def _prepare(folder: Path, again: bool) -> None:
    """A copy of the tree; `again` keeps the verdicts on mutants that were killed."""
    if not again:
        shutil.rmtree(folder, ignore_errors=True)
    for old in ("tests", "mutants/tests"):
        shutil.rmtree(folder / old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, folder / name)
        else:
            shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    forget_survivors(folder)


def _settings(package: str, patterns: Sequence[str]) -> str:
    settings = {
        "source_paths": ["terminal"],
        "only_mutate": patterns,
        "also_copy": [name for name in COPIED if name not in ("terminal", "tests")],
        "pytest_add_cli_args": [*PYTEST, *LEFT_OUT],
        "pytest_add_cli_args_test_selection": [f"tests/terminal/{package}"],
        "timeout_multiplier": ["6"],  # of what its tests took; one that never ends costs as much
    }
    lines = [f"{key} =\n    " + "\n    ".join(values) for key, values in settings.items()]
    return "[mutmut]\n" + "\n".join(lines) + "\n"


def _tell(scores: Mapping[str, Score], as_json: bool) -> None:
    if as_json:
        print(json.dumps({name: score.as_json() for name, score in scores.items()}, indent=2))
        return
    for name, score in scores.items():
        print(f"== {name}\n{score.table()}")
        for survivor in score.survivors:
            print(survivor.text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

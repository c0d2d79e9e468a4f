"""What a run of mutmut left behind: how many mutants each file had, and which survived."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

# A mutant that never ends, or that ends the whole process, has been noticed.
KILLED: Final = frozenset({"killed", "timeout", "segfault"})


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test has noticed: its file, its function's name, what was changed."""

    file: str
    name: str
    status: str
    change: tuple[str, ...]

    def text(self) -> str:
        """A heading and the changed lines."""
        heading = f"{self.file}: {self.name} ({self.status})"
        return "\n    ".join((heading, *self.change))

    def as_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "file": self.file,
            "name": self.name,
            "status": self.status,
            "change": list(self.change),
        }


@dataclass(frozen=True, slots=True)
class FileScore:
    """A file's mutants, and how many of them were killed."""

    file: str
    killed: int
    mutants: int


@dataclass(frozen=True, slots=True)
class Score:
    """A package: its files that have mutants, and who survived."""

    files: tuple[FileScore, ...]
    survivors: tuple[Survivor, ...]

    @property
    def total(self) -> FileScore:
        """All files together."""
        killed = sum(one.killed for one in self.files)
        return FileScore("total", killed, sum(one.mutants for one in self.files))

    def table(self) -> str:
        """A line a file, the last one for all."""
        return "\n".join(
            f"{percent(one):5.1f} %  {one.killed:5} of {one.mutants:5}  {one.file}"
            for one in (*self.files, self.total)
        )

    def as_json(self) -> dict[str, Any]:
        """As a JSON object."""
        files = {
            one.file: {"killed": one.killed, "mutants": one.mutants, "score": percent(one)}
            for one in (*self.files, self.total)
        }
        return {"files": files, "survivors": [one.as_json() for one in self.survivors]}


def percent(score: FileScore) -> float:
    """Killed of all, to a tenth."""
    return round(100 * score.killed / score.mutants, 1) if score.mutants else 100.0


def read_score(folder: Path) -> Score:
    """The score of the run in this folder."""
    files, survivors = [], []
    for meta in _metas(folder):
        file = meta.relative_to(folder / "mutants").as_posix().removesuffix(".meta")
        verdicts = {name: status_by_exit_code[code] for name, code in _codes(meta).items()}
        alive = {name: status for name, status in verdicts.items() if status not in KILLED}
        if verdicts:
            files.append(FileScore(file, len(verdicts) - len(alive), len(verdicts)))
        survivors += [Survivor(file, n, s, _change(folder, file, n)) for n, s in alive.items()]
    return Score(tuple(files), tuple(survivors))


def forget_survivors(folder: Path) -> None:
    """The next run in this folder tries what was not killed again, with the tests of then.

    It makes every file anew: mutmut takes one that it has only copied, because nobody asked for
    its mutants then, for one without mutants.
    """
    (folder / "mutants/mutmut-stats.json").unlink(missing_ok=True)
    for made in (folder / "mutants/terminal").rglob("*.py"):
        made.unlink()
    for meta in _metas(folder):
        whole = json.loads(meta.read_text("utf-8"))
        codes = whole["exit_code_by_key"]
        whole["exit_code_by_key"] = {
            name: code if status_by_exit_code[code] in KILLED else None
            for name, code in codes.items()
        }
        meta.write_text(json.dumps(whole), "utf-8")


def _metas(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / "mutants/terminal").rglob("*.meta"))


def _codes(meta: Path) -> dict[str, int | None]:
    found: dict[str, int | None] = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    return found


def _change(folder: Path, file: str, name: str) -> tuple[str, ...]:
    """The lines of a diff that differ; mutmut looks for the files from where it is."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        diff = get_diff_for_mutant(name, path=file)
    finally:
        os.chdir(before)
    lines = diff.splitlines()[2:]
    return tuple(line for line in lines if line.startswith(("+", "-")))

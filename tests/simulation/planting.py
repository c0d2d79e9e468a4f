"""A planted bug: one line of the firmware as a real program, or a tired maintainer, had it.

The simulator runs a copy of the project with one of them, and must find it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
# What a copy needs to be simulated by itself; snapshots are pictures of the good program.
FOLDERS: Final = ("terminal", "drivers", "emulator", "tests", "scripts")
NOT_COPIED: Final = shutil.ignore_patterns("__pycache__", "snapshots")


class PlantedBugError(Exception):
    """The bug can't be planted; the text names it, its file, and what is wrong."""


@dataclass(frozen=True, slots=True)
class PlantedBug:
    """One replaced line of one file under terminal/ or drivers/.

    `old` stands exactly once in the file; it may hold neighbouring lines for context, which `new`
    repeats. `why`: what it would cost, in a sentence. `source`: a row of the fault catalogue
    (`F63`), a public program that had it (`Newland`), or empty for a plausible slip. `held_out`:
    run only at the end, so that nobody widens the simulation for just this bug.
    """

    name: str
    file: str
    old: str
    new: str
    why: str
    source: str = ""
    held_out: bool = False


def planted_text(bug: PlantedBug, text: str) -> str:
    """The file's text with the bug in it. Raises PlantedBugError."""
    count = text.count(bug.old)
    if count != 1:
        raise PlantedBugError(f"{bug.name}: {bug.file}: its old text stands there {count} times")
    changed = text.replace(bug.old, bug.new)
    lines, were = changed.splitlines(), text.splitlines()
    replaced = sum(now != was for now, was in zip(lines, were, strict=False))
    if len(lines) != len(were) or replaced != 1:
        raise PlantedBugError(f"{bug.name}: {bug.file}: not exactly one line is replaced")
    return changed


def plant(bug: PlantedBug, folder: Path) -> None:
    """Copy the project's code into an empty or new folder, with this bug in it.

    Run the copy with `folder` as working directory, first on `sys.path`. Raises PlantedBugError,
    before anything is copied.
    """
    text = planted_text(bug, source_of(bug))
    copy_project(folder)
    (folder / bug.file).write_text(text, "utf-8")


def copy_project(folder: Path) -> None:
    """Copy the project's code into an empty or new folder, as it is."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=NOT_COPIED, dirs_exist_ok=True)
    shutil.copy2(ROOT / "pyproject.toml", folder)


def source_of(bug: PlantedBug) -> str:
    """The file as it stands in the tree. Raises PlantedBugError when there is none."""
    try:
        return (ROOT / bug.file).read_text("utf-8")
    except FileNotFoundError:
        raise PlantedBugError(f"{bug.name}: {bug.file}: there is no such file") from None

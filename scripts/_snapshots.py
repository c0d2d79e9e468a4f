"""A folder of texts that a script makes: written, or compared with what it would write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def differences(folder: Path, wanted: Mapping[str, str], which: str = "*") -> list[str]:
    """What is missing, different or not wanted any more among `which`, one line each."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob(which)}
    missing = [f"{name}: missing" for name in wanted.keys() - there.keys()]
    orphans = [f"{name}: no screen is called that" for name in there.keys() - wanted.keys()]
    both = wanted.keys() & there.keys()
    changed = [f"{name}: another picture" for name in both if wanted[name] != there[name]]
    return sorted([*missing, *orphans, *changed])


def write(folder: Path, wanted: Mapping[str, str]) -> None:
    """Make the folder hold just these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")

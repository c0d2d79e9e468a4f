"""Play every screen of the terminal and keep it as text, Chinese and English side by side."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts._gallery import gallery_page
from scripts._screen_stories import album

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "snapshots" / "screens"


def main() -> int:
    """Write the snapshots, or with --check compare: 1 when they are not current."""
    options = _parsed()
    shots = album().shots
    wanted = {f"{name}.txt": shot.as_text() for name, shot in shots.items()}
    if options.gallery:
        options.gallery.write_text(gallery_page(shots.values()), encoding="utf-8")
    if options.check:
        return _told(differences(FOLDER, wanted))
    write(FOLDER, wanted)
    return 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is old")
    parser.add_argument("--gallery", type=Path, metavar="FILE", help="also write an HTML page")
    return parser.parse_args()


def differences(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """What is missing, different or not wanted any more, one line each."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*")}
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


def _told(lines: list[str]) -> int:
    for line in lines:
        print(f"tests/snapshots/screens/{line}", file=sys.stderr)
    if lines:
        print("Look at the change, then run scripts/screenshots.", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

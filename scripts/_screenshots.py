"""Play every screen of the terminal and keep it as text, Chinese and English side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import _pictures
from scripts._browser import NoBrowserError
from scripts._gallery import gallery_page
from scripts._screen_stories import album
from scripts._snapshots import differences, write

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "snapshots" / "screens"
PICTURES = ROOT / "tests" / "snapshots" / "pictures"


def main() -> int:
    """Write the snapshots, or with --check compare: 1 when they are not current."""
    options = _parsed()
    if options.pictures:
        return _readme_pictures(options.check)
    shots = album().shots
    wanted = {f"{name}.txt": shot.as_text() for name, shot in shots.items()}
    if options.gallery:
        options.gallery.write_text(gallery_page(shots.values()), encoding="utf-8")
    if options.check:
        return _told("screens", differences(FOLDER, wanted))
    write(FOLDER, wanted)
    return 0


def _readme_pictures(is_check: bool) -> int:
    try:
        found = _pictures.pictures()
    except NoBrowserError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 2
    if is_check:
        return _told("pictures", _pictures.outdated(PICTURES, found))
    _pictures.write(PICTURES, found)
    return 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is old")
    parser.add_argument(
        "--pictures", action="store_true", help="the pictures of README instead: needs a browser"
    )
    parser.add_argument("--gallery", type=Path, metavar="FILE", help="also write an HTML page")
    return parser.parse_args()


def _told(folder: str, lines: list[str]) -> int:
    for line in lines:
        print(f"tests/snapshots/{folder}/{line}", file=sys.stderr)
    if lines:
        option = " --pictures" if folder == "pictures" else ""
        print(f"Look at the change, then run scripts/screenshots{option}.", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

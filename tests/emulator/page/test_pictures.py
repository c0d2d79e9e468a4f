"""The pictures of README show what the page shows, and README shows the pictures."""

import re
from pathlib import Path

import pytest

from scripts._pictures import Picture, outdated, pictures, write
from scripts._screenshots import PICTURES, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"(?:\]\(|src=\")(tests/snapshots/pictures/[\w.]+)", README)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.emulator
def test_pictures_are_current() -> None:
    assert outdated(PICTURES, pictures()) == []


def test_readme_shows_every_picture() -> None:
    names = sorted(path.relative_to(ROOT).as_posix() for path in PICTURES.glob("*.png"))
    assert sorted(SHOWN) == names
    assert len(names) > 1


def test_old_missing_and_orphaned_pictures_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    write(folder, {"one": Picture(b"1", "a\n"), "two": Picture(b"2", "b\n")})
    assert outdated(folder, {"one": Picture(b"9", "a\n"), "two": Picture(b"2", "b\n")}) == []
    (folder / "one.png").unlink()
    found = outdated(folder, {"one": Picture(b"1", "c\n")})
    assert [line.partition(":")[0] for line in found] == ["one.png", "one.txt", "two.txt"]
    write(folder, {"one": Picture(b"1", "c\n")})
    assert sorted(path.name for path in folder.iterdir()) == ["one.png", "one.txt"]

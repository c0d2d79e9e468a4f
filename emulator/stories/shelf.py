"""The stories that lie in the project's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from emulator.stories.story import STORIES, Story, StoryError, load
from emulator.stories.told import listed


def shelf(folder: Path = STORIES) -> list[dict[str, object]]:
    """Each file by its name. Of one that is no story, what is wrong with it."""
    return [_listed(path) for path in _files(folder)]


def story_named(name: str, folder: Path = STORIES) -> Story:
    """The story of that file, named without its ending. Raises StoryError."""
    for path in _files(folder):
        if path.stem == name:
            return load(path)
    raise StoryError(f"{name}: no story is called that")


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.toml"))


def _listed(path: Path) -> dict[str, object]:
    try:
        return listed(load(path))
    except StoryError as error:
        return {"name": path.stem, "error": str(error).removeprefix(f"{path}: ")}

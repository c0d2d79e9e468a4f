"""Stories as plain data, for whoever shows them."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from emulator.stories.books import several
from emulator.stories.player import StoryFailed
from emulator.stories.story import Expect, Step, Story

OPERATIONS: Final = ("sale", "void", "refund", "settlement")
LISTS: Final = ("screen", "shows", "hides")


def listed(story: Story) -> dict[str, object]:
    """A story in a list: what it is about, where it can be played."""
    return {
        "name": story.path.stem,
        "title": story.title,
        "title_zh": story.title_zh or story.title,
        "worlds": list(story.worlds),
        "operations": _operations(story),
        "faults": sorted({str(step.fault["name"]) for step in story.steps if step.fault}),
        "count": len(story.steps),
    }


def story_told(story: Story) -> dict[str, object]:
    """All that it says. Words that are left out in the file are left out here."""
    return {
        **listed(story),
        "begin": story.begin,
        "settings": {**story.parameters, **story.profile, **story.host},
        "steps": [_step(step) for step in story.steps],
        "expect": _said(story.expect),
    }


def failure_told(failure: StoryFailed) -> dict[str, object]:
    """Where it differs (step 0: at the end), what was wanted and found, and the last screen."""
    differs = failure.differs
    return {
        "step": failure.step,
        "what": str(failure.error),
        "where": differs.where if differs else "",
        "wanted": differs.wanted if differs else "",
        "found": differs.found if differs else "",
        "screen": failure.screens[-1] if failure.screens else None,
    }


def _operations(story: Story) -> list[str]:
    """By its screens and its books."""
    expects = (story.expect, *(step.expect for step in story.steps if step.expect))
    lines = [line for e in expects for line in (*(e.ledger or ()), *(e.journal or ()))]
    booked = {line.split()[0].removeprefix("qr_") for line in lines}
    screens = {name.split(".")[0] for step in story.steps for name in several(step.screen)}
    return [name for name in OPERATIONS if name in booked | screens]


def _step(step: Step) -> dict[str, Any]:
    said = _said(step)
    if step.expect is not None:
        said["expect"] = _said(step.expect)
    return {**said, **{word: several(said[word]) for word in LISTS if word in said}}


def _said(table: Step | Expect) -> dict[str, Any]:
    """Its words without those that say what is said anyway."""
    names = zip(table.__struct_fields__, table.__struct_defaults__, strict=True)
    return {
        name: msgspec.to_builtins(getattr(table, name))
        for name, default in names
        if getattr(table, name) != default
    }

"""What is told of played stories: progress, failures with screens and wires, a JUnit report."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

from emulator.stories.player import StoryFailed
from emulator.stories.story import Story, WorldName

TOLD_ENTRIES: Final = 25
TOLD_MESSAGES: Final = 10
WIDEST: Final = 150


@dataclass(frozen=True, slots=True)
class Played:
    """A story's end. `skipped`: why it was not played; `trace`: what passed on the wires."""

    story: Story
    seconds: float = 0.0
    failure: StoryFailed | None = None
    trace: tuple[Mapping[str, Any], ...] = ()
    skipped: str = ""

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.story.path.stem


def print_step(story: Story, at: int, of: int) -> None:
    """Where a story is, for somebody who looks on."""
    if sys.stdout.isatty():
        print(f"\r... {story.path.stem} {at or of}/{of}\x1b[K", end="", flush=True)


def print_result(one: Played) -> None:
    """A line for each story."""
    word = "skip" if one.skipped else "FAIL" if one.failure else "ok"
    clear = "\r\x1b[K" if sys.stdout.isatty() else ""
    tail = one.skipped or f"{one.seconds:.1f} s"
    print(f"{clear}{word:<4} {one.name:<34} {tail:<10} {one.story.title}")


def print_failure(one: Played, world: WorldName) -> None:
    """What differs, the last screens, the wires, and how to see it again."""
    assert one.failure is not None
    print(f"     {one.story.path}: {one.failure}")
    for screen in one.failure.screens:
        print(f"     -- {screen['name']}")
        for row in screen["rows"]:
            if row.strip():
                print(f"        {row.rstrip()}")
    for line in _wires(one.trace):
        print(f"     {line}")
    again = f"scripts/play {one.story.path} --bench {world}"
    print(f"     seed {one.story.seed}; again: {again}")


def print_sum(played: Sequence[Played]) -> None:
    """How many."""
    failed = sum(one.failure is not None for one in played)
    skipped = sum(bool(one.skipped) for one in played)
    seconds = sum(one.seconds for one in played)
    good = len(played) - failed - skipped
    print(f"{good} stories as they should be, {failed} not, {skipped} skipped, {seconds:.0f} s")


def junit(played: Sequence[Played]) -> bytes:
    """The report as JUnit has it."""
    suite = ElementTree.Element(
        "testsuite",
        name="stories",
        tests=str(len(played)),
        failures=str(sum(one.failure is not None for one in played)),
        skipped=str(sum(bool(one.skipped) for one in played)),
        time=f"{sum(one.seconds for one in played):.3f}",
    )
    for one in played:
        case = ElementTree.SubElement(
            suite, "testcase", classname="stories", name=one.name, time=f"{one.seconds:.3f}"
        )
        if one.skipped:
            ElementTree.SubElement(case, "skipped", message=one.skipped)
        if one.failure:
            failure = ElementTree.SubElement(case, "failure", message=_printable(str(one.failure)))
            failure.text = _printable("\n".join(_told(one)))
    return bytes(ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True))


def _told(one: Played) -> list[str]:
    assert one.failure is not None
    screens = [row for screen in one.failure.screens for row in (screen["name"], *screen["rows"])]
    return [f"seed {one.story.seed}", *screens, *_wires(one.trace)]


def _wires(trace: Sequence[Mapping[str, Any]]) -> list[str]:
    """What passed last, and the last messages of the host."""
    entries = [entry for entry in trace if not entry["poll"]]
    hosts = [entry for entry in entries if entry["wire"] == "acquirer"][-TOLD_MESSAGES:]
    told = [entry for entry in entries[:-TOLD_ENTRIES] if entry in hosts]
    told += entries[-TOLD_ENTRIES:]
    return [
        f"{entry['time'][11:23]} {entry['wire']:<8} {entry['direction']:<13} "
        f"{entry['meaning'][:WIDEST]}"
        for entry in told
    ]


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)

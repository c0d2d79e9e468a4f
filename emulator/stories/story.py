"""A story as a file: what is set up, what people do screen by screen, and what is true afterwards.

tests/scenarios/stories/README.md explains the words. What is wrong in a file is told with file,
step and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, get_args, get_type_hints

import msgspec

from emulator.fault_kinds import check_world
from emulator.host.faults import FaultError
from emulator.stories.words import (
    WordError,
    booking,
    card_of,
    cleared,
    fault_of,
    keys_of,
    scan_of,
)

STORIES: Final = Path(__file__).parents[2] / "tests" / "scenarios" / "stories"
WorldName = Literal["simulation", "emulator", "hardware"]
WireName = Literal["keypad", "display", "reader", "scanner", "printer", "acquirer"]
ACTS = (
    *("keys", "menu", "log_on", "approve", "scan", "swipe", "insert", "tap", "remove", "leave"),
    *("paper", "cover", "tear", "pull", "plug", "power", "fault", "clear", "wait_s"),
)


CHECKS: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "keys": keys_of,
        "scan": scan_of,
        "of": scan_of,
        "swipe": card_of,
        "insert": card_of,
        "tap": card_of,
        "fault": fault_of,
        "clear": cleared,
    }
)


class StoryError(Exception):
    """The file is no story; one line that names file, step and key."""


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a story's file."""


class Expect(Words, frozen=True):
    """What the books and the paper say of everything since the story began."""

    ledger: tuple[str, ...] | None = None
    slips: tuple[str | tuple[str, ...], ...] | None = None
    journal: tuple[str, ...] | None = None


class Step(Words, frozen=True):
    """First what is to be seen, then at most one act, then what is true."""

    screen: str | tuple[str, ...] = ()
    shows: str | tuple[str, ...] = ()
    hides: str | tuple[str, ...] = ()
    within_s: float = 20.0
    keys: str | None = None
    menu: str | None = None
    log_on: str | None = None
    approve: str | None = None
    scan: str | None = None
    swipe: str | None = None
    insert: str | None = None
    tap: str | None = None
    remove: bool | None = None
    leave: bool | None = None
    paper: Literal["load"] | None = None
    cover: Literal["open", "closed"] | None = None
    tear: bool | None = None
    pull: WireName | None = None
    plug: WireName | None = None
    power: Literal["on", "off"] | None = None
    fault: dict[str, bool | int | float | str] | None = None
    clear: str | None = None
    wait_s: float | None = None
    of: str | None = None
    expect: Expect | None = None

    @property
    def act(self) -> str | None:
        """The act's word."""
        return next((word for word in ACTS if getattr(self, word) is not None), None)


class Story(Words, frozen=True):
    """A whole file. The tables hold what differs from the demo shop."""

    title: str
    steps: tuple[Step, ...]
    title_zh: str = ""
    worlds: tuple[WorldName, ...] = ("simulation", "emulator")
    begin: Literal["new", "logon", "idle"] = "idle"
    seed: int = 7
    parameters: dict[str, Any] = {}
    profile: dict[str, Any] = {}
    host: dict[str, Any] = {}
    expect: Expect = Expect()
    path: Path = Path()

    @property
    def has_own_settings(self) -> bool:
        """Whether it needs another shop than the one that is there."""
        return bool(self.parameters or self.profile or self.host)


def load(path: Path) -> Story:
    """Read a story. Raises StoryError."""
    try:
        return parsed(path.read_text(encoding="utf-8"), path)
    except OSError as error:
        raise StoryError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise StoryError(f"{path}: {error}") from None


def parsed(text: str, path: Path) -> Story:
    """The story of a TOML text; `path` is where it came from. Raises StoryError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"{path}: {error}") from None
    if "path" in tables:
        raise StoryError(f"{path}: path: no such word")
    try:
        story = msgspec.convert({**tables, "path": str(path)}, Story, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise StoryError(f"{path}: {_worded(str(error))}") from None
    for problem in _problems(story):
        raise StoryError(f"{path}: {problem}")
    return story


def _path(kind: type, value: str) -> Path:
    assert kind is Path
    return Path(value)


def _worded(message: str) -> str:
    """msgspec's message with the step's number, from 1, and the key first."""
    what, _, place = message.partition(" - at `$")
    what = what[0].lower() + what[1:]
    keys = [_key(part) for part in place.strip("`").split(".") if part]
    if what.startswith("object contains unknown field"):
        what = f"no such word: {what.split('`')[1]}"
    elif what.startswith("invalid enum"):
        what = f"{what}, one of {', '.join(_choices(keys[-1]))}"
    return ": ".join([*keys, what])


def _key(part: str) -> str:
    name, _, index = part.partition("[")
    number = index.removesuffix("]")
    return f"step {int(number) + 1}" if name == "steps" and number.isdigit() else name


def _choices(key: str) -> Iterator[str]:
    hints = {**get_type_hints(Story), **get_type_hints(Step)}
    return _texts(hints[key])


def _texts(kind: Any) -> Iterator[str]:
    for argument in get_args(kind):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _texts(argument)


def _problems(story: Story) -> Iterator[str]:
    if not story.title.strip():
        yield "title: say what happens"
    if not story.steps:
        yield "steps: one or more are needed"
    if not story.worlds:
        yield "worlds: one or more of simulation, emulator, hardware"
    for number, step in enumerate(story.steps, start=1):
        for problem in (*_step_problems(step), *_elsewhere(step, story.worlds)):
            yield f"step {number}: {problem}"
    yield from (f"expect: {problem}" for problem in _expect_problems(story.expect))


def _step_problems(step: Step) -> Iterator[str]:
    acts = [word for word in ACTS if getattr(step, word) is not None]
    if len(acts) > 1:
        yield f"{acts[1]}: one act a step, and {acts[0]} is there"
    if step.hides and not step.screen:
        yield "hides: needs a screen"
    for word, check in CHECKS.items():
        value = getattr(step, word)
        try:
            if value is not None:
                check(value)
        except WordError as error:
            yield f"{word}: {error}"
    if step.expect is not None:
        if step.expect.journal is not None:
            yield "expect: journal: only at the end, when the terminal is off"
        yield from (f"expect: {problem}" for problem in _expect_problems(step.expect))


def _elsewhere(step: Step, worlds: tuple[WorldName, ...]) -> Iterator[str]:
    """The worlds of the story in which its fault can't happen."""
    if step.fault is None:
        return
    for world in worlds:
        try:
            check_world(str(step.fault.get("name")), world)
        except FaultError as error:
            yield f"fault: {step.fault['name']}: {error}"


def _expect_problems(expect: Expect) -> Iterator[str]:
    for word in ("ledger", "journal"):
        for line in getattr(expect, word) or ():
            try:
                booking(line)
            except WordError as error:
                yield f"{word}: {error}"

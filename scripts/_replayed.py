"""A recording played to the firmware in memory, compared step by step and wire by wire.

What comes in is as recorded, at its recorded moments; the firmware draws no random numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from queue import Empty, SimpleQueue

from scripts._recording import (
    DEVICE_FILE,
    Act,
    Recording,
    RecordingError,
    Session,
    Step,
    event_of,
)
from terminal import app
from terminal.config import WIRES, ConfigError, JournalFile
from terminal.journal.open_books import OpenBooks
from terminal.link_events import LinkEvent

CLOCK = Act("", "clock")


@dataclass(frozen=True, slots=True)
class Difference:
    """The first one. `session` counts starts from 1, `after_s` seconds from that start.

    None for `recorded`: nothing was done then; for `replayed`: nothing is done now. `stopped`: the
    firmware ended with this error.
    """

    session: int
    after_s: float
    wall: str
    wire: str
    recorded: Act | None
    replayed: Act | None
    stopped: str = ""


class PowerCut(BaseException):
    """Nothing later happened before the power went: the firmware does not get further either."""


class Different(BaseException):  # the firmware must not take it for an error of its own
    """The replay ends here."""

    def __init__(self, step: Step, wire: str, recorded: Act | None, replayed: Act | None) -> None:
        super().__init__()
        self.step, self.wire = step, wire
        self.recorded, self.replayed = recorded, replayed


class Replay:
    """One run of the firmware: its clock, its inbox and what its links are told."""

    def __init__(self, session: Session) -> None:
        self._steps = iter(session)
        self._last = session[-1]
        self.step = next(self._steps)
        self._acts: list[Act] = []
        self._is_read = False

    def monotonic_s(self) -> float:
        """The recorded moment."""
        return self.step.came.t

    def wall(self) -> datetime:
        """The recorded moment, for people."""
        if self._is_read:
            self.act(CLOCK)
        self._is_read = True
        return _moment(self.step.came.wall)

    def go_on(self) -> LinkEvent | None:
        """Compare the step that has ended; what came next. Empty when something was due."""
        self._compare()
        following = next(self._steps, None)
        if following is None:
            raise PowerCut
        self.step, self._is_read = following, False
        event = event_of(following.came)
        if event is None:
            raise Empty
        return event

    def act(self, act: Act) -> None:
        """The firmware did something to a link."""
        if self.step is self._last and len(self._acts) == len(self.step.acts):
            self._compare()
            raise PowerCut
        self._acts.append(act)

    def _compare(self) -> None:
        recorded, replayed = self.step.acts, self._acts
        # How often the clock is read says nothing to anybody outside.
        for wire in dict.fromkeys(a.wire for a in (*recorded, *replayed) if a != CLOCK):
            for old, new in zip_longest(_on(wire, recorded), _on(wire, replayed)):
                if old != new:
                    raise Different(self.step, wire, old, new)
        self._acts = []


class ReplayedInbox(SimpleQueue[LinkEvent | None]):
    """Gives what was recorded."""

    def __init__(self, world: Replay) -> None:
        super().__init__()
        self._world = world

    def get(self, block: bool = True, timeout: float | None = None) -> LinkEvent | None:
        """At once, whatever the firmware would wait for."""
        return self._world.go_on()


@dataclass(frozen=True, slots=True)
class ReplayedLink:
    """A link that only tells what is done to it."""

    wire: str
    world: Replay

    def open(self) -> None:
        """Told."""
        self.world.act(Act(self.wire, "open"))

    def write(self, frame: bytes) -> None:
        """Told."""
        self.world.act(Act(self.wire, "write", frame))

    def close(self) -> None:
        """Told."""
        self.world.act(Act(self.wire, "close"))


def first_difference(recording: Recording, folder: Path) -> Difference | None:
    """Play it with a journal in this folder. Raises RecordingError when it can't be played."""
    return first_of(_setting(recording, folder), recording.sessions())


def first_of(setting: app.Setting, sessions: Sequence[Session]) -> Difference | None:
    """The same with the setting that the firmware had, in a folder without a journal."""
    for number, session in enumerate(sessions, 1):
        difference = _played(setting, session, number)
        if difference is not None:
            return difference
    return None


def _setting(recording: Recording, folder: Path) -> app.Setting:
    if not recording.header.replayable:
        raise RecordingError(f"can't be replayed: {recording.header.why_not}")
    for name, text in recording.header.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        setting = app.read_setting(folder / DEVICE_FILE)
    except ConfigError as error:
        raise RecordingError(f"line 1: {error}") from None
    return replace(setting, device=replace(setting.device, journal=JournalFile()))


def _played(setting: app.Setting, session: Session, number: int) -> Difference | None:
    _check_moments(session)
    world = Replay(session)
    start = session[0].came
    terminal = app.runtime(setting, {wire: ReplayedLink(wire, world) for wire in WIRES}, world)
    try:
        terminal.start()
        terminal.run(ReplayedInbox(world))
    except PowerCut:
        return None
    except Different as found:
        came = found.step.came
        places = (number, came.t - start.t, came.wall, found.wire)
        return Difference(*places, found.recorded, found.replayed)
    except Exception as error:  # whatever it is, the recorded firmware went on
        came = world.step.came
        stopped = f"{type(error).__name__}: {error}"
        return Difference(number, came.t - start.t, came.wall, "", None, None, stopped)
    finally:
        _drop(terminal.journal)
    raise AssertionError("only a power cut or a difference ends a replay")


def _drop(journal: object) -> None:
    # As when a process ends: the lock is gone, nothing more is written.
    if isinstance(journal, OpenBooks):
        journal.close()


def _check_moments(session: Session) -> None:
    for step in session:
        try:
            _moment(step.came.wall)
        except ValueError:
            raise RecordingError(f"wall: {step.came.wall!r} is no time") from None


def _moment(wall: str) -> datetime:
    return datetime.fromisoformat(wall).astimezone(UTC)


def _on(wire: str, acts: Sequence[Act]) -> Iterator[Act]:
    return (act for act in acts if act.wire == wire)

"""A recording: what passed on a terminal's wires, seen from the firmware, one JSON object a line.

The first line is the header. Then, for each start of the firmware, its steps in their order: what
came in (`start`, `due`, `opened`, `bytes`, `written`, `lost`) with the two clocks as the firmware
saw them all through the step, then what the firmware did to its links (`open`, `write`, `close`),
and that it read the clocks again (`clock`). `off`: the power went; `remark`: for people. A
recording that can't be replayed holds masked bytes and their meanings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, Literal, TypeVar

import msgspec

from terminal.config import WIRES
from terminal.link_events import BytesArrived, FrameWritten, LinkEvent, LinkLost, LinkOpened

T = TypeVar("T")

VERSION: Final = 1
Came = Literal["start", "due", "opened", "bytes", "written", "lost"]
Done = Literal["open", "write", "close", "clock"]
DONE: Final = frozenset({"open", "write", "close", "clock"})
NO_WIRE: Final = frozenset({"start", "due", "clock"})
DEVICE_FILE: Final = "device.toml"


class RecordingError(Exception):
    """The file is no recording that can be used; one line that names the place."""


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened. `t`: the monotonic clock in seconds; `wall`: for people, and UTC."""

    what: Came | Done | Literal["off", "remark"]
    t: float
    wall: str = ""
    wire: str = ""
    hex: str = ""
    reason: str = ""
    write_called: bool = False
    meaning: str = ""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """`shop`: the terminal's number; `why_not`: why it can't be replayed, or empty.

    `files`: device.toml, parameters.toml and the certificates that they name, as the firmware read
    them; no key and no password is in there.
    """

    version: int
    shop: str
    wires: tuple[str, ...]
    replayable: bool
    why_not: str
    started: str
    files: dict[str, str]


def header(shop: str, started: str, files: dict[str, str], why_not: str = "") -> Header:
    """The header of a new recording; `why_not` says why it can't be replayed."""
    return Header(
        version=VERSION,
        shop=shop,
        wires=WIRES,
        replayable=not why_not,
        why_not=why_not,
        started=started,
        files=files,
    )


@dataclass(frozen=True, slots=True)
class Act:
    """What the firmware did to a link; without a wire: it read the clocks again."""

    wire: str
    what: str
    raw: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Step:
    """What came in, and what the firmware did in answer to it."""

    came: Line
    acts: list[Act] = field(default_factory=list)


Session = list[Step]
"""One run of the firmware, from its start to a power cut or the end of the recording."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A whole recording."""

    header: Header
    lines: tuple[Line, ...]

    def sessions(self) -> list[Session]:
        """The steps by start of the firmware. Raises RecordingError."""
        sessions: list[Session] = []
        for number, line in enumerate(self.lines, 2):
            if line.what == "start":
                sessions.append([Step(line)])
            elif line.what in ("off", "remark"):
                continue
            elif not sessions:
                raise RecordingError(f"line {number}: {line.what} before a start")
            elif line.what in DONE:
                sessions[-1][-1].acts.append(Act(line.wire, line.what, _raw(number, line)))
            else:
                _raw(number, line)
                sessions[-1].append(Step(line))
        return sessions


def saved(recording: Recording) -> Iterator[bytes]:
    """The file, line by line."""
    for item in (recording.header, *recording.lines):
        yield msgspec.json.encode(item) + b"\n"


def load(path: Path) -> Recording:
    """Read a file. Raises RecordingError."""
    try:
        rows = path.read_bytes().splitlines()
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror}") from None
    try:
        return _parsed(rows)
    except RecordingError as error:
        raise RecordingError(f"{path}: {error}") from None


def _parsed(rows: list[bytes]) -> Recording:
    if not rows:
        raise RecordingError("is empty")
    header = _decoded(1, rows[0], Header)
    if header.version != VERSION:
        raise RecordingError(f"version {header.version}, this program reads {VERSION}")
    for name in header.files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise RecordingError(f"line 1: files: {name!r} is outside the folder")
    lines = (_decoded(number, row, Line) for number, row in enumerate(rows[1:], 2))
    return Recording(header, tuple(lines))


def _decoded(number: int, row: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(row, type=kind)
    except msgspec.DecodeError as error:
        raise RecordingError(f"line {number}: {error}") from None


def _raw(number: int, line: Line) -> bytes:
    if line.what not in NO_WIRE and line.wire not in WIRES:
        raise RecordingError(f"line {number}: {line.what} of no wire")
    try:
        return bytes.fromhex(line.hex)
    except ValueError:
        raise RecordingError(f"line {number}: hex: not hex digits") from None


def came_line(event: LinkEvent | None, t: float, wall: str) -> Line:
    """What came to the firmware as a line; None: something was due."""
    match event:
        case None:
            return Line(what="due", t=t, wall=wall)
        case LinkOpened(wire):
            return Line(what="opened", t=t, wall=wall, wire=wire)
        case BytesArrived(wire, raw):
            return Line(what="bytes", t=t, wall=wall, wire=wire, hex=raw.hex())
        case FrameWritten(wire):
            return Line(what="written", t=t, wall=wall, wire=wire)
        case LinkLost(wire, why, begun):
            return Line(what="lost", t=t, wall=wall, wire=wire, reason=why, write_called=begun)


def event_of(line: Line) -> LinkEvent | None:
    """The opposite of `came_line`."""
    match line.what:
        case "opened":
            return LinkOpened(line.wire)
        case "bytes":
            return BytesArrived(line.wire, bytes.fromhex(line.hex))
        case "written":
            return FrameWritten(line.wire)
        case "lost":
            return LinkLost(line.wire, line.reason, line.write_called)
    return None

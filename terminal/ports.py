"""What the core needs from outside. Drivers are bytes in → events out, commands in → bytes out.

No driver owns a socket, a thread or a clock: the runtime carries their frames to the links, and
hands them what the links report, with the time on the monotonic clock in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from terminal.domain.books import Books
from terminal.domain.facts import History
from terminal.domain.keypad_questions import Question
from terminal.domain.slip import Slip
from terminal.events import Event
from terminal.link_events import LinkEvent

Inbox = Callable[[LinkEvent], None]  # a link's only way to speak; safe from any thread


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a driver wants done: connection opened, frames written in order, connection closed."""

    frames: tuple[bytes, ...] = ()
    events: tuple[Event, ...] = ()
    open: bool = False
    close: bool = False


NOTHING = Reaction()


class Clock(Protocol):
    """Two clocks: one that never jumps, and one for people (aware, UTC)."""

    def monotonic_s(self) -> float: ...

    def wall(self) -> datetime: ...


class Link(Protocol):
    """A byte pipe. Every call returns at once; results come as link events in the inbox."""

    def open(self) -> None: ...

    def write(self, frame: bytes) -> None: ...

    def close(self) -> None: ...


class OpenJournal(History, Protocol):
    """The open journal. Reading and appending wait for the disk; nothing else in here waits."""

    @property
    def books(self) -> Books: ...

    @property
    def room_bytes(self) -> float:
        """Free bytes of its disk; infinite where nobody can say."""
        ...

    def append(self, kind: str, body: Mapping[str, Any], sealed: bytes | None) -> None:
        """Durable when it returns."""
        ...

    def export(self, name: str) -> str:
        """Copy it into a new file beside it; gives why not, or nothing."""
        ...

    def checkpoint(self) -> None:
        """Seal what the records add up to, so that a start reads only what came after."""
        ...

    def drop_sealed(self, numbers: Iterable[int]) -> None:
        """Forget the sealed card numbers of these records."""
        ...

    def check_some(self) -> bool:
        """Check the next slice of the chain; False when it is broken."""
        ...


class JournalRefusedError(Exception):
    """The journal is not to be used: `verdict` is damaged, older, missing or locked."""

    def __init__(self, verdict: str, reason: str) -> None:
        super().__init__(f"{verdict}: {reason}")
        self.verdict, self.reason = verdict, reason


# Compares the journal with the record that the pad remembers, then opens it.
JournalGate = Callable[[int, bytes], OpenJournal]


class Driver(Protocol):
    """One device on one wire."""

    @property
    def due_s(self) -> float:
        """When `tick` wants to be called (monotonic); infinity for never."""
        ...

    def opened(self, now_s: float) -> Reaction:
        """The link is open."""
        ...

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Bytes came, cut anywhere; garbage is skipped and counted, never raised."""
        ...

    def written(self, now_s: float) -> Reaction:
        """One of our frames has left wholly."""
        ...

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """The link is gone; what waits for an answer fails now."""
        ...

    def tick(self, now_s: float) -> Reaction:
        """Time has passed: polls, time-outs, repeats."""
        ...


class KeypadOrders(Protocol):
    """What is asked of the pad; answered by KeypadAnswered or KeypadFailed."""

    def ask(self, number: int, question: Question, now_s: float) -> Reaction: ...


class Keypad(KeypadOrders, Driver, Protocol):
    """The encrypting PIN pad. Events: KeyPressed, EntryProgressed, KeypadAnswered, KeypadFailed."""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One row of the display: 20 half-width cells of text; a Chinese character takes two."""

    text: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What the display shows: 8 rows, the screen's name (`refund.confirm`), `en` or `zh`."""

    name: str
    language: str
    rows: tuple[PictureRow, ...]


class Display(Driver, Protocol):
    """Shows pictures; sends only what changed. Sounds beeps."""

    def show(self, picture: Picture, now_s: float) -> Reaction: ...

    def beep(self, now_s: float) -> Reaction: ...


class CardReader(Driver, Protocol):
    """Events: CardSwiped, CardUnreadable, ChipPresented."""


class Scanner(Driver, Protocol):
    """Events: CodeScanned."""


class PrinterOrders(Protocol):
    """One slip at a time; answered by Printed or PrintFailed."""

    def print_slip(self, number: int, slip: Slip, now_s: float) -> Reaction: ...


class Printer(PrinterOrders, Driver, Protocol):
    """Events: Printed, PrintFailed."""


class HostOrders(Protocol):
    """One exchange at a time; answered by HostReplied, HostNotReached or HostSilent."""

    def exchange(self, number: int, raw: bytes, entry_mode: str | None, now_s: float) -> Reaction:
        """Open the line, send the message (from MTI on, MAC in it), wait for its answer.

        `entry_mode` is F22, which chooses the header's class; None for management messages.
        """
        ...

    def abandon(self, now_s: float) -> Reaction:
        """Nobody waits any more: close the line."""
        ...


class HostLink(HostOrders, Driver, Protocol):
    """The line to the acquirer."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Whom the effects of flows go to: the drivers, or what stands before them in a practice."""

    keypad: KeypadOrders
    printer: PrinterOrders
    acquirer: HostOrders

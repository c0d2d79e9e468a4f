"""The firmware's seams, each telling a note what passes: its inbox, its links, its clock.

A step of the firmware sees one moment: both clocks stand still from one event to the next. So a
replay that gives the same events with the same moments gives the same bytes, hashes included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from queue import Empty, SimpleQueue

from scripts._recording import Done, Line, came_line
from terminal.link_events import LinkEvent
from terminal.ports import Clock, Link

Note = Callable[[Line], None]


class StepClock:
    """The moment that a step is at; `go_on` takes the next one from the machine's clock.

    Every step reads the clocks first; that they are read again is noted too: each record of the
    journal does it, and so a power cut in the middle of a step comes before it or after it.
    """

    def __init__(self, machine: Clock, note: Note) -> None:
        self.machine = machine
        self._note = note
        self.go_on()

    def go_on(self) -> None:
        """Another step begins."""
        self._now_s, self._wall = self.machine.monotonic_s(), self.machine.wall()
        self._is_read = False

    @property
    def moment(self) -> tuple[float, str]:
        """Both clocks, as a line has them."""
        return self._now_s, self._wall.isoformat()

    def monotonic_s(self) -> float:
        """Seconds that never jump, at the beginning of the step."""
        return self._now_s

    def wall(self) -> datetime:
        """For people, at the beginning of the step."""
        if self._is_read:
            self._note(Line(what="clock", t=self._now_s))
        self._is_read = True
        return self._wall

    def start(self) -> None:
        """The firmware starts now."""
        now_s, wall = self.moment
        self._note(Line(what="start", t=now_s, wall=wall))


class RecordedInbox(SimpleQueue[LinkEvent | None]):
    """Notes what the firmware takes out, when it takes it."""

    def __init__(self, clock: StepClock, note: Note) -> None:
        super().__init__()
        self._clock, self._note = clock, note

    def get(self, block: bool = True, timeout: float | None = None) -> LinkEvent | None:
        """The next event; Empty when something is due. The clock goes on to now."""
        event, is_due = None, False
        try:
            event = super().get(block, self._left_s(timeout))
        except Empty:
            is_due = True
        self._clock.go_on()
        if event is not None or is_due:
            self._note(came_line(event, *self._clock.moment))
        if is_due:
            raise Empty
        return event

    def _left_s(self, timeout: float | None) -> float | None:
        if timeout is None:
            return None
        # The firmware reckoned from the beginning of its step.
        worked_s = self._clock.machine.monotonic_s() - self._clock.monotonic_s()
        return max(0.0, timeout - worked_s)


class RecordedLink:
    """Notes what the firmware does to a link."""

    def __init__(self, wire: str, link: Link, clock: Clock, note: Note) -> None:
        self._wire, self._link = wire, link
        self._clock, self._note = clock, note

    def open(self) -> None:
        """Noted, and done."""
        self._say("open")
        self._link.open()

    def write(self, frame: bytes) -> None:
        """Noted, and done."""
        self._say("write", frame)
        self._link.write(frame)

    def close(self) -> None:
        """Noted, and done."""
        self._say("close")
        self._link.close()

    def _say(self, what: Done, raw: bytes = b"") -> None:
        now_s = self._clock.monotonic_s()
        self._note(Line(what=what, t=now_s, wire=self._wire, hex=raw.hex()))


def recorded_links(links: Mapping[str, Link], clock: Clock, note: Note) -> dict[str, Link]:
    """Every link behind one that notes."""
    return {wire: RecordedLink(wire, link, clock, note) for wire, link in links.items()}

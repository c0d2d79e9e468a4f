"""What a driver gathers while it handles one call, handed over as one reaction."""

from __future__ import annotations

from collections.abc import Iterable

from terminal.events import Event
from terminal.ports import NOTHING, Reaction


class Outbox:
    """Frames and events in the order in which they arose."""

    def __init__(self) -> None:
        self._frames: list[bytes] = []
        self._events: list[Event] = []

    def write(self, frame: bytes) -> None:
        """One frame for the link."""
        self._frames.append(frame)

    def tell(self, events: Iterable[Event]) -> None:
        """Events for the terminal."""
        self._events.extend(events)

    def take(self) -> Reaction:
        """All of it, and begin anew."""
        if not self._frames and not self._events:
            return NOTHING
        reaction = Reaction(tuple(self._frames), tuple(self._events))
        self._frames.clear()
        self._events.clear()
        return reaction

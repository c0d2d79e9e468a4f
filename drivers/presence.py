"""Whether a device is there: by its answers to status questions, or by its port alone."""

from __future__ import annotations

import math

from terminal.events import Event, WireBack, WireLost

POLL_EVERY_S = 1.0
ANSWER_WITHIN_S = 0.5
POLLS_TO_LOSE = 3


class Presence:
    """Told once when a device goes, once when it is back; at first nobody knows."""

    def __init__(self, wire: str) -> None:
        self.wire = wire
        self.known: bool | None = None

    def is_there(self) -> tuple[Event, ...]:
        """It spoke, or its port was opened."""
        if self.known:
            return ()
        self.known = True
        return (WireBack(self.wire),)

    def is_gone(self, reason: str) -> tuple[Event, ...]:
        """It is silent, or its port was lost."""
        if self.known is False:
            return ()
        self.known = False
        return (WireLost(self.wire, reason),)


class Heartbeat:
    """Status questions, one at a time: when to ask, and what an answer or silence means.

    A question that stays silent for 0.5 s is asked again at once; the third makes the device lost,
    and from then on it is asked once a second. Another boot id means that the device restarted.

    `byte_s`: how long the line takes for a byte; 0 for a line without a speed. A question waits on
    it behind all that was written before, so its 0.5 s begin when it has passed.
    """

    def __init__(self, wire: str, byte_s: float = 0.0) -> None:
        self._presence = Presence(wire)
        self._byte_s = byte_s
        self.passed_s = -math.inf  # when all that was written has passed the line
        self._boot_id: int | None = None
        self._next_s = math.inf
        self._until_s = math.inf
        self._unanswered = 0

    @property
    def present(self) -> bool:
        """The device has answered and was not lost since."""
        return self._presence.known is True

    @property
    def silent(self) -> bool:
        """Three questions in a row had no answer."""
        return self._unanswered >= POLLS_TO_LOSE

    @property
    def asking(self) -> bool:
        """A question waits for its answer."""
        return self._until_s < math.inf

    @property
    def due_s(self) -> float:
        """When to look again; infinity while the line is closed."""
        return self._until_s if self._until_s < math.inf else self._next_s

    def opened(self, now_s: float) -> None:
        """The line is open and nothing waits on it: ask at once."""
        self.passed_s = now_s
        self._next_s, self._until_s, self._unanswered = now_s, math.inf, 0

    def pause(self, until_s: float) -> None:
        """Drop the open question and ask nothing before `until_s`."""
        self._next_s, self._until_s = until_s, math.inf

    def hurry(self, at_s: float) -> None:
        """Ask no later than `at_s`."""
        self._next_s = min(self._next_s, at_s)

    def wants_to_ask(self, now_s: float) -> bool:
        """It is time for a question."""
        return now_s >= self._next_s and not self.asking

    def wrote(self, frame: bytes, now_s: float) -> None:
        """A frame was handed to the line, a question too."""
        self.passed_s = max(self.passed_s, now_s) + len(frame) * self._byte_s

    def asked(self, now_s: float, gap_s: float = POLL_EVERY_S) -> None:
        """A question was written; the next is due `gap_s` later."""
        self._next_s = now_s + gap_s
        self._until_s = max(self.passed_s, now_s) + ANSWER_WITHIN_S

    def answered(self, boot_id: int | None = None) -> tuple[Event, ...]:
        """The device answered a status question."""
        self._until_s = math.inf
        gone: tuple[Event, ...] = ()
        if boot_id is not None:
            if self.present and self._boot_id not in (None, boot_id):
                gone = self._presence.is_gone("restarted")
            self._boot_id = boot_id
        return gone + self.spoke()

    def spoke(self) -> tuple[Event, ...]:
        """The device gave any other sign of life."""
        self._unanswered = 0
        return self._presence.is_there()

    def check(self, now_s: float) -> tuple[Event, ...]:
        """Time has passed: is the open question one that stays silent?"""
        if now_s < self._until_s:
            return ()
        self._until_s = math.inf
        self._unanswered += 1
        if self.silent:
            return self._presence.is_gone("silent")
        self._next_s = now_s
        return ()

    def lost(self, reason: str) -> tuple[Event, ...]:
        """The line is closed."""
        self._next_s = self._until_s = math.inf
        self._boot_id = None
        return self._presence.is_gone(reason)

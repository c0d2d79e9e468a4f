"""Carries frames and events between drivers and links, and brings lost links back."""

from __future__ import annotations

import math
from collections.abc import Mapping

from terminal.events import (
    BytesArrived,
    Event,
    FrameWritten,
    LinkEvent,
    LinkLost,
    LinkOpened,
    WireBack,
    WireLost,
)
from terminal.ports import Driver, Link, Reaction

RETRY_FIRST_S = 0.2
RETRY_MOST_S = 2.0
ACQUIRER = "acquirer"  # opened for each exchange by its driver, never kept open
SPEAK_ONLY = ("reader", "scanner")  # nothing to poll: there when their port is


class Wires:
    """All wires of the terminal. Time is handed in; nothing here waits."""

    def __init__(self, drivers: Mapping[str, Driver], links: Mapping[str, Link]) -> None:
        self._drivers = drivers
        self._links = links
        self._retry_at: dict[str, float] = {}
        self._pause_s: dict[str, float] = {}
        self.lost: frozenset[str] = frozenset()

    def open_devices(self) -> None:
        """Open every wire but the acquirer's."""
        for wire, link in self._links.items():
            if wire != ACQUIRER:
                link.open()

    def close(self) -> None:
        """Close every wire."""
        for link in self._links.values():
            link.close()

    @property
    def due_s(self) -> float:
        """When `tick` has something to do."""
        drivers = (d.due_s for d in self._drivers.values())
        return min([*drivers, *self._retry_at.values()], default=math.inf)

    def tick(self, now_s: float) -> list[Event]:
        """Polls, time-outs and reconnecting that are due."""
        events: list[Event] = []
        for wire, at_s in list(self._retry_at.items()):
            if at_s <= now_s:
                del self._retry_at[wire]
                self._links[wire].open()
        for wire, driver in self._drivers.items():
            if driver.due_s <= now_s:
                events += self.carry(wire, driver.tick(now_s))
        return events

    def take(self, event: LinkEvent, now_s: float) -> list[Event]:
        """Hand a link's report to its driver; gives what that means."""
        driver = self._drivers[event.wire]
        match event:
            case LinkOpened(wire):
                self._pause_s.pop(wire, None)
                back = self._back(wire) if wire in SPEAK_ONLY else []
                return back + self.carry(wire, driver.opened(now_s))
            case BytesArrived(wire, raw):
                return self._back(wire) + self.carry(wire, driver.receive(raw, now_s))
            case FrameWritten(wire):
                return self.carry(wire, driver.written(now_s))
            case LinkLost(wire, reason, write_called):
                reaction = driver.lost(reason, write_called, now_s)
                return self._gone(wire, reason, now_s) + self.carry(wire, reaction)

    def carry(self, wire: str, reaction: Reaction) -> list[Event]:
        """Do what a driver wants done with its link; gives its events."""
        link = self._links[wire]
        if reaction.open:
            link.open()
        for frame in reaction.frames:
            link.write(frame)
        if reaction.close:
            link.close()
        return [event for event in reaction.events if self._is_news(event)]

    def _is_news(self, event: Event) -> bool:
        if isinstance(event, WireLost):
            new = event.wire not in self.lost
            self.lost |= {event.wire}
            return new
        if isinstance(event, WireBack):
            new = event.wire in self.lost
            self.lost -= {event.wire}
            return new
        return True

    def _back(self, wire: str) -> list[Event]:
        back = WireBack(wire)
        return [back] if self._is_news(back) else []

    def _gone(self, wire: str, reason: str, now_s: float) -> list[Event]:
        if wire == ACQUIRER:
            return []
        pause_s = self._pause_s.get(wire, RETRY_FIRST_S)
        self._pause_s[wire] = min(pause_s * 2, RETRY_MOST_S)
        self._retry_at[wire] = now_s + pause_s
        lost = WireLost(wire, reason)
        return [lost] if self._is_news(lost) else []

"""Carries frames and events between drivers and links, and brings lost links back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from terminal.events import Event, WireBack, WireLost
from terminal.link_events import BytesArrived, FrameWritten, LinkEvent, LinkLost, LinkOpened
from terminal.ports import (
    NOTHING,
    CardReader,
    Display,
    Driver,
    HostLink,
    Keypad,
    Link,
    Printer,
    Reaction,
    Scanner,
)

RETRY_FIRST_S = 0.2
RETRY_MOST_S = 2.0
ACQUIRER = "acquirer"  # opened for each exchange by its driver, never kept open


@dataclass(frozen=True, slots=True)
class Devices:
    """The driver and the link of each wire."""

    keypad: Keypad
    display: Display
    reader: CardReader
    scanner: Scanner
    printer: Printer
    acquirer: HostLink
    links: Mapping[str, Link]

    def drivers(self) -> dict[str, Driver]:
        """By the wire's name."""
        names = ("keypad", "display", "reader", "scanner", "printer", "acquirer")
        return {name: getattr(self, name) for name in names}


class Wires:
    """All wires of the terminal. Time is handed in; nothing here waits.

    `due_s`: when `tick` has something to do. Whoever calls a driver hands its reaction to `carry`.
    """

    def __init__(self, drivers: Mapping[str, Driver], links: Mapping[str, Link]) -> None:
        self._drivers = drivers
        self._links = links
        self._retry_at: dict[str, float] = {}
        self._pause_s: dict[str, float] = {}
        # Until a device speaks, or its port opens, it is not there.
        self.lost = frozenset(wire for wire in links if wire != ACQUIRER)
        # A driver changes its mind only while it is called: what it said then stands here.
        self._due_at = {wire: driver.due_s for wire, driver in drivers.items()}
        self.due_s = min(self._due_at.values(), default=math.inf)

    def open_devices(self) -> None:
        """Open every wire but the acquirer's."""
        for wire, link in self._links.items():
            if wire != ACQUIRER:
                link.open()

    def close(self) -> None:
        """Close every wire."""
        for link in self._links.values():
            link.close()

    def tick(self, now_s: float) -> list[Event]:
        """Polls, time-outs and reconnecting that are due."""
        events: list[Event] = []
        for wire, at_s in list(self._retry_at.items()):
            if at_s <= now_s:
                del self._retry_at[wire]
                self._links[wire].open()
        self._reckon()
        for wire in [wire for wire, due_s in self._due_at.items() if due_s <= now_s]:
            events += self.carry(wire, self._drivers[wire].tick(now_s))
        return events

    def take(self, event: LinkEvent, now_s: float) -> list[Event]:
        """Hand a link's report to its driver; gives what that means."""
        driver = self._drivers[event.wire]
        match event:
            case BytesArrived(wire, raw):
                return self.carry(wire, driver.receive(raw, now_s))
            case LinkOpened(wire):
                self._pause_s.pop(wire, None)
                return self.carry(wire, driver.opened(now_s))
            case FrameWritten(wire):
                return self.carry(wire, driver.written(now_s))
            case LinkLost(wire, reason, write_called):
                self._retry_later(wire, now_s)
                return self.carry(wire, driver.lost(reason, write_called, now_s))

    def carry(self, wire: str, reaction: Reaction) -> list[Event]:
        """Do what a driver wants done with its link; gives its events."""
        due_s = self._drivers[wire].due_s
        if due_s != self._due_at[wire]:
            self._due_at[wire] = due_s
            self._reckon()
        if reaction is NOTHING:
            return []
        link = self._links[wire]
        if reaction.open:
            if reaction.close:  # what is open still belongs to an exchange that nobody waits for
                link.close()
            link.open()
        for frame in reaction.frames:
            link.write(frame)
        if reaction.close and not reaction.open:
            link.close()
        for event in reaction.events:
            if isinstance(event, WireLost):
                self.lost |= {event.wire}
            elif isinstance(event, WireBack):
                self.lost -= {event.wire}
        return list(reaction.events)

    def _reckon(self) -> None:
        self.due_s = min((*self._due_at.values(), *self._retry_at.values()))

    def _retry_later(self, wire: str, now_s: float) -> None:
        if wire == ACQUIRER:
            return
        pause_s = self._pause_s.get(wire, RETRY_FIRST_S)
        self._pause_s[wire] = min(pause_s * 2, RETRY_MOST_S)
        self._retry_at[wire] = now_s + pause_s
        self._reckon()

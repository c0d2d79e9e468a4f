"""Frames and events between drivers and links; lost links are looked for at a bounded pace."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from terminal.events import CodeScanned, WireBack, WireLost
from terminal.link_events import BytesArrived, FrameWritten, LinkLost, LinkOpened
from terminal.ports import NOTHING, Reaction
from terminal.wires import RETRY_FIRST_S, RETRY_MOST_S, Wires


@dataclass(slots=True)
class NotedLink:
    """Notes what is done to it."""

    done: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.done.append("open")

    def write(self, frame: bytes) -> None:
        self.done.append(f"write {frame.decode()}")

    def close(self) -> None:
        self.done.append("close")


@dataclass(slots=True)
class NotedDriver:
    """Reacts as it is told to, and notes what it hears."""

    reaction: Reaction = NOTHING
    due_s: float = math.inf
    heard: list[str] = field(default_factory=list)

    def _note(self, what: str) -> Reaction:
        self.heard.append(what)
        return self.reaction

    def opened(self, now_s: float) -> Reaction:
        return self._note("opened")

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        return self._note(f"bytes {raw.decode()}")

    def written(self, now_s: float) -> Reaction:
        return self._note("written")

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        return self._note(f"lost {reason}")

    def tick(self, now_s: float) -> Reaction:
        self.due_s = math.inf
        return self._note("tick")


def made(wire: str = "scanner") -> tuple[Wires, NotedDriver, NotedLink]:
    driver, link = NotedDriver(), NotedLink()
    return Wires({wire: driver}, {wire: link}), driver, link


def retries(wires: Wires, link: NotedLink, until_s: float) -> list[float]:
    """When the link was opened again, if it never is there."""
    times = []
    while wires.due_s <= until_s:
        now_s = wires.due_s
        wires.tick(now_s)
        times.append(now_s)
        wires.take(LinkLost("scanner", "not there", write_called=False), now_s)
    return times


def test_devices_are_opened_and_the_acquirer_is_not() -> None:
    drivers = {"printer": NotedDriver(), "acquirer": NotedDriver()}
    links = {"printer": NotedLink(), "acquirer": NotedLink()}
    wires = Wires(drivers, links)
    assert wires.lost == {"printer"}
    wires.open_devices()
    assert (links["printer"].done, links["acquirer"].done) == (["open"], [])


def test_reports_reach_the_driver() -> None:
    wires, driver, _ = made()
    for event in (LinkOpened("scanner"), BytesArrived("scanner", b"x"), FrameWritten("scanner")):
        wires.take(event, 1.0)
    wires.take(LinkLost("scanner", "pulled", write_called=False), 1.0)
    assert driver.heard == ["opened", "bytes x", "written", "lost pulled"]


def test_frames_are_written_in_order_before_the_line_is_closed() -> None:
    wires, _, link = made()
    wires.carry("scanner", Reaction(frames=(b"a", b"b"), close=True))
    assert link.done == ["write a", "write b", "close"]


def test_line_of_an_older_exchange_is_closed_before_another_is_opened() -> None:
    wires, _, link = made("acquirer")
    wires.carry("acquirer", Reaction(open=True, close=True))
    assert link.done == ["close", "open"]


def test_lost_and_back_are_remembered_and_handed_on() -> None:
    wires, _, _ = made()
    back = wires.carry("scanner", Reaction(events=(WireBack("scanner"), CodeScanned("x"))))
    assert (wires.lost, len(back)) == (frozenset(), 2)
    wires.carry("scanner", Reaction(events=(WireLost("scanner", "gone"),)))
    assert wires.lost == {"scanner"}


def test_lost_link_is_opened_again_with_growing_and_bounded_gaps() -> None:
    wires, _, link = made()
    wires.take(LinkLost("scanner", "pulled", write_called=True), 0.0)
    times = retries(wires, link, until_s=20.0)
    gaps = [b - a for a, b in pairwise(times)]
    assert times[0] == RETRY_FIRST_S
    assert gaps == sorted(gaps)
    assert max(gaps) == RETRY_MOST_S
    assert link.done == ["open"] * len(times)


def test_gaps_begin_anew_after_the_link_was_there() -> None:
    wires, _, link = made()
    wires.take(LinkLost("scanner", "pulled", write_called=True), 0.0)
    retries(wires, link, until_s=10.0)
    wires.tick(wires.due_s)
    wires.take(LinkOpened("scanner"), 12.0)
    wires.take(LinkLost("scanner", "pulled", write_called=True), 20.0)
    assert wires.due_s == 20.0 + RETRY_FIRST_S


def test_acquirer_is_never_opened_again_by_itself() -> None:
    wires, _, link = made("acquirer")
    wires.take(LinkLost("acquirer", "closed", write_called=True), 0.0)
    assert wires.due_s == math.inf
    wires.tick(100.0)
    assert link.done == []


def test_driver_is_ticked_when_it_is_due_and_not_before() -> None:
    driver = NotedDriver(due_s=5.0)
    wires = Wires({"scanner": driver}, {"scanner": NotedLink()})
    wires.tick(4.9)
    assert driver.heard == []
    wires.tick(5.0)
    assert driver.heard == ["tick"]


def test_closing_closes_every_link() -> None:
    wires, _, link = made()
    wires.close()
    assert link.done == ["close"]

"""The wires of a terminal in memory, with virtual time: what a cable and a connection can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from emulator.cut import CuttableConnection, CuttableHost
from emulator.host.core import Action, Close
from emulator.line_trouble import LineTrouble
from emulator.serve_cut import REOPEN_S, ByteCut
from terminal.link_events import BytesArrived, FrameWritten, LinkEvent, LinkLost, LinkOpened

START = datetime(2026, 6, 15, 1, 30, tzinfo=UTC)
START_S = 1000.0
WIRE_S = 0.0005
ACQUIRER = "acquirer"
NEVER = 10**9


class VirtualClock:
    """Moves only when the bench moves it."""

    def __init__(self) -> None:
        self.now_s = START_S
        self.wrong_by = timedelta()  # what somebody has set it to, beyond the right time

    def monotonic_s(self) -> float:
        return self.now_s

    def right_time(self) -> datetime:
        return START + timedelta(seconds=self.now_s - START_S)

    def wall(self) -> datetime:
        return self.right_time() + self.wrong_by


class World(Protocol):
    """What a wire needs of the bench."""

    clock: VirtualClock
    host_lines: CuttableHost
    troubles: Mapping[str, LineTrouble]

    def writes(self, wire: str, frame: bytes) -> None:
        """The firmware is about to write a frame."""
        ...

    def passed(self, name: str) -> None:
        """Something happened that the power could be cut after."""
        ...

    def later(self, delay_s: float, act: Callable[[], None]) -> None:
        """Do something when that much time has passed."""
        ...

    def tell(self, event: LinkEvent) -> None:
        """Hand a link's report to the firmware, a moment later."""
        ...

    def step(self, event: LinkEvent) -> None:
        """Hand it over now; never inside a step of the firmware."""
        ...

    def hand_over(self, wire: str, frame: bytes) -> None:
        """A frame reaches its device."""
        ...


@dataclass(slots=True)
class MemoryLink:
    """A device's wire: bytes go to the model, its answers come back after their delay.

    As with the live links, nobody is told that a frame has left for a device.

    `pulled_by`: the cable is pulled while such a frame is written; `is_mute`: the cable is there
    and nothing comes through.
    """

    world: World
    wire: str
    is_up: bool = True
    is_open: bool = False
    is_mute: bool = False
    pulled_by: Callable[[bytes], bool] | None = None
    cut: ByteCut | None = None

    @property
    def trouble(self) -> LineTrouble:
        """What is wrong with the wire; a power cut does not mend it."""
        return self.world.troubles[self.wire]

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut it when `cut` says so; it comes back after a second."""
        self.cut = cut

    def passed(self, raw: bytes) -> bytes:
        """What of these bytes gets through."""
        if self.cut is not None:
            kept = self.cut.passed(raw)
            if len(kept) < len(raw):
                self.pull()
                self.world.later(REOPEN_S, self.plug)
            raw = kept
        return self.trouble.heard(raw)

    def open(self) -> None:
        """What comes of it is told a moment later."""
        self.world.later(WIRE_S, self._opened)

    def _opened(self) -> None:
        self.is_open = self.is_up
        gone = LinkLost(self.wire, "not there", write_called=False)
        self.world.tell(LinkOpened(self.wire) if self.is_up else gone)

    def write(self, frame: bytes) -> None:
        """A whole frame."""
        if not self.is_open:
            return
        self.world.writes(self.wire, frame)
        if self.pulled_by and self.pulled_by(frame):
            self.pull()
            return
        self.world.later(WIRE_S, partial(self._written, frame, self.is_mute))

    def _written(self, frame: bytes, is_mute: bool) -> None:
        if not self.is_open or is_mute:
            return
        late_s = self.trouble.late_s(frame, self.world.clock.now_s)
        if late_s:
            self.world.later(late_s, partial(self._reach_the_device, frame))
        else:
            self._reach_the_device(frame)

    def _reach_the_device(self, frame: bytes) -> None:
        raw = self.passed(frame)
        if raw:
            self.world.hand_over(self.wire, raw)

    def close(self) -> None:
        """Nothing comes any more."""
        self.is_open = False

    def pull(self) -> None:
        """The cable is pulled."""
        was_open, self.is_up, self.is_open = self.is_open, False, False
        if was_open:
            self.world.tell(LinkLost(self.wire, "pulled", write_called=True))

    def plug(self) -> None:
        """The cable is put in again."""
        self.is_up, self.is_mute, self.pulled_by = True, False, None


Twist = Callable[[tuple[Action, ...]], tuple[Action, ...]]


@dataclass(slots=True)
class HostLine:
    """The acquirer's line: one connection of the host an exchange.

    `is_up`: False refuses; `is_there`: False never connects; `drops_after`: so many bytes of a
    request pass, then the line is gone; `twist`: makes other actions of the host's.
    """

    world: World
    is_up: bool = True
    is_there: bool = True
    drops_after: int = NEVER
    twist: Twist | None = None
    connection: CuttableConnection | None = None
    wrote: bool = False

    def open(self) -> None:
        """Connect; refused or connected is told a moment later."""
        self.wrote = False
        if self.is_there:
            self.world.later(WIRE_S, self._opened)

    def _opened(self) -> None:
        if not self.is_up:
            self.world.tell(LinkLost(ACQUIRER, "refused", write_called=False))
            return
        self.connection = self.world.host_lines.connection("tcp")
        self.world.tell(LinkOpened(ACQUIRER))

    def write(self, frame: bytes) -> None:
        """A whole request; the host decides at once and answers after its delays."""
        line, self.wrote = self.connection, True
        if line is None:
            return
        self.world.writes(ACQUIRER, frame)
        self.world.tell(FrameWritten(ACQUIRER))
        actions = line.receive(frame[: self.drops_after], self.world.clock.now_s)
        self.world.passed("host has it")
        if len(frame) > self.drops_after:
            self.world.later(WIRE_S, self.drop)
            return
        for action in self.twist(actions) if self.twist else actions:
            self.world.later(action.delay_s + WIRE_S, partial(self._act, line, action))

    def _act(self, line: CuttableConnection, action: Action) -> None:
        if self.connection is not line:
            return
        if isinstance(action, Close):
            self.drop()
        else:
            self.world.tell(BytesArrived(ACQUIRER, action.raw))

    @property
    def trouble(self) -> LineTrouble:
        """What is wrong with its connections."""
        return self.world.host_lines.trouble

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut a connection when `cut` says so; the next one is taken."""
        self.world.host_lines.cut = cut

    def pull(self) -> None:
        """Nobody gets through any more."""
        self.is_up = False
        if self.connection is not None:
            self.drop()

    def plug(self) -> None:
        """Calls are taken again."""
        self.is_up = True

    def close(self) -> None:
        """Hang up."""
        self.connection = None

    def drop(self) -> None:
        """The host, or the line, ends the connection."""
        self.connection = None
        self.world.tell(LinkLost(ACQUIRER, "closed", write_called=self.wrote))

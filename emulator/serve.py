"""One device on one wire, live: bytes in, bytes out after their delays, ticks when they are due."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from emulator.line_trouble import LineTrouble
from emulator.serve_cut import ByteCut, OnLink, WireCut, nobody
from emulator.serve_turn import InTurn
from emulator.serve_wires import Wire

Out = tuple[tuple[float, bytes], ...]


class Tracing(Protocol):
    """Where a station reports what passed on its wire."""

    def sent(self, wire: str, raw: bytes) -> None:
        """Bytes that the device sent to the terminal."""

    def received(self, wire: str, raw: bytes) -> None:
        """Bytes that the terminal sent to the device."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The calls of a device model that its wire needs; a device that only speaks needs none."""

    receive: Callable[[bytes, float], Out] = lambda raw, now_s: ()
    tick: Callable[[float], Out] = lambda now_s: ()
    due_s: Callable[[], float] = lambda: math.inf


class Station:
    """Joins a device model to its wire."""

    def __init__(self, name: str, behaviour: Behaviour, wire: Wire, trace: Tracing) -> None:
        self.name = name
        self.wire = wire
        self.on_link: OnLink = nobody
        self.trouble = LineTrouble()
        self._behaviour = behaviour
        self._trace = trace
        self._loop = asyncio.get_running_loop()
        self._said, self._heard = InTurn(self._loop), InTurn(self._loop)
        self._tick: asyncio.TimerHandle | None = None
        self._cut = WireCut(self._switch)
        wire.on_bytes = self._came

    @property
    def now_s(self) -> float:
        """The clock that the models are given."""
        return self._loop.time()

    @property
    def is_up(self) -> bool:
        """False while the cable is pulled."""
        return self.wire.is_up

    async def close(self) -> None:
        """Take the wire down for good; nobody is told."""
        self.on_link = nobody
        await self.set_link(False)

    async def set_link(self, is_up: bool) -> None:
        """The cable is put in, or pulled: what was still to be said is lost."""
        self._cut.cancel()
        await self._switch(is_up)

    def emit(self, out: Out) -> None:
        """Send what a model said, in its order, each part after its delay."""
        for delay_s, raw in out:
            late_s = delay_s + self.trouble.late_s(raw, self.now_s + delay_s)
            self._said.after(late_s, partial(self._send, raw))
        self._arm()

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut the wire when `cut` says so; it comes back by itself."""
        self._cut.cut = cut

    async def _switch(self, is_up: bool) -> None:
        self.forget()
        was_up = self.wire.is_up
        await (self.wire.up() if is_up else self.wire.down())
        if is_up:
            self._arm()
        if was_up != is_up:
            self.on_link(self.name, is_up)

    def _came(self, raw: bytes) -> None:
        late_s = self.trouble.late_s(raw, self.now_s)
        raw = self.trouble.heard(self._cut.passed(raw))
        self._heard.after(late_s, partial(self._hear, raw))

    def _hear(self, raw: bytes) -> None:
        if raw:
            self._trace.received(self.name, raw)
            self.emit(self._behaviour.receive(raw, self.now_s))

    def _send(self, raw: bytes) -> None:
        raw = self.trouble.heard(self._cut.passed(raw))
        if raw and self.wire.is_up:
            self._trace.sent(self.name, raw)
            self.wire.send(raw)

    def _arm(self) -> None:
        self._disarm()
        due_s = self._behaviour.due_s()
        if not math.isinf(due_s):
            self._tick = self._loop.call_at(due_s, self._ticked)

    def _disarm(self) -> None:
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None

    def _ticked(self) -> None:
        self._tick = None
        self.emit(self._behaviour.tick(self.now_s))

    def forget(self) -> None:
        """What was still to be said is lost."""
        self._said.forget()
        self._heard.forget()
        self._disarm()

"""One process of the firmware in a simulated shop: its clocks, what is watched in it, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.effects import Effect, Persist
from tests.scenarios.memory_links import START, START_S, VirtualClock
from tests.simulation.canary_cards import working_keys
from tests.simulation.step_checks import broken_by

if TYPE_CHECKING:
    from tests.simulation.world import World


class ProcessClock:
    """The firmware's clocks: one counts from its own start, the other is the world's and jumps."""

    def __init__(self, clock: VirtualClock, jump_s: Callable[[], float], is_worlds: bool) -> None:
        self._clock = clock
        self._jump_s = jump_s
        self.since_s = 0.0 if is_worlds else clock.now_s - 10.0

    def monotonic_s(self) -> float:
        return self._clock.now_s - self.since_s

    def wall(self) -> datetime:
        return START + timedelta(seconds=self._clock.now_s - START_S + self._jump_s())


class Outside:
    """Something that happens whether the terminal has power or not."""

    __slots__ = ("act",)

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    def __call__(self) -> None:
        self.act()


def watch_process(world: World) -> None:
    """The power may go before and after each effect; what a step breaks is noted."""
    perform = world.runtime._perform

    def watched(effect: Effect) -> None:
        name = type(effect).__name__
        world.moment(f"before {name}")
        before = frozenset(world.runtime.facts.books.unresolved)
        perform(effect)
        if isinstance(effect, Persist):
            world.crashes += broken_by(effect, before, world.runtime.facts.books)
            if effect.kind == "signed_in":
                _note_keys(world)
        world.moment(f"after {name}")

    world.runtime._perform = watched  # type: ignore[method-assign]  # the runtime has no such seam


def _note_keys(world: World) -> None:
    (terminal,) = world.host.config.terminals
    session = world.ledger.session(terminal.tid, terminal.mid)
    if session:
        world.clear_keys |= {terminal.tmk, *working_keys(terminal.tmk, session.key_block)}


def where(error: Exception) -> str:
    """In a line: which error, and in which line of which file."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    code = place.tb_frame.f_code if place else None
    name = Path(code.co_filename).name if code else "?"
    return f"{type(error).__name__}: {error} ({name}:{place.tb_lineno if place else 0})"

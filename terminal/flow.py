"""The only module that knows the `transitions` library: one flat table a flow.

A flow is a pure core: an event goes in, effects come out, nothing else in the world changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from transitions import EventData, Machine, Transition

from terminal.effects import Effect
from terminal.events import Event
from terminal.ui.screens import Screen

C = TypeVar("C")
Guard = Callable[[C, Any], bool]
Action = Callable[[C, Any], tuple[C, tuple[Effect, ...]]]


@dataclass(frozen=True, slots=True)
class On(Generic[C]):
    """One row: on `trigger` in `source`, if `when`, `do` and go to `dest`."""

    trigger: str
    source: Enum | tuple[Enum, ...]
    dest: Enum
    when: Guard[C] | None = None
    do: Action[C] | None = None

    @property
    def sources(self) -> tuple[Enum, ...]:
        """The states this row starts from."""
        return self.source if isinstance(self.source, tuple) else (self.source,)


class _Row(Transition):
    """A guard and an action: the other callbacks of the library would be looked for in vain."""

    def execute(self, event_data: EventData) -> bool:
        """Guard, action, next state; False when the guard does not hold."""
        assert self.dest
        if not self._eval_conditions(event_data):
            return False
        event_data.machine.callbacks(self.before, event_data)
        event_data.machine.set_state(self.dest, event_data.model)
        return True


class _Machine(Machine):
    transition_cls = _Row


@dataclass(frozen=True)
class FlowTable(Generic[C]):
    """A flow as data: its states, its rows in the order of a good day, its screens, its limits.

    `sent` are the states after the point of no return; `result` is what the caller is told.
    """

    name: str
    states: type[Enum]
    initial: Enum
    final: frozenset[Enum]
    rows: Sequence[On[C]]
    screens: Mapping[Any, Callable[[C], Screen]]
    timeout_s: Mapping[Any, float | Callable[[C], float]]
    result: Callable[[Any, C], object]
    sent: frozenset[Enum] = field(default_factory=frozenset)

    @cached_property
    def machine(self) -> Machine:
        """Built once for all runs of this flow: its callbacks find the run in the event's model."""
        # Without a model the library binds nothing to anybody.
        return _Machine(
            model=None,
            states=self.states,
            initial=self.initial,
            auto_transitions=False,
            queued=False,
            send_event=True,
            transitions=[_transition(row) for row in self.rows],
        )


def _transition(row: On[Any]) -> dict[str, object]:
    when, do = row.when, row.do
    return {
        "trigger": row.trigger,
        "source": list(row.sources),
        "dest": row.dest,
        "conditions": [lambda data: data.model.holds(when)] if when else None,
        "before": [lambda data: data.model.act(do)] if do else None,
    }


class Flow(Generic[C]):
    """A running flow. `handle` returns the effects of an event and moves to the next state."""

    state: Enum

    def __init__(self, table: FlowTable[C], context: C) -> None:
        self.table = table
        self.context = context
        self.state = table.initial
        self._event: Event | None = None
        self._effects: tuple[Effect, ...] = ()

    def holds(self, when: Guard[C]) -> bool:
        """Called by the machine: does this guard hold for the event that is being handled?"""
        return when(self.context, self._event)

    def act(self, do: Action[C]) -> None:
        """Called by the machine: take the action's context and effects over."""
        self.context, self._effects = do(self.context, self._event)

    def accepts(self, event: Event) -> bool:
        """Is there a row for this event in this state?"""
        found = self.table.machine.events.get(event.trigger)
        return found is not None and self.state.name in found.transitions

    def handle(self, event: Event) -> tuple[Effect, ...]:
        """Fire the row of `event`; a table without an unguarded last row is a loud bug."""
        self._event, self._effects = event, ()
        moved = self.table.machine.events[event.trigger].trigger(self)
        assert moved, f"{self.table.name}: {event.trigger} in {self.state}: no guard held"
        self._event = None
        return self._effects

    @property
    def finished(self) -> bool:
        """The flow has ended; its caller is to be told."""
        return self.state in self.table.final

    @property
    def result(self) -> object:
        """What the caller is told."""
        return self.table.result(self.state, self.context)

    @property
    def screen(self) -> Screen:
        """What is to be shown now."""
        return self.table.screens[self.state](self.context)

    @property
    def limit_s(self) -> float:
        """How long this state may last."""
        limit = self.table.timeout_s[self.state]
        return limit(self.context) if callable(limit) else limit

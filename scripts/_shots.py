"""A terminal in memory with a camera on its display."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

from scripts._flow_tables import State, Table
from terminal.domain.phrase import Language
from terminal.events import Event
from terminal.link_events import LinkEvent
from terminal.ports import PictureRow
from terminal.presenter import Marks, picture_rows
from terminal.ui.screens import Screen
from tests.scenarios.memory_bench import MemoryBench

FRAMES = {False: "|{}|", True: "[{}]"}  # inverse rows stand in brackets
NO_MARKS = Marks()
EDGE = "+" + "-" * 20 + "+"


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen, its file's name and the states that show it; `marks` are on the picture."""

    name: str
    screen: Screen
    states: tuple[State, ...]
    marks: Marks = NO_MARKS

    def rows(self, language: Language) -> tuple[PictureRow, ...]:
        """What stands on the display."""
        return picture_rows(self.screen, language, self.marks)

    def as_text(self) -> str:
        """The snapshot: whose screen it is, then Chinese and English side by side."""
        said = ", ".join(f"{flow} {state}" for flow, state in self.states)
        chinese, english = (self.rows(language) for language in (Language.ZH, Language.EN))
        pairs = (f"{_framed(zh)}  {_framed(en)}" for zh, en in zip(chinese, english, strict=True))
        edge = f"{EDGE}  {EDGE}"
        return "\n".join([f"{self.screen.name}: {said}", edge, *pairs, edge]) + "\n"


def _framed(row: PictureRow) -> str:
    return FRAMES[row.inverse].format(row.text)


@dataclass(slots=True)
class Album:
    """Shots by their names. The same picture again is one more state of the shot it has."""

    shots: dict[str, Shot] = field(default_factory=dict)

    def add(self, shot: Shot) -> None:
        """Keep a shot; two different pictures of one name are a mistake in a story."""
        twin = next((s for s in self.shots.values() if _is_same_picture(s, shot)), None)
        if twin is not None:
            states = dict.fromkeys((*twin.states, *shot.states))
            self.shots[twin.name] = replace(twin, states=tuple(states))
            return
        assert shot.name not in self.shots, f"two pictures are called {shot.name}"
        self.shots[shot.name] = shot


def _is_same_picture(one: Shot, other: Shot) -> bool:
    same_name = one.screen.name == other.screen.name
    return same_name and all(one.rows(language) == other.rows(language) for language in Language)


class Camera(MemoryBench):
    """A terminal in memory that remembers the last screen of every state it went through."""

    def __init__(self, folder: Path, album: Album, **changes: Any) -> None:
        self.album = album
        self.seen: dict[State, Screen] = {}
        super().__init__(folder, **changes)

    def step(self, event: LinkEvent | None) -> None:
        """One step of the firmware, and a look at what it shows."""
        super().step(event)
        self._look()

    def happen(self, event: Event) -> Camera:
        """Something that no device of the bench can do yet."""
        self.runtime.step(event)
        self._look()
        return self

    def keys(self, text: str) -> Camera:
        """Press keys."""
        super().keys(text)
        return self

    def scan(self, text: str) -> Camera:
        """Scan a line of text."""
        super().scan(text)
        return self

    def swipe(self, name: str) -> Camera:
        """Swipe a card of the deck."""
        super().swipe(name)
        return self

    def _look(self) -> None:
        top = self.runtime.navigator.top
        self.seen[top.table.name, top.state.name] = top.screen

    def take(self, variant: str = "") -> Camera:
        """Keep what stands on the display now."""
        top = self.runtime.navigator.top
        self._keep(top.screen, (top.table.name, top.state.name), variant)
        return self

    def take_past(self, flow: str, state: str, variant: str = "") -> Camera:
        """Keep what a state has shown that is over already."""
        self._keep(self.seen[flow, state], (flow, state), variant)
        return self

    def take_as(self, table: Table, state: Enum, context: object, variant: str = "") -> Camera:
        """Keep what a table shows of a state and a context that no key leads to here."""
        self._keep(table.screens[state](context), (table.name, state.name), variant)
        return self

    def _keep(self, screen: Screen, state: State, variant: str) -> None:
        name = f"{screen.name}-{variant}" if variant else screen.name
        facts = self.runtime.facts
        self.album.add(Shot(name, screen, (state,), Marks(facts.lost_wires, facts.practice)))

    @property
    def context(self) -> Any:
        """What the flow on top knows."""
        return self.runtime.navigator.top.context

    @property
    def caller(self) -> Any:
        """What the flow behind it knows."""
        return self.runtime.navigator._stack[-2].context

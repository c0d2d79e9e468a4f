"""The terminal in memory, recorded as `scripts/record` does it, and replayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts._recorded_cards import finished
from scripts._recorder import StepClock, recorded_links
from scripts._recording import Line, Recording, Session, came_line, header
from scripts._replayed import Difference, first_of
from terminal import app
from terminal.link_events import LinkEvent
from tests.scenarios.memory_bench import MemoryBench


class RecordedBench(MemoryBench):
    """A memory bench that notes what passes the firmware's seams."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        self.lines: list[Line] = []
        super().__init__(folder, **changes)

    def power_on(self, missing: str = "") -> None:
        """As the bench does it, with the recorder between."""
        self._heap.clear()
        self.links = self._links()
        note = self.lines.append
        self.steps = StepClock(self.clock, note)
        self.steps.start()
        links = recorded_links(self.links, self.steps, note)
        self.runtime = app.runtime(self.setting, links, self.steps, self.vfs)
        self.runtime.start()
        self.run(0.5)

    def power_cut(self) -> None:
        """The process is gone."""
        super().power_cut()
        self.lines.append(Line(what="off", t=self.clock.now_s))

    def step(self, event: LinkEvent | None) -> None:
        """Noted, as the firmware's inbox does it."""
        self.steps.go_on()
        self.lines.append(came_line(event, *self.steps.moment))
        super().step(event)

    def recording(self) -> Recording:
        """What would be written to a file."""
        return finished(header("12345678", "now", {}), self.lines, self.cards)


def replayed(bench: RecordedBench, lines: Sequence[Line] | None = None) -> Difference | None:
    """The first difference of a replay of these lines, or of all that was recorded."""
    folder = bench.folder / "replay"
    folder.mkdir()
    given = Recording(header("12345678", "now", {}), tuple(bench.lines if lines is None else lines))
    sessions: list[Session] = given.sessions()
    return first_of(replace(bench.setting, folder=folder), sessions)

"""Stories that lead to the screens of the day report, device tests, about and practice."""

from __future__ import annotations

from collections.abc import Callable

from scripts._shots import Camera
from terminal.domain.slip import PrinterProblem
from terminal.flows import day_report, paper
from tests.scenarios.opened import opened

Story = Callable[[Camera], object]


def report(camera: Camera) -> None:
    """The days, the printing, and no paper."""
    facts = camera.runtime.facts
    opened(camera, day_report.call(facts))
    camera.take().keys("1")
    camera.take_past("paper", "PRINTING").run(20.0)
    waiting = paper.Paper(day_report.order(facts, facts.today), PrinterProblem.PAPER_OUT)
    camera.take_as(paper.TABLE, paper.S.PROBLEM, waiting)


STORIES: tuple[Story, ...] = (report,)

"""A figure: what was measured, its floor in the same run, its goal. Pure arithmetic and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from statistics import median


class BenchError(Exception):
    """The bench can't measure: one line that says where it got stuck."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `goal` is compared with `value`; `is_least`: no less than the goal.

    `value` is a ratio where `unit` is "× floor". `parts` are medians and counts by name.
    """

    name: str
    what: str
    value: float
    unit: str
    goal: float
    is_least: bool = False
    parts: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def is_reached(self) -> bool:
        """Is the goal reached?"""
        return self.value >= self.goal if self.is_least else self.value <= self.goal

    def as_json(self) -> dict[str, object]:
        """The row for programs."""
        return asdict(self) | {"is_reached": self.is_reached}


def in_ms(spans_ns: Sequence[int]) -> float:
    """The median of some spans, in milliseconds."""
    return median(spans_ns) / 1e6


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def slope(points: Mapping[int, float]) -> float:
    """By how much a value grows for each step of x: least squares through the points."""
    middle_x = sum(points) / len(points)
    middle_y = sum(points.values()) / len(points)
    above = sum((x - middle_x) * (y - middle_y) for x, y in points.items())
    return above / sum((x - middle_x) ** 2 for x in points)


def table(figures: Sequence[Figure]) -> str:
    """The rows for people."""
    return "\n".join(line for figure in figures for line in _lines(figure))


def _lines(figure: Figure) -> list[str]:
    sign = "≥" if figure.is_least else "≤"
    verdict = "reached" if figure.is_reached else "MISSED"
    goal = f"goal {sign} {figure.goal:g}"
    head = f"{figure.what:<66} {figure.value:>9.2f} {figure.unit:<9} {goal:<13} {verdict}"
    parts = ", ".join(f"{name} {value:.3f}" for name, value in figure.parts.items())
    return [head, *(f"    {line}" for line in (parts, figure.note) if line)]

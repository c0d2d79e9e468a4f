"""How many refunds a second the simulator lives: scanned, approved, two slips, all checks on."""

from __future__ import annotations

import gc
from statistics import median
from time import process_time

from scripts._bench_figures import BenchError, Figure
from tests.simulation.day import live
from tests.simulation.plan import Operation, Plan

GOAL = 200.0
REFUNDS = 40  # a day; its start, its end and its checks are shared by them
ORIGINAL = 2


def simulated(days: int) -> tuple[Figure, ...]:
    """Refunds a CPU second of this process, the median of so many days."""
    _day(0)  # what is made once a process is made now
    gc.freeze()
    rates = [_day(seed) for seed in range(1, days + 1)]
    parts = {"days": float(days), "refunds a day": float(REFUNDS), "best": max(rates)}
    what = "simulated refunds with every check"
    return (Figure("simulated", what, median(rates), "1/s", GOAL, True, parts),)


def _day(seed: int) -> float:
    # Other amounts: an equal return would be asked about once more.
    operations = tuple(Operation("partial", ORIGINAL, 1 + number) for number in range(REFUNDS))
    begun_s = process_time()
    day = live(Plan(seed, "unionpay", 0.0, operations))
    spent_s = process_time() - begun_s
    if day.violations or day.refunds != REFUNDS:
        raise BenchError(f"simulated: {day.refunds} refunds, {day.violations[:1]}")
    return day.refunds / spent_s

"""Many simulated days: in this process, in several, or on a cluster; and what they add up to.

Days are independent of each other: a piece of work is a first seed and how many.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from typing import Any, Final

from tests.simulation.day import Day, live
from tests.simulation.plan import plan_of
from tests.simulation.ready_shop import ready_shop

CHUNK: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A day that went wrong."""

    seed: int
    profile: str
    invariant: str
    story: str


@dataclass(slots=True)
class Tally:
    """What so many days came to. `busy_s`: CPU seconds of all processes together."""

    seeds: int = 0
    operations: int = 0
    refunds: int = 0
    virtual_s: float = 0.0
    cuts: int = 0
    busy_s: float = 0.0
    reached: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def take(self, day: Day) -> None:
        """One day more."""
        self.seeds += 1
        self.operations += day.operations
        self.refunds += day.refunds
        self.virtual_s += day.virtual_s
        self.cuts += day.cuts
        self.reached += day.reached
        where = (day.plan.seed, day.plan.profile)
        self.findings += [Finding(*where, v.invariant, v.story) for v in day.violations]

    def add(self, other: Tally) -> None:
        """The days of another piece of work."""
        for name in ("seeds", "operations", "refunds", "virtual_s", "cuts", "busy_s"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.reached += other.reached
        self.findings += other.findings

    def wrong_seeds(self) -> list[int]:
        """The days with a violation, the first seed first."""
        return sorted({finding.seed for finding in self.findings})

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "seeds": self.seeds,
            "operations": self.operations,
            "refunds": self.refunds,
            "virtual_hours": round(self.virtual_s / 3600, 1),
            "power_cuts": self.cuts,
            "cpu_s": round(self.busy_s, 1),
            "seeds_per_cpu_s": round(self.seeds / self.busy_s, 2) if self.busy_s else 0.0,
            "violations": [
                {"seed": f.seed, "profile": f.profile, "invariant": f.invariant, "story": f.story}
                for f in sorted(self.findings, key=lambda f: f.seed)
            ],
            "reached": dict(sorted(self.reached.items())),
        }


def days(first: int, count: int) -> Tally:
    """A piece of work: so many days from this seed on."""
    _settle_down()
    tally, began_s = Tally(), time.process_time()
    for seed in range(first, first + count):
        tally.take(live(plan_of(seed)))
    tally.busy_s = time.process_time() - began_s
    return tally


@lru_cache(maxsize=1)
def _settle_down() -> None:
    """Once a process: what stays for all days is not looked through for garbage each day."""
    ready_shop()
    gc.collect()
    gc.freeze()


def pieces(first: int, count: int) -> Iterator[tuple[int, int]]:
    """The work in pieces."""
    for start in range(first, first + count, CHUNK):
        yield start, min(CHUNK, first + count - start)


Progress = Callable[[Tally], bool]
"""Told after each piece; False when enough was done."""


def in_this_process(work: Iterable[tuple[int, int]], progress: Progress) -> Tally:
    """One piece after the other."""
    total = Tally()
    for first, count in work:
        total.add(days(first, count))
        if not progress(total):
            break
    return total


def in_processes(work: Iterable[tuple[int, int]], jobs: int, progress: Progress) -> Tally:
    """So many processes, each with a SQLite of its own."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return on_executor(work, pool, 2 * jobs, progress)


def on_executor(
    work: Iterable[tuple[int, int]], pool: Executor, at_once: int, progress: Progress
) -> Tally:
    """Any executor: at most so many pieces are handed out ahead."""
    total, waiting, left = Tally(), set(), iter(work)
    for piece, _ in zip(left, range(at_once), strict=False):
        waiting.add(pool.submit(days, *piece))
    while waiting:
        done = next(as_completed(waiting))
        waiting.remove(done)
        total.add(done.result())
        if not progress(total):
            for future in waiting:
                future.cancel()
            break
        following = next(left, None)
        if following:
            waiting.add(pool.submit(days, *following))
    return total

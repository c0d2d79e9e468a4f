"""Can the simulator find bugs? Each planted bug in a copy of the project, simulated until found.

Only the days that run the changed line are lived with the bug: all others go as without it.
A copy that ends before it can tell counts as found: whoever runs anything sees that. So a copy
without a bug is tried first; else a bench that does not run would find all of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tests.simulation.hunting import STARTED
from tests.simulation.planted_bugs import PLANTED
from tests.simulation.planting import PlantedBug, copy_project, plant
from tests.simulation.reaching import days_reaching

GOAL = 0.95


@dataclass(frozen=True, slots=True)
class Hunt:
    """What became of one copy of the project.

    `lived`: how many of its days it took, and some more to see how often it shows; `bad`: the seeds
    of those that went wrong, the first first; `ended`: how it ended before it could tell; neither:
    nothing was found. `told`: what was violated, or the copy's last words.
    """

    lived: int = 0
    bad: tuple[int, ...] = ()
    ended: str = ""
    told: str = ""


def planted_report(seeds: range, held_out: bool, jobs: int, names: Sequence[str]) -> int:
    """A line a bug, the score last; the exit code is 1 below the goal, 2 if copies do not run."""
    bugs = [b for b in PLANTED if b.name in names or (not names and b.held_out == held_out)]
    days = days_reaching(bugs, seeds, jobs)
    sound = sorted(set(chain.from_iterable(days.values())))
    if fault := fault_of_bench(sound[:1]):
        print(f"simulate: a copy without a bug {fault}", file=sys.stderr)
        return 2
    found = 0
    with ThreadPoolExecutor(jobs) as pool:
        hunts = pool.map(lambda bug: hunted(bug, days[bug.name]), bugs)
        for bug, hunt in zip(bugs, hunts, strict=True):
            print(_line(bug, hunt, len(days[bug.name]), seeds.start), flush=True)
            found += bool(hunt.bad or hunt.ended)
    print(f"{found} of {len(bugs)} planted bugs found in {len(seeds)} days each")
    return 0 if found >= GOAL * len(bugs) else 1


def fault_of_bench(sound: list[int]) -> str:
    """What is wrong with a copy that has no bug, on days that go well here; nothing if it runs."""
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        copy_project(Path(name))
        hunt = _lived(Path(name), sound)
    verdict = hunt.ended or ("goes wrong" if hunt.bad else "")
    return verdict and f"{verdict}: {hunt.told}"


def hunted(bug: PlantedBug, days: list[int]) -> Hunt:
    """Simulate a copy of the project with this bug until one of these days goes wrong."""
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        plant(bug, Path(name))
        return _lived(Path(name), days)


def _lived(copy: Path, days: list[int]) -> Hunt:
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation.hunting"],
        cwd=copy,
        input=" ".join(map(str, days)),
        capture_output=True,
        text=True,
        check=False,
    )
    started, _, found = done.stdout.partition("\n")
    if done.returncode:
        ended = "breaks off" if started == STARTED else "does not start"
        return Hunt(ended=ended, told=done.stderr.strip().rpartition("\n")[2])
    told: dict[str, Any] = json.loads(found)
    return Hunt(told["lived"], tuple(told["bad"]), told=", ".join(told["invariants"]))


def _line(bug: PlantedBug, hunt: Hunt, reaching: int, first: int) -> str:
    verdict = f"found on day {hunt.bad[0] - first + 1}" if hunt.bad else hunt.ended or "SURVIVED"
    hits = f"{len(hunt.bad)} of {hunt.lived} lived, {reaching} run it {hunt.told}"
    return f"{bug.name:<40} {bug.source:<8} {verdict:<20} {hits}"

"""Can the simulator find bugs? Each planted bug in a copy of the project, simulated until found.

Only the days that run the changed line are lived with the bug: all others go as without it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.simulation.planted_bugs import PLANTED
from tests.simulation.planting import PlantedBug, plant
from tests.simulation.reaching import days_reaching

GOAL = 0.95


@dataclass(frozen=True, slots=True)
class Hunt:
    """What became of one planted bug.

    `reaching`: how many days run its line. `lived`: how many of them it took, and some more to see
    how often it shows; `bad`: the seeds of those that went wrong, the first first; none: it
    survived.
    """

    bug: PlantedBug
    reaching: int
    lived: int = 0
    bad: tuple[int, ...] = ()
    told: str = ""


def planted_report(seeds: range, held_out: bool, jobs: int, names: list[str]) -> int:
    """A line a bug, the score last; the exit code tells whether the goal was reached."""
    bugs = [b for b in PLANTED if b.name in names or (not names and b.held_out == held_out)]
    days = days_reaching(bugs, seeds, jobs)
    found = 0
    with ThreadPoolExecutor(jobs) as pool:
        for hunt in pool.map(lambda bug: hunted(bug, days[bug.name]), bugs):
            print(_line(hunt, seeds.start), flush=True)
            found += bool(hunt.bad or hunt.told)
    print(f"{found} of {len(bugs)} planted bugs found in {len(seeds)} days each")
    return 0 if found >= GOAL * len(bugs) else 1


def hunted(bug: PlantedBug, days: list[int]) -> Hunt:
    """Simulate a copy of the project with this bug until one of these days goes wrong."""
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        plant(bug, Path(name))
        done = subprocess.run(
            [sys.executable, "-m", "tests.simulation.hunting"],
            cwd=name,
            input=" ".join(map(str, days)),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:  # it doesn't even start: whoever runs any test sees that
        return Hunt(bug, len(days), told=f"does not start: {done.stderr[-200:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return Hunt(bug, len(days), told["lived"], tuple(told["bad"]), ", ".join(told["invariants"]))


def _line(hunt: Hunt, first: int) -> str:
    verdict = f"found on day {hunt.bad[0] - first + 1}" if hunt.bad else "SURVIVED"
    hits = f"{len(hunt.bad)} of {hunt.lived} lived, {hunt.reaching} run it {hunt.told}"
    return f"{hunt.bug.name:<40} {hunt.bug.source:<8} {verdict:<20} {hits}"

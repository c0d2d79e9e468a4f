"""Can the simulator find bugs? Each planted bug in a copy of the project, simulated until found."""

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

GOAL = 0.95


@dataclass(frozen=True, slots=True)
class Hunt:
    """What became of one planted bug. `first`: how many days it took; 0: it survived."""

    bug: PlantedBug
    first: int
    days: int
    hits: int
    invariants: tuple[str, ...]


def planted_report(seeds: int, first: int, held_out: bool, jobs: int) -> int:
    """A line a bug, the score last; the exit code tells whether the goal was reached."""
    bugs = [bug for bug in PLANTED if bug.held_out == held_out]
    with ThreadPoolExecutor(jobs) as pool:
        hunts = []
        for hunt in pool.map(lambda bug: hunted(bug, seeds, first), bugs):
            hunts.append(hunt)
            print(_line(hunt), flush=True)
    found = sum(1 for hunt in hunts if hunt.first)
    print(f"{found} of {len(bugs)} planted bugs found in {seeds} days each")
    return 0 if found >= GOAL * len(bugs) else 1


def hunted(bug: PlantedBug, seeds: int, first: int) -> Hunt:
    """Simulate a copy of the project with this bug until a day goes wrong."""
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        plant(bug, Path(name))
        command = [
            *(sys.executable, str(Path(name, "scripts", "_simulate.py")), "--json"),
            *("--seeds", str(seeds), "--first", str(first), "--stop-at", "1"),
        ]
        done = subprocess.run(command, cwd=name, capture_output=True, text=True, check=False)
    if not done.stdout:  # it doesn't even start: whoever runs any test sees that
        return Hunt(bug, 1, 0, 0, (f"does not start: {done.stderr[-200:]}",))
    return _read(bug, json.loads(done.stdout))


def _read(bug: PlantedBug, told: dict[str, Any]) -> Hunt:
    wrong = sorted({v["seed"] for v in told["violations"]})
    names = tuple(sorted({v["invariant"] for v in told["violations"]}))
    place = wrong[0] - told["first"] + 1 if wrong else 0
    return Hunt(bug, place, told["seeds"], len(wrong), names)


def _line(hunt: Hunt) -> str:
    verdict = f"found on day {hunt.first}" if hunt.first else "SURVIVED"
    hits = f"{hunt.hits} of {hunt.days} days, {', '.join(hunt.invariants)}" if hunt.first else ""
    return f"{hunt.bug.name:<40} {hunt.bug.source:<12} {verdict:<20} {hits}"

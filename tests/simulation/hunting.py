"""Lives the days whose seeds come on standard input until one goes wrong, and some more.

`python -m tests.simulation.hunting` in a copy of the project that has a planted bug.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from tests.simulation.day import Day, live
from tests.simulation.plan import plan_of
from tests.simulation.ready_shop import ready_shop

STARTED = "started"
AFTERWARDS = 9  # days lived after the first bad one, to see how often it happens


def main() -> None:
    """Print that the firmware has started, then the days' count and which were bad, as JSON."""
    ready_shop()  # is made by this firmware
    sys.stdout.write(f"{STARTED}\n")
    lived = list(_until_wrong([int(word) for word in sys.stdin.read().split()]))
    bad = [day for day in lived if day.violations]
    told = {
        "lived": len(lived),
        "bad": [day.plan.seed for day in bad],
        "invariants": sorted({v.invariant for day in bad for v in day.violations}),
    }
    sys.stdout.write(json.dumps(told))


def _until_wrong(seeds: list[int]) -> Iterator[Day]:
    left = len(seeds)
    for seed in seeds:
        if left <= 0:
            return
        day = live(plan_of(seed))
        yield day
        left = min(left - 1, AFTERWARDS) if day.violations else left - 1


if __name__ == "__main__":
    main()

"""The power cut at every place of one operation of each kind, as a report."""

from __future__ import annotations

import time
from collections.abc import Iterable

from tests.simulation.day import Day
from tests.simulation.exhaustive import KINDS, paired_cuts, single_cuts
from tests.simulation.profiles import PROFILES


def exhaustive_report(kinds: list[str], pair_step: int) -> int:
    """One line a kind and profile; the exit code."""
    wrong = 0
    for kind in kinds or KINDS:
        for profile in PROFILES:
            began_s = time.process_time()
            places, bad = _counted(single_cuts(kind, profile))
            pairs = 0
            for first in range(1, places + 1, pair_step) if pair_step else ():
                more, more_bad = _counted(paired_cuts(kind, profile, first, pair_step))
                pairs, bad = pairs + more, bad + more_bad
            wrong += bad
            cpu_s = time.process_time() - began_s
            print(
                f"{kind:<18} {profile:<11} {places:>4} places, {pairs:>5} pairs, "
                f"{bad} violated, {cpu_s:.0f} CPU s",
                flush=True,
            )
    return 1 if wrong else 0


def _counted(days: Iterable[Day]) -> tuple[int, int]:
    count = bad = 0
    for day in days:
        count += 1
        bad += bool(day.violations)
        for violation in day.violations:
            troubles = day.plan.operations[-1].troubles
            print(f"  {troubles}: {violation.invariant}: {violation.story}")
    return count, bad

"""Simulated days of a shop: the real firmware, everything around it failing by lot.

Exit code 0: nothing was violated; 1: something was, or something that should happen never did;
2: the call was wrong, or copies of the project for planted bugs do not run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts._simulate_cuts import exhaustive_report
from scripts._simulate_planted import planted_report
from tests.simulation.campaign import CHUNK, Progress, Tally, in_processes, in_this_process, pieces
from tests.simulation.day import live
from tests.simulation.exhaustive import KINDS
from tests.simulation.plan import Plan, plan_of
from tests.simulation.planted_bugs import PLANTED
from tests.simulation.reached import never_reached
from tests.simulation.shrinking import shrunk
from tests.simulation.storytelling import day_lines

BAR = 30
TOLD = 10


def main() -> int:
    """What was asked for."""
    asked = _arguments()
    if asked.seed is not None:
        return _one(asked.seed, asked.shrink)
    if asked.exhaustive is not None:
        return exhaustive_report(asked.exhaustive, asked.pairs)
    if asked.planted is not None:
        return _planted(asked)
    first = int(time.time()) * 1000 if asked.first is None else asked.first
    work = pieces(first, asked.seeds) if asked.seeds else _endless(first)
    return _told(_lived(asked, work), first, asked.json)


def _planted(asked: argparse.Namespace) -> int:
    first = asked.first or 1
    seeds = range(first, first + (asked.seeds or 2000))
    return planted_report(seeds, asked.held_out, asked.jobs, asked.planted)


def _lived(asked: argparse.Namespace, work: Iterable[tuple[int, int]]) -> Tally:
    if asked.dask:
        return _on_cluster(asked, work)
    if asked.jobs == 1:
        return in_this_process(work, _progress(asked))
    return in_processes(work, asked.jobs, _progress(asked))


def _on_cluster(asked: argparse.Namespace, work: Iterable[tuple[int, int]]) -> Tally:
    # Dask is installed only where this option is used.
    from scripts._simulate_dask import ClusterError, on_cluster

    try:
        return on_cluster(work, asked.dask, _progress(asked))
    except ClusterError as error:
        print(f"simulate: {error}", file=sys.stderr)
        sys.exit(2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, default=0, help="how many days; 0: until --seconds")
    parser.add_argument("--seconds", type=float, default=60.0, help="no longer than about this")
    parser.add_argument("--first", type=int, help="the first seed; else new ones, by the clock")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--dask", metavar="ADDRESS", help="on the workers of this Dask scheduler")
    parser.add_argument("--seed", type=int, help="one day, told in full")
    parser.add_argument("--shrink", action="store_true", help="with --seed: as short as it goes")
    parser.add_argument("--stop-at", type=int, default=1000, help="end after so many bad days")
    bugs = [bug.name for bug in PLANTED]
    parser.add_argument(
        "--planted", nargs="*", choices=bugs, metavar="NAME", help="can it find planted bugs?"
    )
    parser.add_argument(
        "--held-out", action="store_true", help="with --planted: the kept back ones"
    )
    parser.add_argument(
        "--exhaustive", nargs="*", choices=KINDS, metavar="KIND", help="the power cut everywhere"
    )
    parser.add_argument("--pairs", type=int, default=0, help="and again at each such moment after")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    asked = parser.parse_args()
    if asked.seeds:
        asked.seconds = float("inf")
    return asked


def _endless(first: int) -> Iterator[tuple[int, int]]:
    return ((first + CHUNK * number, CHUNK) for number in count())


def _progress(asked: argparse.Namespace) -> Progress:
    began_s, seeds, seconds = time.monotonic(), asked.seeds, asked.seconds

    def told(total: Tally) -> bool:
        passed_s = time.monotonic() - began_s
        share = total.seeds / seeds if seeds else min(1.0, passed_s / seconds)
        if not asked.json and sys.stderr.isatty():
            bar = "#" * int(share * BAR)
            found = f"{len(total.findings)} violations" if total.findings else "no violation"
            print(f"\r[{bar:<{BAR}}] {total.seeds} days, {found} ", end="", file=sys.stderr)
        is_enough: bool = passed_s >= seconds or len(total.wrong_seeds()) >= asked.stop_at
        return not is_enough

    return told


def commit() -> str:
    """What is checked out, with a plus where files differ from it; nothing outside of git."""
    command = ["git", "describe", "--always", "--dirty=+", "--abbrev=12"]
    root = Path(__file__).parents[1]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def _one(seed: int, shrink: bool) -> int:
    day = live(plan_of(seed))
    if shrink and day.violations:
        wanted = day.violations[0].invariant

        def still_wrong(plan: Plan) -> bool:
            return any(v.invariant == wanted for v in live(plan).violations)

        day = live(shrunk(day.plan, still_wrong))
        print(day.plan)
    for line in day_lines(day):
        print(line)
    return 1 if day.violations else 0


def _told(total: Tally, first: int, as_json: bool) -> int:
    missing = never_reached(total)
    if as_json:
        head = {"first": first, "commit": commit()}
        print(json.dumps({**head, **total.as_json(), "never_reached": missing}, indent=1))
    else:
        _print(total, first, missing)
    return 1 if total.findings or missing else 0


def _print(total: Tally, first: int, missing: list[str]) -> None:
    figures = total.as_json()
    print(
        f"\ncommit {commit()}\n{total.seeds} days from seed {first}: "
        f"{total.operations} operations, "
        f"{total.refunds} refunds at the host, {figures['virtual_hours']} virtual hours, "
        f"{total.cuts} power cuts, {figures['seeds_per_cpu_s']} days a CPU second"
    )
    for finding in total.findings[:TOLD]:
        print(f"seed {finding.seed} ({finding.profile}) {finding.invariant}: {finding.story}")
    if len(total.findings) > TOLD:
        print(f"and {len(total.findings) - TOLD} more")
    if missing:
        print(f"never reached: {', '.join(missing)}")
    print(f"{total.seeds - len(total.wrong_seeds())} days without a violation")


if __name__ == "__main__":
    sys.exit(main())

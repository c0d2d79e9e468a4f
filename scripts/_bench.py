"""Measures the terminal against floors of the same run, and says which goals are reached."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import (
    _bench_codec,
    _bench_keys,
    _bench_memory,
    _bench_page,
    _bench_refund,
    _bench_simulated,
    _bench_start,
)
from scripts._bench_figures import BenchError, Figure, table
from scripts._bench_floor_side import FloorSide, Recorded, recorded
from scripts._bench_rig import Rig
from scripts._bench_wires import Wires

REFUNDS, PRESSES, STARTS, CODEC, MEMORY, DAYS = 300, 1000, 15, 200, 1000, 7


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each thing is done."""

    refunds: int = REFUNDS
    presses: int = PRESSES
    starts: int = STARTS
    codec: int = CODEC
    memory: int = MEMORY
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Bench:
    """A terminal that has given one refund and is switched off, and what that refund said."""

    rig: Rig
    recorded: Recorded


Measure = Callable[[Path, Counts], tuple[Figure, ...]]


@contextmanager
def ready_bench(folder: Path) -> Iterator[Bench]:
    """Set a terminal up; its folder stays whoever's it is."""
    rig = Rig(folder, Wires())
    try:
        rig.power_on()
        rig.set_up()
        rig.wires.log.clear()
        rig.begin_refund(rig.code())
        rig.end_refund()
        log = list(rig.wires.log)
        rig.power_off()
        yield Bench(rig, recorded(log, folder / "journal.db"))
    finally:
        rig.power_off()
        rig.wires.close()


def on_the_wires(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """Request, reply and keys, on one run of the firmware's process."""
    with ready_bench(folder) as bench:
        floor = FloorSide(folder, bench.rig.wires, bench.recorded)
        try:
            bench.rig.power_on()
            bench.rig.log_on()
            request, reply = _bench_refund.refunds(bench.rig, floor, counts.refunds)
            return request, reply, _bench_refund.keys(bench.rig, floor, counts.presses)
        finally:
            floor.close()


def start(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """The start and its growth."""
    with ready_bench(folder) as bench:
        return _bench_start.start(bench.rig, counts.starts)


def memory(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """Both processes; nothing where the kernel does not tell."""
    return _bench_memory.memory(folder, counts.memory) if _bench_memory.can_measure() else ()


def codec(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """Rates of the codec."""
    return _bench_codec.codec(counts.codec)


def keys(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """Keys to press."""
    return _bench_keys.counts(folder)


def page(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """The page in a browser."""
    return _bench_page.page(folder, counts.presses)


def simulated(folder: Path, counts: Counts) -> tuple[Figure, ...]:
    """The simulator's rate."""
    return _bench_simulated.simulated(counts.days)


MEASURES: dict[str, Measure] = {
    "wires": on_the_wires,
    "start": start,
    "memory": memory,
    "codec": codec,
    "keys": keys,
    "page": page,
    "simulated": simulated,
}


def measured(names: list[str], counts: Counts) -> list[Figure]:
    """The figures of these measures, in a folder of their own on the disk of /var/tmp."""
    figures: list[Figure] = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="bench-", dir="/var/tmp") as folder:
            figures += MEASURES[name](Path(folder), counts)
    return figures


def main() -> int:
    """0 when every goal is reached, 1 when one is missed, 2 when the bench can't measure."""
    options = _options()
    counts = _counts(options.runs) if options.runs else Counts()
    try:
        figures = measured(options.only or list(MEASURES), counts)
    except (BenchError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if options.json:
        rows = [figure.as_json() for figure in figures]
        print(json.dumps({"figures": rows}, ensure_ascii=False, indent=1))
    else:
        print(table(figures))
    return 0 if all(figure.is_reached for figure in figures) else 1


def _counts(runs: int) -> Counts:
    return Counts(runs, runs, min(runs, STARTS), runs, runs, min(runs, DAYS))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    names = ", ".join(MEASURES)
    parser.add_argument(
        "--only", action="append", choices=MEASURES, metavar="NAME", help=f"one of {names}"
    )
    parser.add_argument("--runs", type=_positive, metavar="N", help="how often, at most")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())

"""How long the terminal takes from the start of its process to its first screen for people."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic_ns
from typing import Any

from scripts._bench_figures import Figure, slope
from scripts._bench_rig import ROOT, START_S, Rig, with_bytecode
from terminal.domain.books import Books
from terminal.journal.books_fold import BooksFold
from terminal.journal.store import Journal, open_journal

SIZES = (1_000, 10_000, 20_000)
MIDDLE = 10_000
RATIO_GOAL, GROWTH_GOAL_MS = 2.0, 1.0
PACKAGES = ("terminal", "drivers")
MEMORY_DISK = Path("/dev/shm")
REFUND = ("intent", "result", "printed", "printed")
TAIL = 250  # records after the last checkpoint: the middle of what there can be


class Clock:
    """This machine's clocks."""

    def monotonic_s(self) -> float:
        """Seconds that never jump."""
        return monotonic_ns() / 1e9

    def wall(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


def start(rig: Rig, runs: int, sizes: tuple[int, ...] = SIZES) -> tuple[Figure, Figure]:
    """Both figures. The rig's own journal, with a refund in it, is what the long ones grow from."""
    libraries = sorted(set(_libraries()))
    with tempfile.TemporaryDirectory(dir=rig.folder) as folder:
        journals = long_journals(rig.folder / "journal.db", Path(folder), sizes)
        _floor_ms(libraries, rig.folder)  # leaves the bytecode, as the rig's first start did
        rounds: list[dict[int, float]] = []
        floors: list[float] = []
        for _ in range(runs):
            spans = {}
            for size, journal in journals.items():
                floors.append(_floor_ms(libraries, rig.folder))
                spans[size] = _start_ms(rig, journal)
            rounds.append(spans)
    return _start(rounds, floors, libraries), _growth(rounds)


def _start(
    rounds: Sequence[Mapping[int, float]], floors: Sequence[float], libraries: Sequence[str]
) -> Figure:
    ours = {size: median(spans[size] for spans in rounds) for size in rounds[0]}
    floor = median(floors)
    middle = MIDDLE if MIDDLE in ours else max(ours)
    return Figure(
        "start",
        f"start of process → log-on on the display wire, {middle:,} records",
        ours[middle] / floor,
        "× floor",
        RATIO_GOAL,
        parts={f"{size} records": span for size, span in ours.items()} | {"floor": floor},
        note=f"ms; the floor imports {', '.join(libraries)}",
    )


def _growth(rounds: Sequence[Mapping[int, float]]) -> Figure:
    """A round's starts follow each other at once: what slows the machine slows all of them."""
    slopes = [slope(spans) * 1000 for spans in rounds]
    return Figure(
        "growth",
        "how the start grows for each 1,000 records",
        median(slopes),
        "ms",
        GROWTH_GOAL_MS,
        parts={"least": min(slopes), "most": max(slopes)},
        note="median of the rounds' slopes; each journal has 250 records after its checkpoint",
    )


def _start_ms(rig: Rig, journal: Path) -> float:
    shutil.copy(journal, rig.folder / "journal.db")
    for suffix in ("-wal", "-shm"):
        (rig.folder / f"journal.db{suffix}").unlink(missing_ok=True)
    rig.new_pad()
    rig.drawn.clear()
    begun_ns = rig.power_on()
    rig.reach("logon", START_S)
    rig.power_off()
    return (rig.when_drawn("logon")[0] - begun_ns) / 1e6


def _floor_ms(libraries: list[str], folder: Path) -> float:
    program = f"import {', '.join(libraries)}, os; os.write(1, b'.')"
    begun_ns = monotonic_ns()
    command = [sys.executable, "-c", program]
    environment = with_bytecode(folder)
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        return (monotonic_ns() - begun_ns) / 1e6


def _libraries() -> Iterator[str]:
    """What the firmware's sources import that is not its own."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names.append(node.module)
                yield from (n for n in names if n.split(".")[0] not in (*PACKAGES, "__future__"))


# ---- journals of many records


def long_journals(origin: Path, folder: Path, sizes: tuple[int, ...]) -> dict[int, Path]:
    """Copies of a journal with that many records: its last refund again and again.

    Grown on a disk in memory where there is one: every record is synced.
    """
    quick = MEMORY_DISK if MEMORY_DISK.is_dir() else folder
    with tempfile.TemporaryDirectory(dir=quick) as place:
        growing = Path(place) / "growing.db"
        shutil.copy(origin, growing)
        return {size: _grown(growing, size, folder / f"{size}.db") for size in sorted(sizes)}


def _grown(growing: Path, size: int, target: Path) -> Path:
    journal = open_journal(str(growing), BooksFold(), Clock(), None)
    bodies = _last_refund(journal)
    while journal.head.number < size - TAIL:
        _append_refund(journal, bodies)
    journal.checkpoint()
    while journal.head.number < size - 1:  # the start adds a record of its own
        _append_refund(journal, bodies)
    journal.close()
    shutil.copy(growing, target)
    return target


def _last_refund(journal: Journal[Books]) -> list[tuple[str, dict[str, Any]]]:
    found = [r for r in journal.records() if r.kind in REFUND]
    last = max(index for index, record in enumerate(found) if record.kind == "intent")
    picked = found[last : last + len(REFUND)]
    return [(r.kind, {k: v for k, v in r.body.items() if k != "sealed_digest"}) for r in picked]


def _append_refund(journal: Journal[Books], bodies: list[tuple[str, dict[str, Any]]]) -> None:
    number = journal.head.number + 1
    for kind, body in bodies:
        own = {"stan": journal.state.next_stan} if kind == "intent" else {"intent": number}
        journal.append(kind, {**body, **own}, bytes(64) if kind == "intent" else None)

"""Which days run the line that a planted bug changes.

A day follows from its seed and from the code that it runs, so one that never runs the changed
line goes with the bug as it goes without: nobody has to live it a second time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context

from coverage import Coverage

from tests.simulation.day import live
from tests.simulation.plan import plan_of
from tests.simulation.planting import ROOT, PlantedBug, planted_text, source_of

Lines = Mapping[str, Mapping[int, frozenset[int]]]
"""File, line, the seeds that run it."""


def days_reaching(bugs: Iterable[PlantedBug], seeds: range, jobs: int) -> dict[str, list[int]]:
    """By the bug's name, the days that it can change. Days that go wrong without it are none."""
    bugs = tuple(bugs)
    files = sorted({bug.file for bug in bugs})
    pieces = [seeds[number::jobs] for number in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(_run_lines, [files] * jobs, pieces))
    sound = sorted(chain.from_iterable(sound for sound, _ in parts))
    return {bug.name: list(_reaching(bug, sound, [lines for _, lines in parts])) for bug in bugs}


def _run_lines(files: Sequence[str], seeds: Sequence[int]) -> tuple[list[int], Lines]:
    """The days that go well, and what each of them runs."""
    paths = {file: str(ROOT / file) for file in files}
    watch = Coverage(data_file=None, config_file=False, include=list(paths.values()))
    sound = []
    watch.start()
    for seed in seeds:
        watch.switch_context(str(seed))
        if not live(plan_of(seed)).violations:
            sound.append(seed)
    watch.stop()
    data = watch.get_data()
    lines = {file: data.contexts_by_lineno(path) for file, path in paths.items()}
    return sound, {
        file: {line: frozenset(int(c) for c in by if c) for line, by in of_file.items()}
        for file, of_file in lines.items()
    }


def _reaching(bug: PlantedBug, sound: Sequence[int], parts: Sequence[Lines]) -> Iterator[int]:
    wanted = changed_lines(bug)
    if not wanted:
        yield from sound
        return
    run = frozenset().union(*(lines[bug.file].get(n, ()) for lines in parts for n in wanted))
    yield from (seed for seed in sound if seed in run)


def changed_lines(bug: PlantedBug) -> frozenset[int]:
    """The lines of the changed statement; none if it is run once, when the program is imported."""
    text = source_of(bug)
    pairs = zip(text.splitlines(), planted_text(bug, text).splitlines(), strict=True)
    changed = next(number for number, (was, now) in enumerate(pairs, 1) if was != now)
    found: frozenset[int] = frozenset()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                found = _innermost(statement, changed) or found
    return found


def _innermost(statement: ast.stmt, line: int) -> frozenset[int]:
    """The lines of the statement, in this one, that has this line; of a compound one, its head."""
    if not statement.lineno <= line <= (statement.end_lineno or 0):
        return frozenset()
    inner = [child for child in ast.walk(statement) if isinstance(child, ast.stmt)][1:]
    for child in inner:
        if found := _innermost(child, line):
            return found
    end = min((child.lineno for child in inner), default=(statement.end_lineno or 0) + 1)
    return frozenset(range(statement.lineno, end))

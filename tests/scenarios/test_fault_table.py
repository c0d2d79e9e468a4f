"""The table of faults in README.md: each number once, with tests that carry it or a reason."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
CATALOGUE = tuple(
    f"F{number:02d}"
    for number in chain(
        *(range(1, 14), range(20, 27), range(30, 38), range(40, 65), range(70, 77)),
        range(80, 93),
    )
)
ROW = re.compile(r"^\| (F\d\d) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
NUMBERS = re.compile(r"^test_((?:f\d\d_)+)")
SHORTEST_REASON = 30


def rows() -> list[tuple[str, str]]:
    """Number and last cell of each row."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    return [(fault, cell) for fault, _, cell in ROW.findall(text)]


def named() -> set[tuple[str, Path, str]]:
    """Number, file and function, as the table has them."""
    return {
        (fault, _place(file), name) for fault, cell in rows() for file, name in NAMED.findall(cell)
    }


def _place(file: str) -> Path:
    return HERE / file if "/" not in file else TESTS / file


def written() -> Iterator[tuple[str, Path, str]]:
    """The same, as the tests have them."""
    for file in TESTS.rglob("test_*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (found := NUMBERS.match(node.name)):
                for number in found[1].split("_")[:-1]:
                    yield number.upper(), file, node.name


def test_every_fault_of_the_catalogue_stands_there_once() -> None:
    assert Counter(fault for fault, _ in rows()) == Counter(CATALOGUE)
    assert len(CATALOGUE) == 73


def test_every_test_that_is_named_exists_and_carries_the_number() -> None:
    assert named() - set(written()) == set()


def test_every_test_that_carries_a_number_is_named() -> None:
    assert set(written()) - named() == set()


def test_a_row_has_tests_or_a_reason_and_never_both() -> None:
    for fault, cell in rows():
        has_tests = bool(NAMED.search(cell))
        assert has_tests or len(cell) >= SHORTEST_REASON, fault
        if has_tests:
            assert not NAMED.sub("", cell).replace("<br>", "").strip(), fault

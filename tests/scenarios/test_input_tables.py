"""The tables of fraud and of bad input in README.md name tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.scenarios.test_fault_table import HERE, NAMED, TESTS

PATTERNS = 13  # of the public reports that the table was made from
CLASSES = ("keypad", "amounts", "track data", "chip TLV, EMV content", "ISO 8583", "answer content",
           "framing", "config", "journal", "printer bytes", "clock", "keys", "people")  # fmt: skip


def rows(title: str) -> list[list[str]]:
    """The cells of a table, its head aside."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    section = text.split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [re.split(r" \| ", line.strip("| ")) for line in lines[2:]]


def place(file: str) -> Path:
    return HERE / file if "/" not in file else TESTS / file


def functions(file: Path) -> dict[str, bool]:
    """Each test, and whether hypothesis feeds it."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {
        node.name: any("given(" in ast.unparse(each) for each in node.decorator_list)
        for node in found
        if node.name.startswith("test_")
    }


def test_every_pattern_has_stories_that_exist_and_an_outcome() -> None:
    table = rows("Fraud")
    assert len(table) == PATTERNS
    for pattern, stories, outcome in table:
        named = NAMED.findall(stories)
        assert named or stories == "bad input, below", pattern
        assert all(name in functions(place(file)) for file, name in named), pattern
        assert re.search("refused|reported", outcome), pattern


def test_every_class_has_properties_that_exist_and_say_more_than_no_traceback() -> None:
    table = rows("Bad input")
    assert tuple(cells[0] for cells in table) == CLASSES
    for name, _, properties, holds in table:
        named = NAMED.findall(properties)
        assert named, name
        assert all(functions(place(file)).get(test) for file, test in named), name
        assert holds, name

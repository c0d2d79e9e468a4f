"""The checker of simulated runs shares no code with what it checks."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted([*HERE.glob("check_*.py"), HERE / "checker.py"])
OWN = "tests.simulation."


def imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "by its whole name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def foreign(text: str) -> list[str]:
    return [name for name in imported(text) if not (is_standard(name) or is_own(name))]


def is_standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names | {"__future__"}


def is_own(name: str) -> bool:
    module = name.removeprefix(OWN).partition(".")[0]
    return name.startswith(OWN) and (module == "evidence" or module.startswith("check_"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_checker_knows_the_evidence_only(path: Path) -> None:
    assert not foreign(path.read_text("utf-8"))


def test_evidence_knows_nothing() -> None:
    names = imported((HERE / "evidence.py").read_text("utf-8"))
    assert all(is_standard(name) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "import apsw",
        "from terminal.journal import chain",
        "from tests.scenarios import memory_bench",
        "from tests.simulation import simdisk",
        "def f():\n    import emulator.host.ledger",
    ],
)
def test_foreign_import_is_found(text: str) -> None:
    assert foreign(text)


def test_all_parts_are_looked_at() -> None:
    assert len(FILES) > 10

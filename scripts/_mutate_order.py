"""For pytest, in front of a mutant: the quickest tests first, most mutants need no other."""

import json
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by what mutmut has measured; where it has not measured yet, leave the order."""
    measured = Path("mutmut-stats.json")
    if measured.is_file():
        durations = json.loads(measured.read_text("utf-8"))["duration_by_test"]
        items.sort(key=lambda item: durations.get(item.nodeid, 0.0))

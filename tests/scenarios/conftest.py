"""Stories on the terminal in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.memory_bench import MemoryBench


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    """A terminal that is set up, logged on and signed in."""
    return MemoryBench(tmp_path).set_up().log_on()


@pytest.fixture
def new_bench(tmp_path: Path) -> Callable[..., MemoryBench]:
    """Makes a terminal with other parameters or another profile, ready for a refund."""

    def make(**changes: Any) -> MemoryBench:
        return MemoryBench(tmp_path, **changes).set_up().log_on()

    return make

"""A simulated disk for the tests that cut its power."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.simdisk_vfs import SimulatedDisks


@pytest.fixture
def disks() -> Iterator[SimulatedDisks]:
    simulated = SimulatedDisks("simulated")
    yield simulated
    simulated.unregister()

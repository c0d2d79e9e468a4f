"""The screens are played once for all tests that look at them."""

import pytest

from scripts._screen_stories import album
from scripts._shots import Shot


@pytest.fixture(scope="session")
def shots() -> dict[str, Shot]:
    """Every screen of the terminal by its snapshot's name."""
    return album().shots

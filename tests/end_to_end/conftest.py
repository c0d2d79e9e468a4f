"""A terminal that is set up, made once; each test gets a copy of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.end_to_end.channel import PATIENCE_S
from tests.end_to_end.running import Running, running, write_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop file of these tests."""
    return write_shop(tmp_path_factory.mktemp("shop") / "shop.toml")


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory, shop: Path) -> Path:
    """The state of a terminal that was set up and switched off."""
    state = tmp_path_factory.mktemp("set-up") / "state"
    with running(state, shop) as bench:
        bench.channel.wait(name="logon", timeout_s=2 * PATIENCE_S)
        bench.channel.ask("power", to="off")
    return state


@pytest.fixture
def state(tmp_path: Path, set_up: Path) -> Path:
    """A terminal of this test's own."""
    return Path(shutil.copytree(set_up, tmp_path / "state"))


@pytest.fixture
def bench(state: Path, shop: Path) -> Iterator[Running]:
    """A bench of this test's own, on pseudo-terminals."""
    with running(state, shop) as started:
        yield started


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, set_up: Path, shop: Path
) -> Iterator[Callable[[str], Running]]:
    """Benches that the tests of a file share, one for each kind of wires."""
    started: dict[str, Running] = {}

    def on(wires: str) -> Running:
        if wires not in started:
            copy = tmp_path_factory.mktemp(wires) / "state"
            shutil.copytree(set_up, copy)
            started[wires] = stack.enter_context(running(copy, shop, "--wires", wires))
        return started[wires]

    with ExitStack() as stack:
        yield on

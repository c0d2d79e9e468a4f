"""What every test folder shares: hypothesis profiles, and what a missing program means."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, Phase, settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium on this computer: install the packages chromium and fonts-noto-cjk"
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"  # where device servers are
EXAMPLES = int(os.environ.get("EXAMPLES", "0"))  # of each property; 0: as many as usual


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def _browser_path() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _program(name: str) -> tuple[str | None, str]:
    """Its path, and what is said where it is missing."""
    return shutil.which(name, path=PATH), f"no {name} on this computer: install the package {name}"


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples hypothesis tries; time is never a reason to fail."""
    settings.register_profile("local", deadline=None)
    settings.register_profile("ci", deadline=None, max_examples=50, print_blob=True)
    # A mutant meets the same examples in each run, and what kills it need not be small.
    found = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants", deadline=None, max_examples=15, derandomize=True, database=None, phases=found
    )
    settings.load_profile("ci" if _in_ci() else "local")
    if EXAMPLES:
        # Nothing is kept: 100,000 examples would fill the folder of examples with paths.
        settings.register_profile(
            "many", deadline=None, max_examples=EXAMPLES, database=None, print_blob=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )  # fmt: skip
        settings.load_profile("many")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test where the program it needs is missing; in CI that is a failure."""
    programs = {name: _program(name) for name in ("tshark", "socat", "ser2net")}
    found = {"browser": (_browser_path(), NO_BROWSER), **programs}
    for marker, (path, missing) in found.items():
        if item.get_closest_marker(marker) is None or path is not None:
            continue
        if _in_ci():
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The path of the browser's program; for tests marked `browser`."""
    path = _browser_path()
    assert path is not None, "a test that uses browser_path must be marked browser"
    return path


def _found(program: str) -> str:
    path, _ = _program(program)
    assert path is not None, f"a test that uses {program}_path must be marked {program}"
    return path


@pytest.fixture(scope="session")
def tshark_path() -> str:
    """The path of tshark; for tests marked `tshark`."""
    return _found("tshark")


@pytest.fixture(scope="session")
def socat_path() -> str:
    """The path of socat; for tests marked `socat`."""
    return _found("socat")


@pytest.fixture(scope="session")
def ser2net_path() -> str:
    """The path of ser2net; for tests marked `ser2net`."""
    return _found("ser2net")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat a failure of the checks, which ran before the tests and scrolled away."""
    if os.environ.get("CHECKS_FAILED") == "1":
        terminalreporter.section("scripts/check FAILED, see above", red=True)

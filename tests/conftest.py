"""What every test folder shares: hypothesis profiles, and what a missing browser means."""

import os
import shutil

import pytest
from hypothesis import Phase, settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium on this computer: install the packages chromium and fonts-noto-cjk"


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def _browser_path() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


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


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a browser test where there is no browser; in CI that is a failure."""
    if item.get_closest_marker("browser") is None or _browser_path() is not None:
        return
    if _in_ci():
        pytest.fail(NO_BROWSER, pytrace=False)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The path of the browser's program; for tests marked `browser`."""
    path = _browser_path()
    assert path is not None, "a test that uses browser_path must be marked browser"
    return path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat a failure of the checks, which ran before the tests and scrolled away."""
    if os.environ.get("CHECKS_FAILED") == "1":
        terminalreporter.section("scripts/check FAILED, see above", red=True)

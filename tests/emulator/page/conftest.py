"""A running emulator with its firmware, and a real browser at its page."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.emulator.page.control_line import ControlLine
from tests.emulator.page.served_page import show_frame

ROOT = Path(__file__).parents[3]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
STARTED = ("page: ", "control: ")


class Emulator:
    """The emulator's process: address of the page, and a line to its control channel."""

    def __init__(self, state: Path, *options: str) -> None:
        command = (sys.executable, "-m", "emulator", "--port", "0", "--state", str(state), *options)
        self._display = state / "wires" / "display"
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        told = dict(self._told() for _ in STARTED)
        self.address = told["page"]
        self.control = ControlLine(told["control"])

    @property
    def pid(self) -> int:
        """The emulator's process."""
        return self._process.pid

    def _told(self) -> tuple[str, str]:
        """The next line that tells an address; what the set-up says in between is for people."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(STARTED):
                name, _, value = line.strip().partition(": ")
                return name, value
        raise AssertionError("the emulator ended before it had started")

    def show(self, name: str, *rows: str, inverse: tuple[int, ...] = ()) -> None:
        """Write a screen to the display's wire, as a firmware would."""
        wire = os.open(self._display, os.O_RDWR | os.O_NOCTTY)
        try:
            os.write(wire, show_frame(name, rows, inverse))
        finally:
            os.close(wire)

    def stop(self) -> None:
        """As Ctrl-C does."""
        self.control.close()
        self._process.terminate()
        self._process.communicate(timeout=30)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    """A new terminal that has just been set up: nobody is logged on."""
    with ended(Emulator(tmp_path / "state")) as running:
        running.control.ask("wait", name="logon", timeout_s=90)
        yield running


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[Emulator]:
    """The devices alone: what their wires say is up to the test."""
    with ended(Emulator(tmp_path / "state", "--devices-only")) as running:
        yield running


@contextmanager
def ended(running: Emulator) -> Iterator[Emulator]:
    """Stop it at the end, come what may."""
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def browser(browser_path: str) -> Iterator[Browser]:
    """A browser of this test alone: while one is open, no other event loop can run here."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser_path, args=[*FLAGS])
        yield launched
        launched.close()

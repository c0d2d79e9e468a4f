"""An emulator of its own and a real browser at its page, for measures and pictures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import BROWSERS, NO_BROWSER
from tests.emulator.page.conftest import FLAGS, Emulator, ended


class NoBrowserError(Exception):
    """There is no Chromium on this computer; the text says what to install."""


@contextmanager
def browser_and_emulator(folder: Path) -> Iterator[tuple[Browser, Emulator]]:
    """Until the block ends. Nobody is logged on. Raises NoBrowserError."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise NoBrowserError(NO_BROWSER)
    with ended(Emulator(folder / "state")) as emulator, sync_playwright() as playwright:
        emulator.control.ask("wait", name="logon", timeout_s=90)
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        yield browser, emulator
        browser.close()

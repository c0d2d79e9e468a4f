"""A training story, played with the buttons of its tab from the first step to the last."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.emulator.page.cashier import SCREEN_TIMEOUT_MS, open_page, shows
from tests.emulator.page.conftest import Emulator
from tests.emulator.page.test_guide_at_the_till import LOG_ON, do_it

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

PANEL = "#training"
BUTTON = f"{PANEL} .act button.main"


def stands(page: Page, step: int, steps: int) -> None:
    """The story has gone on to this step with the terminal's screen."""
    place = page.locator(f"{PANEL} .note")
    expect(place).to_have_text(f"{step} / {steps}", timeout=SCREEN_TIMEOUT_MS)


@pytest.mark.slow
def test_story_of_a_partial_return_goes_on_with_the_screen(
    emulator: Emulator, browser: Browser
) -> None:
    page = open_page(browser, emulator.address)
    before = emulator.control.ask("ledger")["bookings"]
    do_it(page, emulator, *LOG_ON)
    shows(page, "idle")
    page.click("#tab-Stories")
    page.click('[data-kind="training"]')
    expect(page.locator(f"{PANEL} .stories button")).to_have_count(10)
    page.locator(f"{PANEL} .stories button").nth(1).click()
    steps = int(page.locator(f"{PANEL} .note").inner_text().split("/")[1])
    for step in range(1, steps + 1):
        stands(page, step, steps)
        page.click(BUTTON)
    expect(page.locator(f"{PANEL} .stories")).to_be_visible()
    shows(page, "idle")
    assert emulator.control.ask("ledger")["bookings"] == before

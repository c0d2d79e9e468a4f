"""Somebody at the page: with the mouse, or with nothing but the keyboard."""

from typing import Protocol

from playwright.sync_api import Browser, Page, ViewportSize, expect

SCREEN = "#screen"
SCREEN_TIMEOUT_MS = 30_000
MOST_TABS = 120
KEYBOARD = {"ENTER": "Enter", "CLEAR": "Backspace", "CANCEL": "Escape", "MENU": "m", "ALPHA": "a"}
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
HAS_FOCUS = "selector => document.activeElement?.matches(selector)"


class Hands(Protocol):
    """How keys are pressed and things are held to the terminal."""

    def press(self, *keys: str) -> None:
        """Keys of the terminal, by name."""

    def use(self, selector: str) -> None:
        """A button of the page."""


class Mouse:
    """Clicks."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        """Keys of the terminal, by name."""
        for key in keys:
            self._page.click(f'[data-key="{key}"]')

    def use(self, selector: str) -> None:
        """A button of the page."""
        self._page.click(selector)


class Keyboard:
    """No mouse at all: keys go to the terminal, Tab goes to the buttons of the page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        """Keys of the terminal, by name."""
        for key in keys:
            self._page.keyboard.press(KEYBOARD.get(key, key))

    def use(self, selector: str) -> None:
        """Walk to the button with Tab, and press Enter on it."""
        for _ in range(MOST_TABS):
            if self._page.evaluate(HAS_FOCUS, selector):
                self._page.keyboard.press("Enter")
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")


def open_page(
    browser: Browser, address: str, locale: str = "en-US", size: ViewportSize = DESK
) -> Page:
    """A window of its own with the page in it, filled with what the emulator has told."""
    page = browser.new_context(viewport=size, locale=locale).new_page()
    page.goto(address)
    expect(page.locator(".sale")).not_to_have_count(0)
    return page


def shows(page: Page, name: str) -> None:
    """Wait until the page shows this screen of the terminal."""
    expect(page.locator(SCREEN)).to_have_attribute("data-name", name, timeout=SCREEN_TIMEOUT_MS)


def screen_text(page: Page) -> str:
    """What a screen reader reads from the terminal's screen."""
    return page.locator("#screen-text").inner_text()

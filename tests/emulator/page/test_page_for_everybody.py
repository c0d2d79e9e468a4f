"""Whoever can't see the page, sees it badly or has no mouse; and nobody else looks on."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.emulator.page.cashier import open_page, screen_text, shows
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")
NAMED_ROLES = frozenset(
    {"button", "textbox", "searchbox", "combobox", "checkbox", "spinbutton", "tab", "link", "log"}
    | {"tabpanel", "tablist", "region", "navigation", "table", "dialog"}
)
FOCUSED = """() => {
  const at = document.activeElement;
  const all = [...document.querySelectorAll("*")];
  return [all.indexOf(at), at.checkVisibility(), getComputedStyle(at).outlineStyle];
}"""
MOST_TABS = 400
Colours = Literal["light", "dark"]


def every_state(page: Page) -> list[str]:
    """Selectors that bring the page into each of its states, one after the other."""
    tabs = [f"#{tab.get_attribute('id')}" for tab in page.locator("[role=tab]").all()]
    faults = ("#tab-Faults", '[data-fault="host.decline"] .opener')
    stories = ("#tab-Stories", ".own-story summary", '[data-story="clock_jumps"]')
    return [*tabs, *faults, *stories, '[data-kind="training"]', '[data-views="cashier"]']


def nameless(page: Page) -> list[str]:
    """Roles that a screen reader would announce without a name, as the browser has them."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        str(node["role"]["value"])
        for node in nodes
        if not node["ignored"]
        and node["role"]["value"] in NAMED_ROLES
        and not node.get("name", {}).get("value", "").strip()
    ]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_everything_has_a_name_and_can_be_told_from_its_background(
    devices: Emulator, browser: Browser, locale: str, colours: Colours
) -> None:
    devices.control.ask("fault", name="host.decline")
    page = open_page(browser, devices.address, locale)
    page.emulate_media(color_scheme=colours)
    devices.show("idle", "演示商店", "Scan a slip")
    shows(page, "idle")
    for selector in every_state(page):
        page.click(selector)
        assert (selector, page.evaluate(AUDIT)) == (selector, [])
        assert (selector, nameless(page)) == (selector, [])


def test_audit_finds_what_is_wrong(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    page.evaluate(
        """() => {
          const one = document.createElement("p");
          one.id = "guide";
          one.textContent = "pale";
          one.style.color = "#ccc";
          one.setAttribute("aria-labelledby", "nobody");
          document.querySelector("main").append(one, document.createElement("button"));
        }"""
    )
    found = "\n".join(page.evaluate(AUDIT))
    assert all(what in found for what in ("two guide", "contrast", "aria-labelledby"))
    assert nameless(page) == ["button"]


def test_tab_goes_through_the_page_in_its_order_and_is_always_seen(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    page.click("#tab-Faults")
    page.evaluate("document.activeElement.blur()")
    places: list[int] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        place, is_visible, outline = page.evaluate(FOCUSED)
        if places and place <= places[-1]:
            break
        assert is_visible
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
        places.append(place)
    assert len(places) > len(devices.control.ask("faults")["faults"])


def test_screen_reader_is_told_the_rows_and_which_is_chosen(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    live = page.locator("#screen-text")
    expect(live).to_have_attribute("aria-live", "polite")
    devices.show("find.list", "查询", "first", "second", inverse=(0, 2))
    shows(page, "find.list")
    assert screen_text(page).split("\n\n")[:3] == ["查询", "first", "selected: second"]
    assert page.locator("#screen").get_attribute("aria-hidden") == "true"


def test_nothing_is_asked_of_another_computer(devices: Emulator, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    page.goto(devices.address)
    expect(page.locator(".sale")).not_to_have_count(0)
    for selector in every_state(page):
        page.click(selector)
    assert any(url.endswith("/control") for url in asked)
    assert [url for url in asked if not url.startswith(devices.address)] == []


def test_browser_lets_the_page_ask_nobody_else(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    asked = "fetch('http://127.0.0.1:9/').then(() => 'asked', () => 'refused')"
    assert page.evaluate(asked) == "refused"
    assert "Content Security Policy" in refused[0]

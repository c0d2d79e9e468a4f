"""The cashier's view and the developer's; light and dark; both widths, both languages."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.emulator.page.cashier import DESK, PHONE, open_page, shows
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

CASHIER = '[data-views="cashier"]'
TOUCH_PX = 44
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
SIDES = {"terminal": "#terminal", "slips": ".slips", "cards": ".cards", "printer": "#printer"}


def bottom_of(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_cashier_sees_the_whole_terminal_large_and_no_tools(
    devices: Emulator, browser: Browser, size: ViewportSize, locale: str
) -> None:
    page = open_page(browser, devices.address, locale, size)
    before = page.locator("#screen").bounding_box()
    page.click(CASHIER)
    for hidden in ("#tabs", "#guide", "#key-help"):
        expect(page.locator(hidden)).to_be_hidden()
    after = page.locator("#screen").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"]
    assert bottom_of(page, "#terminal") <= size["height"]
    content, window = page.evaluate(WIDTHS)
    assert content <= window


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_a_cashier_touches_is_big_enough_for_a_finger(
    devices: Emulator, browser: Browser, size: ViewportSize
) -> None:
    page = open_page(browser, devices.address, size=size)
    page.click(CASHIER)
    sides = page.locator("#sides button").all() if size == PHONE else [None]
    for side in sides:
        if side is not None:
            side.click()
        for face in page.locator("main button:visible").all():
            box = face.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= TOUCH_PX, face.inner_text()


def test_phone_shows_one_side_of_the_counter_and_goes_back_to_the_terminal(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address, size=PHONE)
    page.click(CASHIER)
    for chosen in SIDES:
        page.click(f'[data-sides="{chosen}"]')
        for side, selector in SIDES.items():
            expect(page.locator(selector)).to_be_visible(visible=side == chosen)
    page.click('[data-sides="cards"]')
    page.locator('[data-verb="swipe"]').first.click()
    expect(page.locator("#terminal")).to_be_visible()


def test_view_is_kept_on_this_computer(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    page.click("#tab-Faults")
    page.click(CASHIER)
    page.reload()
    expect(page.locator(CASHIER)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#panel-Counter")).to_be_visible()
    page.click('[data-views="developer"]')
    expect(page.locator("#tabs")).to_be_visible()


def test_page_follows_the_computers_colours_until_others_are_chosen(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    page.click("#theme")
    assert page.evaluate(BACKGROUND) == light
    page.click("#theme")
    page.emulate_media(color_scheme="light")
    assert page.evaluate(BACKGROUND) == dark
    page.reload()
    assert page.evaluate(BACKGROUND) == dark


def test_pages_in_both_views_stay_in_step(devices: Emulator, browser: Browser) -> None:
    developer, cashier = (open_page(browser, devices.address) for _ in range(2))
    cashier.click(CASHIER)
    cashier.click('[data-key="7"]')
    developer.click("#tab-Trace")
    expect(developer.locator('.entry[data-wire="keypad"]')).to_have_count(1)
    for name in ("refund.amount", "refund.confirm"):
        devices.show(name, "退货", name)
        for page in (developer, cashier):
            shows(page, name)
    assert developer.locator("#screen").inner_text() == cashier.locator("#screen").inner_text()

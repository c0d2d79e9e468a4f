"""The page in a real browser, with devices whose wires the test writes itself."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.emulator.page.cashier import DESK, PHONE, open_page, screen_text, shows
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
KEYS = (
    *(f"{digit}" for digit in range(10)),
    *("00", "ENTER", "CLEAR", "CANCEL", "UP", "DOWN", "MENU", "ALPHA"),
)


def pressed(devices: Emulator) -> list[str]:
    """What the keypad's wire carried, without the polling."""
    entries = devices.control.ask("trace")["entries"]
    return [e["meaning"] for e in entries if e["wire"] == "keypad" and not e["poll"]]


def keys_come(page: Page, count: int) -> None:
    page.click("#tab-Trace")
    expect(page.locator('.entry[data-wire="keypad"]')).to_have_count(count)


def test_screen_appears_on_every_open_page(devices: Emulator, browser: Browser) -> None:
    pages = [open_page(browser, devices.address) for _ in range(2)]
    devices.show("idle", "演示商店", "Scan a slip")
    for page in pages:
        shows(page, "idle")
        assert screen_text(page).split("\n\n")[:2] == ["演示商店", "Scan a slip"]


def test_wide_character_takes_two_cells(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    devices.show("idle", "退货A")
    shows(page, "idle")
    cells = page.locator("#screen .row").first.locator("span")
    widths = [cell.bounding_box() for cell in cells.all()[:3]]
    wide, _, narrow = [round(box["width"], 3) for box in widths if box is not None]
    assert wide == 2 * narrow


def test_every_key_has_a_button_with_a_name(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    for key in KEYS:
        face = page.locator(f'[data-key="{key}"]')
        assert face.get_attribute("aria-label")
        face.click()
    keys_come(page, len(KEYS))
    assert all(key in text for key, text in zip(KEYS, pressed(devices), strict=True))


def test_keyboard_is_the_terminals_unless_somebody_types_a_text(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    for key in ("5", "Enter", "Backspace", "Escape", "ArrowUp", "ArrowDown", "m", "A"):
        page.keyboard.press(key)
    keys_come(page, 8)
    page.click("#tab-Counter")
    page.locator("#scan-text").fill("")
    page.locator("#scan-text").focus()
    page.keyboard.type("77 am")
    assert page.locator("#scan-text").input_value() == "77 am"
    page.keyboard.press("Escape")
    page.keyboard.press("9")
    keys_come(page, 9)


def test_click_on_a_tool_leaves_the_keyboard_to_the_terminal(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    page.click("#tab-People")
    page.keyboard.press("Enter")
    keys_come(page, 1)


def test_text_under_the_scanner_reaches_its_wire(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    page.fill("#scan-text", "HELLO")
    page.locator("#scan-text").press("Enter")
    page.click("#tab-Trace")
    expect(page.locator('.entry[data-wire="scanner"]')).to_contain_text("HELLO")


@pytest.mark.parametrize(
    ("locale", "title", "other"),
    [("en-US", "What to do next", "下一步"), ("zh-CN", "下一步", "What to do next")],
)
def test_page_speaks_the_browsers_language_and_changes_it(
    devices: Emulator, browser: Browser, locale: str, title: str, other: str
) -> None:
    page = open_page(browser, devices.address, locale)
    expect(page.locator("#guide h2")).to_have_text(title)
    page.click("#language")
    expect(page.locator("#guide h2")).to_have_text(other)
    page.reload()
    expect(page.locator("#guide h2")).to_have_text(other)


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_page_is_not_wider_than_its_window(
    devices: Emulator, browser: Browser, locale: str
) -> None:
    for size in (DESK, PHONE):
        page = open_page(browser, devices.address, locale, size)
        for tab in page.locator("[role=tab]").all():
            tab.click()
            content, window = page.evaluate(WIDTHS)
            assert content <= window, tab.inner_text()


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_tab_is_wholly_seen(devices: Emulator, browser: Browser, locale: str) -> None:
    for size in (DESK, PHONE):
        page = open_page(browser, devices.address, locale, size)
        strip = page.locator("#tabs").bounding_box()
        assert strip is not None
        for tab in page.locator("[role=tab]").all():
            box = tab.bounding_box()
            assert box is not None
            assert strip["x"] <= box["x"]
            assert box["x"] + box["width"] <= strip["x"] + strip["width"], tab.inner_text()
            assert tab.evaluate("tab => tab.scrollWidth <= tab.clientWidth"), tab.inner_text()


def test_guide_does_the_next_step(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    devices.show("logon", "操作员签到")
    expect(page.locator("#guide .step")).to_contain_text("01")
    page.click("#guide .act button")
    keys_come(page, 3)
    assert [text for text in pressed(devices) if "ENTER" in text]


def test_guide_names_the_password_of_the_person_on_the_screen(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    devices.show("refund.approval_password", "主管", "10 赵敏 的密码")
    expect(page.locator("#guide .step")).to_contain_text("614283")


def test_pulled_cable_is_seen_on_every_page_also_on_a_later_one(
    devices: Emulator, browser: Browser
) -> None:
    one = open_page(browser, devices.address)
    one.click("#tab-Power")
    one.click('[data-wire="printer"] button')
    for page in (one, open_page(browser, devices.address)):
        page.click("#tab-Power")
        expect(page.locator('.cable[data-wire="printer"]')).to_contain_text("pulled")


def test_page_says_that_the_emulator_has_stopped(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    expect(page.locator("#offline")).to_be_hidden()
    devices.stop()
    expect(page.locator("#offline")).to_be_visible()

"""Faults at the page: found and armed with the keyboard, seen on every open page."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.emulator.page.cashier import open_page
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

DECLINE = '[data-fault="host.decline"]'
CODE = f'{DECLINE} input[id="host.decline-code"]'
WORDS = """async () => (await import("/fault_words.js")).FAULT_WORDS"""


def fault(devices: Emulator, name: str) -> dict[str, Any]:
    """What the emulator says of a fault."""
    faults = devices.control.ask("faults")["faults"]
    return dict(next(each for each in faults if each["name"] == name))


def type_fault(page: Page, text: str) -> None:
    """Nothing but the keyboard, from wherever the focus is."""
    page.keyboard.press("f")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_fault_is_armed_with_a_few_keys(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    type_fault(page, "bad_track")
    expect(page.locator('[data-chip="reader.bad_track"]')).to_contain_text("1×")
    assert fault(devices, "reader.bad_track")["left"] == 1


def test_values_and_count_are_typed_with_the_name(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    type_fault(page, "decline code=61 count=3")
    expect(page.locator('[data-chip="host.decline"]')).to_contain_text("3×")
    told = fault(devices, "host.decline")
    assert (told["with"]["code"], told["left"]) == ("61", 3)


def test_fault_is_found_by_its_chinese_name(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address, "zh-CN")
    page.click("#tab-Faults")
    page.fill("#fault-find", "缺纸")
    shown = page.locator(".fault:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-fault", "printer.paper_out")


def test_fault_is_armed_and_cleared_for_every_open_page(
    devices: Emulator, browser: Browser
) -> None:
    one, other = (open_page(browser, devices.address) for _ in range(2))
    for page in (one, other):
        page.click("#tab-Faults")
    one.click(f"{DECLINE} .opener")
    one.fill(CODE, "61")
    one.click(f"{DECLINE} button.main")
    expect(other.locator(f"{DECLINE} .badge")).to_be_visible()
    other.click(f"{DECLINE} .opener")
    expect(other.locator(CODE)).to_have_value("61")
    other.click('[data-chip="host.decline"] button')
    expect(one.locator(f"{DECLINE} .badge")).to_be_hidden()
    assert not fault(devices, "host.decline")["armed"]


@pytest.mark.parametrize("typed", ["decline code=00", "decline colour=red"])
def test_what_is_wrong_with_a_fault_is_said_beside_it(
    devices: Emulator, browser: Browser, typed: str
) -> None:
    page = open_page(browser, devices.address)
    type_fault(page, typed)
    trouble = page.locator(f"{DECLINE} [role=alert]")
    expect(trouble).to_contain_text("host.decline")
    expect(trouble).to_contain_text(typed.split()[1].partition("=")[0])
    assert not fault(devices, "host.decline")["armed"]


def test_what_is_typed_stays_while_another_fault_is_armed(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    page.click("#tab-Faults")
    page.click(f"{DECLINE} .opener")
    page.fill(CODE, "96")
    devices.control.ask("fault", name="reader.bad_track")
    expect(page.locator('[data-chip="reader.bad_track"]')).to_be_visible()
    expect(page.locator(CODE)).to_have_value("96")


def test_f_brings_the_faults_also_from_the_cashiers_view(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    page.click('[data-views="cashier"]')
    page.keyboard.press("f")
    expect(page.locator("#fault-find")).to_be_focused()


def test_f_typed_into_a_field_is_a_letter(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    page.focus("#scan-text")
    page.keyboard.press("f")
    expect(page.locator("#scan-text")).to_have_value("f")


def test_every_fault_and_parameter_has_a_name_in_both_languages(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    words = page.evaluate(WORDS)
    for told in devices.control.ask("faults")["faults"]:
        keys = [f"fault_{told['name']}", *(f"param_{key}" for key in told["parameters"])]
        assert all(len(set(words[key])) == 2 for key in keys), told["name"]

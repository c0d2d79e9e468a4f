"""Story files at the page: found, read, played, and what differs; with keys, on every open page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from emulator.stories.story import ACTS, STORIES
from tests.emulator.page.cashier import DESK, PHONE, SCREEN_TIMEOUT_MS, Keyboard, open_page, shows
from tests.emulator.page.conftest import Emulator
from tests.emulator.page.test_page_for_everybody import AUDIT, Colours, nameless
from tests.emulator.page.test_page_in_browser import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

PART = (STORIES / "refund_part.toml").read_text(encoding="utf-8")
FOUND = "#story-list li:not([hidden]) button"
ALL = len(list(STORIES.glob("*.toml")))
STATE = ".story-state"
FINDS: tuple[tuple[str, str, str, list[str]], ...] = (
    ("cover is open", "", "", ["printer_cover"]),
    ("refund_part", "", "", ["refund_part"]),
    ("打印头过热", "", "", ["printer_overheated"]),
    ("twice", "void", "", ["void_twice"]),
    ("", "settlement", "printer.paper_out", ["settlement_no_paper"]),
    ("answer_", "sale", "", []),
    ("slow", "refund", "printer.slow", ["printer_slow"]),
)
COLOURS: tuple[Colours, ...] = ("light", "dark")
LEAVE = "#on-stage button:last-child"


def is_now(page: Page, state: str) -> None:
    """The story has come to this."""
    expect(page.locator(STATE)).to_have_attribute("data-state", state, timeout=SCREEN_TIMEOUT_MS)


def open_story(page: Page, name: str) -> None:
    page.click("#tab-Stories")
    page.click(f'[data-story="{name}"]')
    expect(page.locator(".story h2")).to_be_visible()


def marks(page: Page) -> list[str | None]:
    return [row.get_attribute("data-mark") for row in page.locator(".steps > li").all()]


@pytest.mark.parametrize(("locale", "size"), [("en-US", DESK), ("zh-CN", PHONE)])
def test_story_is_found_and_played_with_nothing_but_the_keyboard(
    devices: Emulator, browser: Browser, locale: str, size: ViewportSize
) -> None:
    page = open_page(browser, devices.address, locale, size)
    devices.show("own.terminal", "mine")
    page.keyboard.press("s")
    expect(page.locator(FOUND)).to_have_count(ALL)
    page.keyboard.type("refund_part")
    page.keyboard.press("Enter")
    expect(page.locator(".story .main")).to_be_focused()
    page.keyboard.press("Enter")
    is_now(page, "passed")
    assert marks(page) == ["passed"] * 8
    expect(page.locator(".slip.cut")).to_have_count(2)
    Keyboard(page).use(".controls .buttons button:last-child")
    shows(page, "own.terminal")
    expect(page.locator("#on-stage")).to_be_hidden()
    assert devices.control.ask("paper")["slips"] == []


def test_stories_are_found_by_name_title_operation_and_fault(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    page.click("#tab-Stories")
    expect(page.locator(FOUND)).to_have_count(ALL)
    for typed, operation, fault, names in FINDS:
        page.fill("#story-find", typed)
        page.select_option("#story-operation", operation)
        page.select_option("#story-fault", fault)
        found = [row.get_attribute("data-story") for row in page.locator(FOUND).all()]
        assert found == names
        expect(page.locator(".shelf .note[role=status]")).to_contain_text(f"{len(names)} / {ALL}")


def test_arrows_walk_through_the_list(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    page.keyboard.press("s")
    expect(page.locator(FOUND)).to_have_count(ALL)
    page.keyboard.type("void_")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(FOUND).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#story-find")).to_be_focused()


def test_story_is_stepped_and_stopped_and_every_page_is_in_step(
    devices: Emulator, browser: Browser
) -> None:
    one, other = (open_page(browser, devices.address) for _ in range(2))
    open_story(one, "refund_part")
    one.click(".controls button:nth-of-type(2)")
    is_now(one, "paused")
    assert marks(one)[:3] == ["passed", "now", "waiting"]
    other.click("#on-stage button:first-of-type")
    is_now(other, "paused")
    assert marks(other) == marks(one)
    for page in (one, other):
        shows(page, "refund.amount")
    other.click(".controls button:nth-of-type(3)")
    is_now(one, "stopped")
    one.click(LEAVE)
    for page in (one, other):
        expect(page.locator("#on-stage")).to_be_hidden()
        is_now(page, "none")


@pytest.mark.parametrize(
    ("locale", "wanted", "seen"), [("en-US", "Expected", "Seen"), ("zh-CN", "预期", "实际")]
)
def test_own_story_that_differs_says_what_was_expected_and_seen(
    devices: Emulator, browser: Browser, tmp_path: Path, locale: str, wanted: str, seen: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(PART.replace("refund 30.50 booked", "refund 7.00 booked"), encoding="utf-8")
    page = open_page(browser, devices.address, locale)
    page.click("#tab-Stories")
    page.click(".own-story summary")
    page.set_input_files(".own-story [type=file]", file)
    page.click(".own-story .main")
    page.click(".story .main")
    is_now(page, "failed")
    assert marks(page) == [*["passed"] * 7, "failed"]
    words = page.locator(".failure").inner_text()
    parts = (wanted, "refund 7.00 booked", seen, "refund 30.50 booked")
    assert [words.index(part) for part in parts] == sorted(words.index(part) for part in parts)


def test_what_is_no_story_is_told_beside_its_text(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    page.click("#tab-Stories")
    page.click(".own-story summary")
    page.fill("#own-story", PART.replace("keys", "kyes", 1))
    page.click(".own-story .main")
    expect(page.locator(".own-story [role=alert]")).to_contain_text("step 2: no such word: kyes")


@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "so it is played in memory"), ("zh-CN", "只能在内存中播放")]
)
def test_story_of_another_world_says_how_it_is_played(
    devices: Emulator, browser: Browser, locale: str, told: str
) -> None:
    page = open_page(browser, devices.address, locale)
    open_story(page, "clock_jumps")
    about = page.locator(".story > .note")
    expect(about).to_contain_text(told)
    expect(about).to_contain_text("scripts/play tests/scenarios/stories/clock_jumps.toml")
    expect(page.locator(".story .main")).to_be_disabled()


@pytest.mark.parametrize(("locale", "size"), [("en-US", PHONE), ("zh-CN", DESK)])
def test_story_under_way_and_one_that_failed_are_there_for_everybody(
    devices: Emulator, browser: Browser, locale: str, size: ViewportSize
) -> None:
    page = open_page(browser, devices.address, locale, size)
    page.click("#tab-Stories")
    page.click(".own-story summary")
    page.fill("#own-story", PART.replace('"refund.amount"', '"refund.pin", within_s = 0.5'))
    page.click(".own-story .main")
    for button, state in ((2, "paused"), (1, "failed")):
        page.click(f".controls button:nth-of-type({button})")
        is_now(page, state)
        for colours in COLOURS:
            page.emulate_media(color_scheme=colours)
            assert (state, page.evaluate(AUDIT), nameless(page)) == (state, [], [])
        content, window = page.evaluate(WIDTHS)
        assert content <= window


def test_every_word_of_a_step_is_said_in_both_languages(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    words = page.evaluate("""async () => (await import("/story_words.js")).STORY_WORDS""")
    assert all(len(set(words[f"act_{act}"])) == 2 for act in (*ACTS, "ledger", "journal", "slips"))

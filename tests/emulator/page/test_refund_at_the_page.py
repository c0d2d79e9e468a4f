"""A whole refund through the page, in a real browser, with the real firmware."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.emulator.page.cashier import (
    SCREEN_TIMEOUT_MS,
    Hands,
    Keyboard,
    Mouse,
    open_page,
    shows,
)
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator, pytest.mark.slow]

OPERATOR = "01"
MOST_ENTERS = 20
LOG_ON = ("logon", "logon.password", "sign_in.result", "idle")
REFUND_SCREENS = (
    "refund.amount",
    "refund.reason",
    "refund.password",
    "refund.card",
    "refund.confirm",
)
REFUND = '#panel-Ledger tr:has-text("0220")'


def password_of(emulator: Emulator, number: str) -> str:
    people = emulator.control.ask("people")["people"]
    return str(next(person["password"] for person in people if person["number"] == number))


def sale_of(emulator: Emulator, amount_minor: int) -> dict[str, object]:
    sales = emulator.control.ask("sales")["sales"]
    return next(dict(sale) for sale in sales if sale["amount_minor"] == amount_minor)


def type_password(page: Page, emulator: Emulator, hands: Hands, name: str) -> None:
    """The keypad's own entry opens on another wire than the screen: wait for both."""
    shows(page, name)
    emulator.control.ask("wait", name=name)
    hands.press(*password_of(emulator, OPERATOR), "ENTER")


def log_on(page: Page, emulator: Emulator, hands: Hands) -> None:
    shows(page, "logon")
    hands.press(*OPERATOR, "ENTER")
    type_password(page, emulator, hands, "logon.password")
    shows(page, "sign_in.result")
    hands.press("ENTER")
    shows(page, "idle")


def refund(page: Page, emulator: Emulator, hands: Hands, sale: dict[str, object]) -> None:
    hands.use(f'[data-rrn="{sale["rrn"]}"]')
    shows(page, "refund.amount")
    hands.press("ENTER")
    shows(page, "refund.reason")
    hands.press("1")
    type_password(page, emulator, hands, "refund.password")
    shows(page, "refund.card")
    hands.use(f'[data-card="{sale["card"]}"][data-verb="swipe"]')
    shows(page, "refund.confirm")
    hands.press("ENTER")
    shows(page, "refund.approved")


@pytest.mark.parametrize("hands_of", [Mouse, Keyboard])
def test_refund_from_log_on_to_slips_and_ledger(
    emulator: Emulator, browser: Browser, hands_of: Callable[[Page], Hands]
) -> None:
    page = open_page(browser, emulator.address)
    hands, sale = hands_of(page), sale_of(emulator, 10000)
    log_on(page, emulator, hands)
    refund(page, emulator, hands, sale)
    slips = page.locator(".slip")
    expect(page.locator(".slip.cut")).to_have_count(1, timeout=SCREEN_TIMEOUT_MS)
    hands.press("ENTER")
    shows(page, "idle")
    expect(slips).to_have_count(2)
    for slip in slips.all():
        expect(slip).to_contain_text(str(sale["rrn"]))
        expect(slip).to_contain_text("100.00")
    expect(page.locator(f'.sale:has([data-rrn="{sale["rrn"]}"])')).to_contain_text("nothing left")
    hands.use("#tear")
    expect(slips).to_have_count(0)
    expect(page.locator(REFUND).first).to_contain_text(str(sale["rrn"]))
    page.click("#tab-Trace")
    expect(page.locator('.entry[data-wire="acquirer"]').last).to_be_attached()


def test_guide_alone_leads_a_newcomer_to_the_slips(emulator: Emulator, browser: Browser) -> None:
    page = open_page(browser, emulator.address, "zh-CN")
    for name in (*LOG_ON, *REFUND_SCREENS):
        shows(page, name)
        emulator.control.ask("wait", name=name)
        page.click("#guide .act button")
    shows(page, "refund.approved")
    expect(page.locator(".slip.cut")).to_have_count(1, timeout=SCREEN_TIMEOUT_MS)
    page.click("#guide .act button")
    expect(page.locator(".slip.cut")).to_have_count(2, timeout=SCREEN_TIMEOUT_MS)


def test_paper_that_ends_in_a_slip_is_put_right_with_the_guide(
    emulator: Emulator, browser: Browser
) -> None:
    page = open_page(browser, emulator.address)
    emulator.control.ask("fault", name="printer.paper_out", line=5)
    for name in (*LOG_ON, *REFUND_SCREENS, "print.paper_out"):
        shows(page, name)
        emulator.control.ask("wait", name=name)
        page.click("#guide .act button")
    whole = page.locator('.slip.cut:has-text("CREDIT TO THIS CARD")')
    for _ in range(MOST_ENTERS):  # the terminal looks at its printer once a second
        Keyboard(page).press("ENTER")
        with suppress(TimeoutError):
            whole.wait_for(timeout=500)
            break
    expect(whole).to_have_count(1)


def test_power_cut_and_return(emulator: Emulator, browser: Browser) -> None:
    page = open_page(browser, emulator.address)
    page.click("#tab-Power")
    page.click("#panel-Power .danger")
    expect(page.locator("#power-state")).to_have_text("Power off")
    expect(page.locator("#screen")).to_have_class("screen dark")
    page.click("#panel-Power .main")
    expect(page.locator("#power-state")).to_have_text("Power on")
    shows(page, "logon")

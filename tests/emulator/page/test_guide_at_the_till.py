"""The guide through sale, void and settlement: played with its button, and screen by screen."""

from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from emulator.cards import deck
from tests.emulator.page.cashier import Mouse, open_page, shows
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

DO_IT = "#guide .act button"
SALE, VOID, SETTLE = ("9",), ("0",), (*["DOWN"] * 11, "ENTER")
LOG_ON = ("logon", "logon.password", "sign_in.result")
SALE_SCREENS = ("sale.amount", "sale.card", "sale.pin", "sale.confirm", "sale.approved")
VOID_SCREENS = (
    "void.sale",
    "void.card",
    "void.approval",
    "void.approval_password",
    "void.confirm",
    "void.approved",
)
SETTLEMENT_SCREENS = ("settlement.confirm", "settlement.done")
MOST_PRESSES = 10
STEP = """async bench => (await import("/guide_steps.js")).nextStep(bench)"""
GENERAL = "Follow the screen: its last row says which keys help."
TILL = """
sale sale.amount sale.card sale.pin sale.no_pin sale.approval sale.confirm sale.wrong_pin
sale.approved sale.declined sale.not_sent sale.refused sale.cancelled sale.blocked sale.to_reverse
sale.reversed sale.manual void void.sale void.card void.other_card void.pin void.no_pin
void.approval void.confirm void.impossible void.approved void.declined void.not_sent void.refused
void.cancelled void.to_reverse void.reversed void.manual refund.void_or_refund settlement.confirm
settlement.wait settlement.upload settlement.close settlement.print settlement.paper
settlement.stuck settlement.refused settlement.done find find.typed find.state find.list
find.nothing find.one find.totals parameters.review parameters.approval parameters.result
reversal.wait recovery recovery.told recovery.printing recovery.paper_out pending pending.one
pending.to_reverse pending.answer pending.amount pending.approval pending.settled backup reprint
"""
NEVER_ONE_CLICK = ("pending.answer", "pending.amount", "pending.one")


def bench_at(name: str, *rows: str, **known: Any) -> dict[str, Any]:
    """What the page knows, with this screen on the terminal."""
    empty: dict[str, Any] = {
        "people": [],
        "cards": [],
        "sales": [],
        "shop": "M1",
        "scanned": None,
        "held": "",
    }
    return {**empty, "screen": {"name": name, "rows": [*rows, ""]}, **known}


def sale(rrn: str, **told: Any) -> dict[str, Any]:
    """A purchase on the host's books."""
    usual = {"state": "booked", "merchant": "M1", "card": "debit", "voucher": "", "batch": "000001"}
    return {**usual, "amount_minor": 100, "remaining_minor": 100, "rrn": rrn, "code": rrn, **told}


def step(page: Page, bench: dict[str, Any]) -> dict[str, Any]:
    return dict(page.evaluate(STEP, bench))


def do_it(page: Page, emulator: Emulator, *names: str) -> None:
    """The guide's button on each of these screens."""
    for name in names:
        shows(page, name)
        emulator.control.ask("wait", name=name)
        page.click(DO_IT)


def end_slips(page: Page) -> None:
    """Until the terminal is at rest: the second copy waits for the first to be torn off."""
    for _ in range(MOST_PRESSES):
        with suppress(TimeoutError):
            page.locator('#screen[data-name="idle"]').wait_for(timeout=1000)
            return
        button = page.locator(DO_IT)
        if button.count():
            button.click()


def from_menu(page: Page, *keys: str) -> None:
    shows(page, "idle")
    Mouse(page).press("MENU")
    shows(page, "menu")
    Mouse(page).press(*keys)


@pytest.mark.slow
def test_guide_alone_leads_through_sale_void_and_settlement(
    emulator: Emulator, browser: Browser
) -> None:
    page = open_page(browser, emulator.address)
    do_it(page, emulator, *LOG_ON)
    for keys, names in ((SALE, SALE_SCREENS), (VOID, VOID_SCREENS), (SALE, SALE_SCREENS)):
        from_menu(page, *keys)
        do_it(page, emulator, *names[:-1])
        shows(page, names[-1])
        end_slips(page)
    from_menu(page, *SETTLE)
    do_it(page, emulator, *SETTLEMENT_SCREENS)
    shows(page, "idle")
    states = [row["state"] for row in emulator.control.ask("sales")["sales"][-2:]]
    assert states == ["voided", "settled"]
    page.click("#tab-Ledger")
    expect(page.locator("#panel-Ledger td").filter(has_text="settled")).to_have_count(2)


def test_every_screen_of_the_till_has_its_own_sentence_in_both_languages(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    for name in TILL.split():
        english, chinese = step(page, bench_at(name))["say"]
        assert english != GENERAL, name
        assert chinese != english, name


def test_what_only_the_acquirer_knows_has_no_button(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    for name in NEVER_ONE_CLICK:
        assert "act" not in step(page, bench_at(name, "确认=人工处理")), name


def test_guide_types_the_pin_of_the_card_that_was_swiped(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    for card in deck():
        told = step(page, bench_at("sale.pin", held=card.name))
        assert told["act"]["press"] == [*card.pin, "ENTER"], card.name


def test_guide_voids_only_a_whole_sale_of_the_open_batch(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    first, own = sale("first"), sale("own", batch="000002")
    later = [
        sale("settled", batch="000002", state="settled"),
        sale("partly", batch="000002", remaining_minor=1),
        sale("other", batch="000002", merchant="M2"),
    ]
    told = step(page, bench_at("void.sale", sales=[first, own, *later]))
    assert told["act"] == {"scan": "own"}
    assert "act" not in step(page, bench_at("void.sale", sales=[first, *later]))


def test_guide_refunds_a_settled_sale_and_by_code_only_a_qr_payment(
    devices: Emulator, browser: Browser
) -> None:
    page = open_page(browser, devices.address)
    sales = [
        sale("settled", state="settled"),
        sale("by-qr", voucher="20260101000000000001"),
        sale("reversed", state="reversed", remaining_minor=0),
    ]
    assert step(page, bench_at("idle", sales=sales))["act"] == {"scan": "settled"}
    for title in ("REFUND BY CODE", "扫码退货"):
        told = step(page, bench_at("refund.original", title, sales=sales))
        assert told["act"] == {"scan": "by-qr"}


def test_guide_swipes_the_card_that_the_screen_names(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    cards = [
        {"name": "debit", "masked": "621234******1232"},
        {"name": "credit", "masked": "622202******0128"},
    ]
    bench = bench_at("void.card", "Paid: 622202..0128", cards=cards, sales=[sale("a")])
    assert step(page, bench)["act"] == {"swipe": "credit"}


def test_qr_payment_stands_out_in_the_list_of_slips(devices: Emulator, browser: Browser) -> None:
    page = open_page(browser, devices.address)
    paid_by_code = [s for s in devices.control.ask("sales")["sales"] if s["voucher"]]
    assert paid_by_code
    for each in paid_by_code:
        line = page.locator(f'.sale:has([data-rrn="{each["rrn"]}"])')
        expect(line).to_contain_text("▦ QR")

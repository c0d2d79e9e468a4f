"""The time line: one operation across wires, the terminal's journal and the host's books."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.emulator.page.cashier import SCREEN_TIMEOUT_MS, open_page, shows
from tests.emulator.page.conftest import Emulator

pytestmark = [pytest.mark.browser, pytest.mark.emulator]

OPERATIONS = """async ([entries, records, bookings]) =>
  (await import("/moments.js")).operations(entries, records, bookings)"""
LOG_ON = ("logon", "logon.password", "sign_in.result", "idle")
REFUND = ("refund.amount", "refund.reason", "refund.password", "refund.card", "refund.confirm")
PERSIST_SEND_BOOK_ANSWER_PERSIST = (
    ("journal", " intent"),
    ("keypad", "MAC #"),
    ("acquirer", "0220"),
    ("ledger", "00 booked"),
    ("acquirer", "0230"),
    ("journal", " result"),
)


def at(second: float, wire: str, meaning: str, **told: Any) -> dict[str, Any]:
    """A line of the trace."""
    time = f"2026-11-01T08:00:{second:06.3f}+00:00"
    usual = {"direction": "from terminal", "poll": False}
    return {**usual, "time": time, "wire": wire, "meaning": meaning, **told}


def record(second: float, kind: str) -> dict[str, Any]:
    """A record of the journal."""
    return {"number": 1, "kind": kind, "body": {}, "wall": f"2026-11-01T08:00:{second:06.3f}Z"}


def told(page: Page, *lists: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(page.evaluate(OPERATIONS, [*lists, *[[]] * (3 - len(lists))]))


def lanes(operation: dict[str, Any]) -> list[str]:
    return [moment["lane"] for moment in operation["moments"]]


@pytest.fixture
def page(devices: Emulator, browser: Browser) -> Page:
    return open_page(browser, devices.address)


def test_operation_goes_from_rest_to_rest(page: Page) -> None:
    entries = [
        at(0, "display", "SHOW #1 idle: 0 shop"),
        at(1, "scanner", "R1;1", direction="to terminal"),
        at(2, "display", "SHOW #2 refund.amount: 0 refund"),
        at(3, "keypad", "STATUS #9", poll=True),
        at(4, "display", "SHOW #3 idle: 0 shop"),
        at(5, "display", "SHOW #4 idle: 1 another minute"),
        at(6, "keypad", "KEY MENU", direction="to terminal"),
        at(7, "display", "SHOW #5 menu: 0 menu"),
    ]
    first, second = told(page, entries)
    assert lanes(first) == ["scanner", "display", "display"]
    assert lanes(second) == ["keypad", "display"]
    assert (first["names"], second["names"]) == (["refund.amount"], ["menu"])


def test_journal_comes_first_at_the_same_moment(page: Page) -> None:
    entries = [at(1, "keypad", "MAC #1: record 1"), at(2, "display", "SHOW #1 refund.card: 0 x")]
    (operation,) = told(page, entries, [record(1, "intent")])
    assert lanes(operation) == ["journal", "keypad", "display"]


@pytest.mark.parametrize("is_answered", [True, False])
def test_booking_stands_between_its_request_and_the_answer(page: Page, is_answered: bool) -> None:
    asked = at(1, "acquirer", "0220 | 11 STAN = 000007")
    other = at(2, "acquirer", "0230 | 11 STAN = 000008", direction="to terminal")
    answer = at(3, "acquirer", "0230 | 11 STAN = 000007", direction="to terminal")
    entries = [asked, other, *([answer] if is_answered else [])]
    entries.append(at(4, "display", "SHOW #1 refund.approved: 0 x"))
    booking = {"mti": "0220", "stan": "000007", "response_code": "00", "state": "booked"}
    (operation,) = told(page, entries, [], [{**booking, "amount_minor": 1, "rrn": "1"}])
    place = 2 if is_answered else 1
    assert lanes(operation).index("ledger") == place


@pytest.mark.slow
def test_refund_is_seen_persisted_sent_booked_and_persisted_on_every_page(
    emulator: Emulator, browser: Browser
) -> None:
    page, other = (open_page(browser, emulator.address) for _ in range(2))
    other.click("#tab-Timeline")
    for name in (*LOG_ON, *REFUND):
        shows(page, name)
        emulator.control.ask("wait", name=name)
        page.click("#guide .act button")
    shows(page, "refund.approved")
    page.click("#tab-Timeline")
    for each in (page, other):
        each.locator("#only-money").check()
        expect(each.locator('[data-lane="journal"]').filter(has_text=" result")).to_have_count(
            1, timeout=SCREEN_TIMEOUT_MS
        )
        each.locator("#only-money").uncheck()
        moments = each.locator(".moment").all()
        said = [(each.get_attribute("data-lane"), each.inner_text()) for each in moments]
        places = [_place(said, *wanted) for wanted in PERSIST_SEND_BOOK_ANSWER_PERSIST]
        assert places == sorted(places)


def _place(said: list[tuple[str | None, str]], lane: str, text: str) -> int:
    return next(n for n, (at, what) in enumerate(said) if at == lane and text in what)

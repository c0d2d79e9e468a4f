"""The slip's codes at the scanner: ours, somebody else's, changed, and the plain bar code."""

import pytest

from terminal.ui.host_text import host_text
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import nothing_moved
from tests.scenarios.memory_bench import MemoryBench

PLAIN = "06140000001220260614"


@pytest.fixture
def code(bench: MemoryBench) -> str:
    return bench.code(bench.sale(rrn="061400000012"))


@pytest.mark.parametrize("way", ["", "MENU 1"])
def test_slip_is_scanned_at_the_idle_screen_or_in_the_menu(
    bench: MemoryBench, code: str, way: str
) -> None:
    bench.keys(way).scan(code)
    assert bench.screen == "refund.amount"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6901234567892", Text.NOT_OUR_CODE),
        ("", Text.NOT_OUR_CODE),
        ("\x07\x1b[2J", Text.NOT_OUR_CODE),
        ("R9;1;2;3", Text.CODE_VERSION),
        ("R1;898310058120099;12345678;1", Text.CODE_BROKEN),
        ("R1;;;;;;;;;;;;;", Text.CODE_OTHER_SHOP),
        ("x" * 1_000_000, Text.NOT_OUR_CODE),
        ("06140000001220261341", Text.NOT_OUR_CODE),
    ],
)
def test_code_that_is_not_ours_is_refused_by_name(
    bench: MemoryBench, text: str, said: Text
) -> None:
    bench.scan(text)
    assert bench.screen == "refund.bad_code"
    assert shows(bench, said)
    assert shows(bench, Text.NO_MONEY_MOVED)
    assert bench.records("refused")[-1].body["what"] == "slip_code"
    bench.keys("CANCEL")
    assert bench.screen == "idle"
    assert nothing_moved(bench)


@pytest.mark.parametrize(
    ("old", "new"),
    [(";10000;", ";90000;"), ("061400000012", "061400000013"), (";20260614;", ";20260615;")],
)
def test_changed_code_is_not_genuine(bench: MemoryBench, code: str, old: str, new: str) -> None:
    bench.scan(code.replace(old, new, 1))
    assert bench.screen == "refund.bad_code"
    assert shows(bench, Text.CODE_FORGED)
    assert bench.records("refused")[-1].body["why"] == "mark"


def test_slip_of_another_shop_is_refused(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(merchant="898310058120099")))
    assert bench.screen == "refund.bad_code"
    assert shows(bench, Text.CODE_OTHER_SHOP)


def test_after_a_bad_code_the_right_one_is_scanned_or_typed(bench: MemoryBench, code: str) -> None:
    bench.scan("6901234567892").scan(code)
    assert bench.screen == "refund.amount"
    bench.keys("CANCEL CANCEL").scan("6901234567892").keys("ENTER")
    assert bench.screen == "refund.original"


def test_purchase_that_is_too_old_is_refused_with_the_limit(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="050100000001")))
    assert bench.screen == "refund.refused"
    assert shows(bench, say(Text.REFUSED_WINDOW, days=30))
    assert shows(bench, Text.NO_MONEY_MOVED)


def test_purchase_that_was_voided_is_declined_by_the_host(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061000000005")))
    bench.keys("ENTER 1 2580 ENTER").swipe("credit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    assert shows(bench, host_text("12").what)


@pytest.mark.parametrize("way", ["", "MENU 1", "MENU 1 12"])
def test_plain_bar_code_fills_reference_number_and_date(bench: MemoryBench, way: str) -> None:
    bench.keys(way).scan(PLAIN)
    assert bench.screen == "refund.original"
    assert shows(bench, Text.TYPE_ORIGINAL_AMOUNT)
    bench.keys("10000 ENTER ENTER ENTER 1 2580 ENTER").swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    stored = bench.records("intent")[0].body["original"]
    assert (stored["rrn"], stored["day"], stored["source"]) == (
        "061400000012",
        "2026-06-14",
        "typed",
    )


def test_plain_bar_code_of_a_purchase_on_record_asks_for_nothing_more(bench: MemoryBench) -> None:
    refund(bench, "4000")
    leave(bench)
    bench.scan(PLAIN)
    assert bench.screen == "refund.amount"
    assert shows(bench, "60.00")
    bench.keys("ENTER 1 2580 ENTER")
    assert shows(bench, "621234..1232"), "the card that paid is known too"


def test_scan_during_a_refund_changes_nothing(bench: MemoryBench, code: str) -> None:
    bench.scan(code).keys("ENTER 1 2580 ENTER").swipe("debit")
    rows = bench.rows
    bench.scan(bench.code(bench.sale(rrn="0613B0000010")))
    assert bench.rows == rows
    bench.keys("ENTER").run(1.0)
    assert len(booked(bench)) == 1

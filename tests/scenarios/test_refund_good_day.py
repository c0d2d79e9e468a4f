"""A refund that goes well, as the cashier, the customer, the host and the journal see it."""

from collections.abc import Callable

import pytest

from terminal.domain.phrase import Phrase
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, check_books, leave, refund, refunds, start_refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import pressed, slip_texts, typed_original, who
from tests.scenarios.memory_bench import MemoryBench

GOODS = Phrase("Goods faulty", "商品问题")
NewBench = Callable[..., MemoryBench]


def test_scanned_original_is_refunded_in_full(bench: MemoryBench) -> None:
    assert refund(bench) == "refund.approved"
    assert shows(bench, "100.00")
    leave(bench)
    assert [r["amount_minor"] for r in refunds(bench)] == [10000]
    assert [r.body["outcome"] for r in bench.records("result")] == ["approved"]
    check_books(bench)


def test_good_day_shows_its_screens_in_order(bench: MemoryBench) -> None:
    bench.screens.clear()
    refund(bench)
    leave(bench)
    assert bench.screens == [
        *("refund.original", "refund.amount", "refund.reason", "refund.password", "refund.card"),
        *("refund.confirm", "host.wait", "refund.approved", "idle"),
    ]


def test_merchant_and_customer_slip_say_what_was_refunded(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    merchant, customer = slip_texts(bench)
    for slip in (merchant, customer):
        for part in (
            "061400000012",
            "2026/06/14",
            "RMB 100.00",
            "621234******1232",
            "Goods faulty",
        ):
            assert part in slip
    assert "SIGNATURE" in merchant
    assert "SIGNATURE" not in customer
    assert "CARDHOLDER COPY" in customer


def test_customer_slip_follows_without_a_key(bench: MemoryBench) -> None:
    refund(bench)
    bench.run(12.0)
    assert len(bench.printer.slips) == 2
    assert bench.screen == "idle"


def test_customer_slip_can_be_left_out(bench: MemoryBench) -> None:
    refund(bench)
    bench.keys("CANCEL")
    assert bench.screen == "idle"
    assert len(bench.printer.slips) == 1


def test_both_codes_of_the_slip_name_the_purchase(bench: MemoryBench) -> None:
    refund(bench, "4000")
    leave(bench)
    sale = bench.sale(rrn="061400000012")
    assert bench.printer.slips[0].codes == (bench.code(sale), "06140000001220260614")


def test_slip_of_a_partial_return_scans_for_the_next_one(bench: MemoryBench) -> None:
    refund(bench, "4000")
    leave(bench)
    code, _ = bench.printer.slips[1].codes
    bench.scan(code)
    assert bench.screen == "refund.amount"
    assert shows(bench, "60.00")


def test_amount_shows_purchase_remainder_and_days_left(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    assert not missing(
        bench, Text.LABEL_ORIGINAL, Text.LABEL_REMAINS, "100.00", Text.LABEL_DAYS_LEFT, "29"
    )


def test_days_left_on_the_last_day_of_the_window(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="051600000002")))
    assert bench.screen == "refund.amount"
    assert any(row.endswith(" 0") for row in bench.display.rows)


def test_reason_is_picked_from_the_list_with_the_arrows(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    bench.keys("ENTER DOWN DOWN DOWN UP ENTER 2580 ENTER").swipe("debit").keys("ENTER").run(1.0)
    assert bench.records("intent")[0].body["reason"] == "amount"


def test_confirm_shows_the_whole_case(bench: MemoryBench) -> None:
    start_refund(bench, "2500")
    assert bench.screen == "refund.confirm"
    assert not missing(bench, "25.00", "621234..1232", "061400000012", GOODS)


def test_purchase_of_today_is_refunded(bench: MemoryBench) -> None:
    assert refund(bench, rrn="061500000014") == "refund.approved"


@pytest.mark.parametrize("card", ["gift", "expired", "foreign"])
def test_every_card_that_paid_gets_its_money_back(bench: MemoryBench, card: str) -> None:
    assert refund(bench, card=card) == "refund.approved"


def test_supervisor_refunds_with_the_own_password(new_bench: NewBench) -> None:
    bench = new_bench()
    bench.keys("MENU 8").run(0.1).log_on("10")
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 614283 ENTER")
    bench.swipe("debit").keys("ENTER").run(1.0)
    assert bench.records("intent")[0].body["operator"] == "10"
    assert len(booked(bench)) == 1


def test_language_of_the_screens_can_be_switched_and_is_kept(bench: MemoryBench) -> None:
    bench.keys("MENU 6")
    assert bench.display.language == "en"
    assert shows(bench, "Operator")
    bench.power_cut()
    bench.power_on()
    assert shows(bench, Text.TYPE_NUMBER)
    bench.log_on().keys("MENU 6")
    assert bench.display.language == "zh"


def test_full_refund_of_a_scanned_slip_takes_at_most_11_keys(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    before, after = "ENTER 1 2580 ENTER", "ENTER"
    bench.keys(before).swipe("debit").keys(after).run(12.0)
    assert bench.screen == "idle"
    assert len(booked(bench)) == 1
    assert pressed(before) + pressed(after) <= 11


def test_scanned_and_approved_takes_at_most_20_keys(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(card="credit", state="booked")))
    before, after = "ENTER 1 2580 ENTER", f"{who('10')} ENTER"
    bench.keys(before).swipe("credit").keys(after).run(12.0)
    assert len(booked(bench)) == 1
    assert pressed(before) + pressed(after) <= 20


@pytest.mark.parametrize("auth_code", ["", "204518"])
def test_typed_original_takes_at_most_46_keys(bench: MemoryBench, auth_code: str) -> None:
    sale = bench.sale(rrn="061400000012")
    before = f"MENU 1 {typed_original(sale, auth_code)} ENTER 1 2580 ENTER"
    bench.keys(before).swipe("debit").keys("ENTER").run(12.0)
    assert len(booked(bench)) == 1
    assert pressed(before) + 1 <= 46

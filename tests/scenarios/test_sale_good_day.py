"""A customer pays: card, PIN, two slips; the sale is a purchase of this terminal from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.scenarios.cashier import leave, outcomes, whole_slips
from tests.scenarios.fingers import PASSWORDS, slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import bookings, sell, sold, start_sale, states, to_the_host

Make = Callable[..., MemoryBench]
TYPED = "6212345678901232"


def test_a_sale_is_paid_booked_and_printed_twice(bench: MemoryBench) -> None:
    assert sell(bench) == "sale.approved"
    leave(bench)
    assert states(bench) == ["booked"]
    assert bookings(bench)[0]["amount_minor"] == 10000
    assert outcomes(bench) == ["approved"]
    assert [whole_slips(bench, word) for word in ("MERCHANT", "CARDHOLDER")] == [1, 1]
    assert all("SALE" in text and "621234******1232" in text for text in slip_texts(bench))


def test_the_screens_come_in_their_order(bench: MemoryBench) -> None:
    before = len(bench.screens)
    sold(bench)
    names = [n for n in bench.screens[before:] if n.startswith(("sale", "host"))]
    good = ["sale.amount", "sale.card", "sale.pin", "sale.confirm", "host.wait", "sale.approved"]
    assert names == good


def test_a_sale_needs_no_more_keys_than_its_parts(bench: MemoryBench) -> None:
    bench.keys("MENU 9 5000 ENTER").swipe("credit").keys("246810 ENTER ENTER").run(1.0)
    assert bench.screen == "sale.approved"


def test_the_totals_of_the_batch_know_it(bench: MemoryBench) -> None:
    sold(bench, amount="2500")
    totals = bench.runtime.facts.books.totals
    assert (totals.debit_count, totals.debit_minor) == (1, 2500)


def test_the_slip_of_a_sale_can_be_scanned_for_a_refund(bench: MemoryBench) -> None:
    sold(bench)
    code = next(c for slip in bench.printer.slips for c in slip.codes if str(c).find("R1;") >= 0)
    text = str(code)[str(code).index("R1;") :].split("'")[0]
    bench.scan(text)
    assert bench.screen == "refund.void_or_refund", bench.rows


@pytest.mark.parametrize("setting", ["ask", "bypass_allowed"])
def test_a_pin_goes_as_an_encrypted_block(new_bench: Make, setting: str) -> None:
    bench = new_bench(parameters={"sale_pin": setting})
    sold(bench, card="credit", pin="246810")
    (frame,) = to_the_host(bench, "0200")
    assert bench.records("intent")[-1].body["entry_mode"] == "021"
    assert b"246810" not in frame
    assert bytes.fromhex("06246810") not in frame


def test_enter_alone_is_a_sale_without_pin_where_that_is_allowed(bench: MemoryBench) -> None:
    sold(bench, pin="")
    assert bench.records("intent")[-1].body["entry_mode"] == "022"


def test_enter_alone_asks_again_where_a_pin_is_needed(new_bench: Make) -> None:
    bench = new_bench(parameters={"sale_pin": "ask"})
    start_sale(bench, pin="")
    assert bench.screen == "sale.pin"
    assert "必须输入密码" in bench.rows
    bench.keys("123456 ENTER ENTER").run(1.0)
    assert bench.screen == "sale.approved"


def test_no_pin_is_asked_where_the_shop_takes_none(new_bench: Make) -> None:
    bench = new_bench(parameters={"sale_pin": "never"})
    start_sale(bench)
    assert bench.screen == "sale.confirm"
    assert "sale.pin" not in bench.screens


def test_a_typed_card_needs_a_supervisor(bench: MemoryBench) -> None:
    bench.keys(f"MENU 9 5000 ENTER {TYPED} ENTER")
    assert bench.screen == "sale.approval"
    bench.keys(f"10 ENTER {PASSWORDS['10']} ENTER 123456 ENTER")
    assert bench.screen == "sale.confirm", bench.rows
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "sale.approved"
    intent = bench.records("intent")[-1].body
    assert (intent["approver"], list(intent["exceptions"])) == ("10", ["typed_card"])
    assert intent["entry_mode"] == "011"


def test_a_shop_without_sales_has_no_such_line(new_bench: Make) -> None:
    bench = new_bench(parameters={"sale": "off"})
    bench.keys("MENU").keys("DOWN " * 20)
    assert "消费" not in bench.rows


def test_stan_and_batch_of_a_sale_are_its_own_original(bench: MemoryBench) -> None:
    stan = sold(bench)
    sale = bench.runtime.facts.books.sales[stan]
    booked = bookings(bench)[0]
    assert (sale.purchase.rrn, sale.purchase.auth_code) == (booked["rrn"], booked["auth_code"])
    assert (sale.purchase.stan, sale.purchase.batch) == (stan, int(booked["batch"]))
    assert sale.purchase.token == sale.intent.token

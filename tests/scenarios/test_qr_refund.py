"""Money goes back to the wallet that paid: the slip's code names the payment, no card is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, SUPERVISOR, leave, outcomes, paid_minor, whole_slips
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu, to_the_host

BY_WALLET: dict[str, Any] = {"card": "credit", "amount_minor": 2350}
HALF_GONE: dict[str, Any] = {"card": "credit", "amount_minor": 18880}


def start_qr(bench: MemoryBench, amount: str = "", **sale: object) -> MemoryBench:
    """Everything up to the confirm screen."""
    found = bench.sale(**(sale or BY_WALLET))
    menu(bench, Text.MENU_QR_REFUND).scan(bench.code(found))
    return bench.keys(f"{amount} ENTER 1 2580 ENTER")


def test_a_qr_payment_is_given_back_without_a_card(bench: MemoryBench) -> None:
    start_qr(bench)
    assert bench.screen == "refund.confirm", bench.rows
    assert "refund.card" not in bench.screens
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved", bench.rows
    leave(bench)
    assert paid_minor(bench) == 2350
    assert [whole_slips(bench, word) for word in ("MERCHANT", "CARDHOLDER")] == [1, 1]


def test_its_message_names_the_voucher_and_no_card(bench: MemoryBench) -> None:
    start_qr(bench).keys("ENTER").run(1.0)
    (frame,) = to_the_host(bench, "0220")
    voucher = str(bench.sale(**BY_WALLET)["voucher"])
    assert b"A4" in frame
    assert voucher.encode() in frame
    intent = bench.records("intent")[-1].body
    assert (intent["operation"], intent["entry_mode"]) == ("qr_refund", "032")
    assert (intent["card"], intent["token"]) == ("", "")
    assert all(voucher in text for text in slip_texts(bench))


def test_a_slip_scanned_at_the_idle_screen_needs_no_menu(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(**BY_WALLET))).keys("ENTER 1 2580 ENTER ENTER").run(1.0)
    assert bench.screen == "refund.approved", bench.rows


def test_parts_are_counted_under_the_voucher(bench: MemoryBench) -> None:
    start_qr(bench, "1000").keys("ENTER").run(1.0)
    leave(bench)
    menu(bench, Text.MENU_QR_REFUND).scan(bench.code(bench.sale(**BY_WALLET)))
    assert shows(bench, "13.50")
    bench.keys("1351 ENTER")
    assert shows(bench, Text.REFUSED_ABOVE_REMAINING)


def test_what_the_host_knows_to_be_gone_is_declined(bench: MemoryBench) -> None:
    start_qr(bench, "", **HALF_GONE).keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined", bench.rows
    assert paid_minor(bench) == 0


def test_a_supervisor_approves_above_the_limit(new_bench: Callable[..., MemoryBench]) -> None:
    bench = new_bench(parameters={"approval_above_minor": 1000})
    start_qr(bench)
    assert bench.screen == "refund.approval", bench.rows
    bench.keys(SUPERVISOR)
    assert bench.screen == "refund.confirm", bench.rows


def test_keys_do_nothing_where_only_a_scan_helps(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_QR_REFUND).keys("123 ENTER")
    assert bench.screen == "refund.original"
    assert shows(bench, Text.SCAN_QR_SLIP)


def test_the_bar_code_is_not_enough(bench: MemoryBench) -> None:
    sale = bench.sale(**BY_WALLET)
    menu(bench, Text.MENU_QR_REFUND).scan(f"{sale['rrn']}{sale['date']}")
    assert shows(bench, Text.QR_CODE_NEEDED)
    bench.keys("ENTER").scan(bench.code(sale))
    assert bench.screen == "refund.amount", bench.rows


def test_no_answer_is_unknown_and_blocks_the_voucher(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.no_answer")
    start_qr(bench).keys("ENTER").run(ANSWER_S)
    assert bench.screen == "refund.unknown"
    assert outcomes(bench) == ["unknown"]
    leave(bench)
    bench.scan(bench.code(bench.sale(**BY_WALLET)))
    assert bench.screen == "refund.refused"


def test_cancel_is_free_before_sending(bench: MemoryBench) -> None:
    start_qr(bench).keys("CANCEL")
    assert bench.screen == "refund.cancelled"
    assert not bench.records("intent")

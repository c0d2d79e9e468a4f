"""What may be given back of a purchase, once and in parts."""

from collections.abc import Callable

import pytest

from terminal.domain.money import Amount
from terminal.ui.host_text import host_text
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, check_books, leave, paid_minor, refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import nothing_moved, press
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]


def at_amount(bench: MemoryBench, rrn: str = "061400000012") -> MemoryBench:
    bench.scan(bench.code(bench.sale(rrn=rrn)))
    assert bench.screen == "refund.amount"
    return bench


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", Text.REFUSED_ZERO),
        ("00000", Text.REFUSED_ZERO),
        ("10001", Text.REFUSED_ABOVE_REMAINING),
    ],
)
def test_f07_amount_that_cannot_be_is_refused_at_once(
    bench: MemoryBench, typed: str, said: Text
) -> None:
    at_amount(bench).keys(f"{typed} ENTER")
    assert bench.screen == "refund.amount"
    assert shows(bench, said)
    assert nothing_moved(bench)


def test_amount_above_the_shops_maximum_is_refused(new_bench: NewBench) -> None:
    bench = at_amount(new_bench(parameters={"refund_max_minor": 5000}))
    bench.keys("5001 ENTER")
    assert shows(bench, say(Text.REFUSED_ABOVE_MAXIMUM, amount=Amount(5000)))
    bench.keys("ENTER")
    assert bench.screen == "refund.amount", "all of it is above the maximum too"
    bench.keys("5000 ENTER")
    assert bench.screen == "refund.reason"


def test_f07_thirteenth_digit_beeps_and_is_not_taken(bench: MemoryBench) -> None:
    at_amount(bench).keys("123456789012")
    rows, beeps = bench.rows, bench.display.beeps
    assert "1,234,567,890.12" in rows
    bench.keys("3")
    assert (bench.rows, bench.display.beeps) == (rows, beeps + 1)


def test_double_zero_that_does_not_fit_is_not_taken_in_half(bench: MemoryBench) -> None:
    at_amount(bench).keys("12345678901")
    rows = bench.rows
    press(bench, "00")
    assert bench.rows == rows


def test_clear_corrects_the_amount(bench: MemoryBench) -> None:
    press(at_amount(bench).keys("2"), "00").keys("CLEAR 5")
    assert shows(bench, "2.05_")
    bench.keys("CLEAR CLEAR CLEAR")
    beeps = bench.display.beeps
    bench.keys("CLEAR")
    assert bench.display.beeps == beeps + 1


def test_f08_two_partial_returns_then_the_rest(bench: MemoryBench) -> None:
    for amount, left in (("3000", "70.00"), ("3000", "40.00")):
        assert refund(bench, amount) == "refund.approved"
        leave(bench)
        at_amount(bench)
        assert shows(bench, left)
        bench.keys("CANCEL CANCEL")
    assert refund(bench) == "refund.approved"
    leave(bench)
    assert paid_minor(bench) == 10000
    assert len(booked(bench)) == 3
    check_books(bench)


def test_partial_return_that_would_exceed_is_refused_before_the_card(bench: MemoryBench) -> None:
    refund(bench, "6000")
    leave(bench)
    at_amount(bench).keys("4001 ENTER")
    assert bench.screen == "refund.amount"
    assert shows(bench, Text.REFUSED_ABOVE_REMAINING)
    assert len(bench.records("intent")) == 1


@pytest.mark.parametrize("code", ["13", "61"])
def test_host_that_declines_what_remains_here_says_less_and_the_rest_is_shown(
    bench: MemoryBench, code: str
) -> None:
    assert refund(bench, "6000") == "refund.approved"
    leave(bench)
    at_amount(bench)
    assert not shows(bench, Text.HOST_SAYS_LESS)
    bench.keys("CANCEL CANCEL")
    bench.host.faults.arm("host.decline", {"code": code})
    assert refund(bench, "3000") == "refund.declined"
    assert not missing(bench, host_text(code).what, Text.NO_MONEY_MOVED)
    leave(bench)
    at_amount(bench)
    assert not missing(bench, Text.HOST_SAYS_LESS, "40.00")
    bench.keys("CANCEL CANCEL")
    assert refund(bench, "1000") == "refund.approved"
    leave(bench)
    assert paid_minor(bench) == 7000
    check_books(bench)


def test_what_the_host_says_survives_a_power_cut_and_is_about_one_purchase(
    bench: MemoryBench,
) -> None:
    bench.host.faults.arm("host.decline", {"code": "61"})
    refund(bench, "3000")
    leave(bench)
    bench.power_cut()
    bench.power_on()
    bench.run(6.0).log_on()
    assert not missing(at_amount(bench), Text.HOST_SAYS_LESS, "100.00")
    bench.keys("CANCEL CANCEL")
    assert not shows(at_amount(bench, "051600000002"), Text.HOST_SAYS_LESS)


def test_slip_of_a_partial_return_says_what_remains(bench: MemoryBench) -> None:
    refund(bench, "6000")
    assert any("REMAINING" in row and "40.00" in row for row in bench.printer.slips[0].rows)


def test_nothing_left_is_said_before_anything_is_asked(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    assert bench.screen == "refund.refused"
    assert not missing(bench, Text.REFUSED_NOTHING_LEFT, Text.NO_MONEY_MOVED, "95516")
    assert bench.records("refused")[-1].body["why"] == "refused_nothing_left"
    assert len(bench.records("intent")) == 1


def test_host_that_knows_of_other_returns_declines_what_the_terminal_cannot_know(
    bench: MemoryBench,
) -> None:
    assert refund(bench, rrn="061200000008") == "refund.declined"  # 20.00 of it went elsewhere
    assert shows(bench, host_text("61").what)
    leave(bench)
    assert refund(bench, "2550", rrn="061200000008") == "refund.approved"
    leave(bench)
    check_books(bench)

"""The printer fails: the result stands, the slip is printed again from its start, whole, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import (
    booked,
    leave,
    outcomes,
    paid_minor,
    refund,
    refund_with,
    says,
    start_refund,
)
from tests.scenarios.memory_bench import MemoryBench

LINE_S = 0.05
LINES = 41  # of a merchant slip, and a few more
Fault = Callable[[MemoryBench], None]


def end_paper(bench: MemoryBench) -> None:
    bench.printer.out_after_lines(0)


def open_cover(bench: MemoryBench) -> None:
    bench.printer.open_cover(True)


def overheat(bench: MemoryBench) -> None:
    bench.printer.override_status(2, 0x12 | 0x40)
    bench.printer.override_status(3, 0x12 | 0x40)


def cutter_error(bench: MemoryBench) -> None:
    bench.printer.override_status(2, 0x12 | 0x40)
    bench.printer.override_status(3, 0x12 | 0x08)


def broken(bench: MemoryBench) -> None:
    bench.printer.override_status(2, 0x12 | 0x40)
    bench.printer.override_status(3, 0x12 | 0x20)


def silence(bench: MemoryBench) -> None:
    bench.printer.silent(True)


def pull(bench: MemoryBench) -> None:
    bench.links["printer"].pull()


SEEN: tuple[tuple[Fault, Text], ...] = (
    (end_paper, Text.PAPER_OUT),
    (open_cover, Text.COVER_OPEN),
    (overheat, Text.OVERHEATED),
    (cutter_error, Text.PRINTER_ERROR),
    (broken, Text.PRINTER_ERROR),
)
UNSEEN = (silence, pull)
FAULTS = (*SEEN, *((fault, Text.PRINTER_SILENT) for fault in UNSEEN))


def mend(bench: MemoryBench) -> None:
    printer = bench.printer
    printer.load_paper()
    printer.open_cover(False)
    printer.silent(False)
    for question in (2, 3):
        printer.override_status(question, None)
    bench.links["printer"].plug()
    bench.run(4.0)


def whole(bench: MemoryBench, copy: str) -> int:
    """Slips that reach from their head to their last line on one piece of paper."""
    found = 0
    for slip in bench.printer.slips:
        text = "\n".join(slip.rows)
        found += slip.cut and text.count("SERVICE") == 1 and copy in text
    return found


def copies(bench: MemoryBench) -> tuple[int, int]:
    return whole(bench, "MERCHANT COPY"), whole(bench, "CARDHOLDER COPY")


def check_result_stands(bench: MemoryBench) -> None:
    assert bench.screen == "print.paper_out", bench.rows
    assert says(bench, Text.OPERATION_STANDS)
    assert outcomes(bench) == ["approved"]
    assert paid_minor(bench) == 10000


def finish(bench: MemoryBench) -> None:
    bench.printer.slow_s_per_line = 0.0
    leave(bench)
    assert copies(bench) == (1, 1)
    assert len(booked(bench)) == 1
    printed = [record.body["slip"] for record in bench.records("printed")]
    assert printed == ["merchant", "customer"]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
def test_f73_fault_before_the_slip_leaves_the_result_and_prints_once_it_is_mended(
    bench: MemoryBench, fault: Fault, words: Text
) -> None:
    start_refund(bench)
    fault(bench)
    bench.run(3.0)
    bench.keys("ENTER").run(3.0)
    check_result_stands(bench)
    assert says(bench, words)
    mend(bench)
    bench.keys("ENTER").run(1.0)
    finish(bench)


@pytest.mark.parametrize(("fault", "words"), SEEN)
def test_f73_fault_in_the_middle_of_a_slip_prints_it_again_from_its_start(
    bench: MemoryBench, fault: Fault, words: Text
) -> None:
    bench.printer.slow_s_per_line = LINE_S
    refund(bench, wait_s=0.8)
    assert bench.printer.slips, "some of it is on paper"
    fault(bench)
    bench.run(5.0)
    check_result_stands(bench)
    assert says(bench, words)
    mend(bench)
    bench.keys("ENTER").run(4.0)
    finish(bench)


@pytest.mark.parametrize("fault", UNSEEN)
def test_f74_slip_that_may_have_been_finished_unseen_is_printed_once_more(
    bench: MemoryBench, fault: Fault
) -> None:
    bench.printer.slow_s_per_line = LINE_S
    refund(bench, wait_s=0.8)
    fault(bench)
    bench.run(5.0)
    check_result_stands(bench)
    mend(bench)
    bench.keys("ENTER").run(4.0)
    leave(bench)
    assert copies(bench) == (2, 1), "the printer had it all in its buffer, and nobody could know"
    assert len(booked(bench)) == 1


@pytest.mark.parametrize("line", range(1, LINES, 4))
def test_paper_that_ends_at_any_line_gives_one_whole_merchant_slip(
    bench: MemoryBench, line: int
) -> None:
    bench.printer.out_after_lines(line)
    refund(bench, wait_s=2.0)
    check_result_stands(bench)
    assert copies(bench) == (0, 0)
    mend(bench)
    bench.keys("ENTER").run(2.0)
    finish(bench)


def test_second_copy_fails_alone(bench: MemoryBench) -> None:
    refund(bench)
    assert copies(bench) == (1, 0)
    bench.printer.out_after_lines(5)
    bench.keys("ENTER").run(2.0)
    check_result_stands(bench)
    mend(bench)
    bench.keys("ENTER").run(2.0)
    finish(bench)


def test_f73_slip_that_is_put_off_is_printed_later_and_counted(bench: MemoryBench) -> None:
    end_paper(bench)
    refund(bench, wait_s=3.0)
    bench.keys("CANCEL").run(1.0)
    assert bench.screen == "idle"
    mend(bench)
    bench.keys("MENU 2").run(20.0)
    assert copies(bench) == (1, 1)
    assert paid_minor(bench) == 10000


def test_unknown_refund_without_paper_stays_unknown(bench: MemoryBench) -> None:
    end_paper(bench)
    assert refund_with(bench, "host.close") == "refund.unknown"
    bench.keys("ENTER").run(3.0)
    assert bench.screen == "print.paper_out"
    assert outcomes(bench) == ["unknown"]


def test_paper_near_its_end_still_prints(bench: MemoryBench) -> None:
    bench.printer.near_end = True
    refund(bench)
    leave(bench)
    assert copies(bench) == (1, 1)


@pytest.mark.parametrize("question", [2, 3, 4])
def test_every_status_byte_leaves_the_refund_whole(bench: MemoryBench, question: int) -> None:
    for byte in range(256):
        bench.printer.override_status(question, byte)
        bench.run(0.35)
    assert bench.screen == "idle"
    bench.printer.override_status(question, None)
    bench.run(5.0)
    refund(bench)
    leave(bench)
    assert copies(bench) == (1, 1)

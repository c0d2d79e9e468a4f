"""The power goes before, in and after a slip: the refund stands, and paper comes as a copy."""

from __future__ import annotations

import pytest

from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, check_books, leave, outcomes, refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, start_again

COPY = "DUPLICATED 1"


def small_refund(bench: MemoryBench) -> None:
    """One fen, up to the idle screen."""
    refund(bench, "1")
    leave(bench)


def copies(bench: MemoryBench) -> int:
    """How many slips Menu, 2 gives; each is whole, marked, and of the refund that was cut off."""
    before = "".join(slip_texts(bench)).count(COPY)
    bench.keys("MENU 2").run(20.0)
    newest = [slip for slip in bench.printer.slips if slip.cut and COPY in "".join(slip.rows)]
    stan = f"{bench.records('intent')[-1].body['stan']:06d}"
    assert all(stan in "".join(slip.rows) for slip in newest)
    return len(newest) - before


def check_one_refund(bench: MemoryBench) -> None:
    """It stands once, wherever the power went."""
    assert outcomes(bench) == ["approved"]
    assert len(booked(bench)) == 1
    check_books(bench)


def test_f70_cut_before_the_slip_is_said_at_the_start_until_its_copy_is_there(
    bench: MemoryBench,
) -> None:
    assert cut(bench, small_refund, "before Print")
    start_again(bench)
    assert shows(bench, say(Text.SLIPS_OWED, count=1))
    assert copies(bench) == 2
    assert not shows(bench, say(Text.SLIPS_OWED, count=1))
    check_one_refund(bench)


@pytest.mark.parametrize("lines", [1, 10, 20])
def test_f71_cut_in_the_middle_of_a_slip_gives_a_copy_of_the_same_number(
    bench: MemoryBench, lines: int
) -> None:
    bench.printer.slow_s_per_line = 0.05
    refund(bench, "1", wait_s=0.6 + lines * 0.05)
    assert bench.printer.slips
    assert not bench.printer.slips[0].cut
    start_again(bench)
    bench.printer.slow_s_per_line = 0.0
    assert shows(bench, say(Text.SLIPS_OWED, count=1))
    assert copies(bench) == 2
    check_one_refund(bench)


def test_f72_cut_between_the_paper_and_its_record_gives_a_copy(bench: MemoryBench) -> None:
    assert cut(bench, small_refund, "before Persist", after="after Print")
    assert bench.printer.slips[0].cut
    start_again(bench)
    assert shows(bench, say(Text.SLIPS_OWED, count=1))
    assert copies(bench) == 2
    check_one_refund(bench)


def test_f73_slip_that_was_put_off_is_said_on_the_idle_screen(bench: MemoryBench) -> None:
    bench.printer.out_after_lines(0)
    refund(bench, wait_s=3.0)
    bench.keys("CANCEL").run(1.0)
    assert shows(bench, say(Text.SLIPS_OWED, count=1))
    bench.printer.load_paper()
    assert copies(bench) == 2
    assert not shows(bench, say(Text.SLIPS_OWED, count=1))
    check_one_refund(bench)

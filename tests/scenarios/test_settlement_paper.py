"""The settlement slip is on paper before the batch is rolled; until then nothing is lost."""

from __future__ import annotations

import pytest

from terminal.flows import settlement
from terminal.ui.text import Text
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.trading_day import a_day, sent_messages, settled, settling, slip


@pytest.fixture
def out_of_paper(bench: MemoryBench) -> MemoryBench:
    """The host has closed the batch; the roll ended in the slip."""
    a_day(bench)
    bench.printer.out_after_lines(5)
    settled(bench, 10.0)
    assert bench.screen == "settlement.paper", bench.rows
    return bench


def test_f84_paper_out_is_said_and_the_batch_waits(out_of_paper: MemoryBench) -> None:
    assert not missing(out_of_paper, Text.PAPER_OUT, Text.SETTLE_STANDS)
    assert out_of_paper.runtime.facts.books.batch == 2
    assert not out_of_paper.records("batch_closed")


def test_new_roll_and_enter_print_it_from_its_start(out_of_paper: MemoryBench) -> None:
    out_of_paper.printer.load_paper()
    out_of_paper.keys("ENTER").run(30.0)
    assert out_of_paper.screen == "idle"
    assert "SETTLEMENT" in slip(out_of_paper)
    assert out_of_paper.runtime.facts.books.batch == 3


def test_cancel_leaves_it_pending_and_the_next_one_only_prints(out_of_paper: MemoryBench) -> None:
    out_of_paper.keys("CANCEL")
    assert out_of_paper.screen == "settlement.stuck"
    assert shows(out_of_paper, Text.SLIP_FIRST)
    out_of_paper.keys("CANCEL")
    assert out_of_paper.screen == "idle"
    assert settlement.in_progress(out_of_paper.runtime.facts)
    out_of_paper.printer.load_paper()
    asked = len(sent_messages(out_of_paper, "0500"))
    settling(out_of_paper, 30.0)
    assert len(sent_messages(out_of_paper, "0500")) == asked == 1
    assert len(sent_messages(out_of_paper, "0320")) == 1
    assert out_of_paper.runtime.facts.books.batch == 3


def test_nobody_at_the_printer_leaves_it_pending(out_of_paper: MemoryBench) -> None:
    out_of_paper.run(700.0)
    assert settlement.in_progress(out_of_paper.runtime.facts)
    assert out_of_paper.runtime.facts.books.batch == 2


def test_slip_comes_after_a_restart_and_without_a_sign_in(out_of_paper: MemoryBench) -> None:
    out_of_paper.links["acquirer"].is_up = False
    out_of_paper.printer.load_paper()
    start_again(out_of_paper)
    settling(out_of_paper, 30.0)
    assert out_of_paper.runtime.facts.books.batch == 3
    assert "SETTLEMENT" in slip(out_of_paper)

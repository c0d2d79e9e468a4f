"""Slips that the printer kept: named at rest, printed later as copies; too many stop money."""

from __future__ import annotations

from terminal.domain.slips_owed import slips_owed
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave, paid_minor, refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench


def refund_without_paper(bench: MemoryBench, amount: str) -> MemoryBench:
    """Approved, and the cashier gives up on the printer."""
    bench.printer.out_after_lines(0)
    refund(bench, amount, wait_s=8.0)
    assert bench.screen == "print.paper_out", bench.rows
    bench.keys("CANCEL").run(1.0)
    return bench


def owed(bench: MemoryBench) -> int:
    return len(slips_owed(bench.runtime.facts.books))


def test_idle_screen_names_slips_that_are_owed(bench: MemoryBench) -> None:
    refund_without_paper(bench, "1000")
    assert shows(bench, say(Text.SLIPS_OWED, count=1))
    assert owed(bench) == 1


def test_they_are_printed_later_as_counted_copies_the_oldest_first(bench: MemoryBench) -> None:
    refund_without_paper(bench, "1000")
    refund_without_paper(bench, "1100")
    bench.printer.load_paper()
    for amount, left in (("RMB 10.00", 1), ("RMB 11.00", 0)):
        before = len(slip_texts(bench))
        bench.keys("MENU 2").run(30.0)
        papers = slip_texts(bench)[before:]
        assert len(papers) == 2
        assert all(amount in paper and "DUPLICATED 1" in paper for paper in papers)
        assert owed(bench) == left
    assert not shows(bench, say(Text.SLIPS_OWED, count=1))


def test_more_than_the_shop_allows_stop_new_refunds(bench: MemoryBench) -> None:
    for amount in ("1000", "1100", "1200", "1300"):
        refund_without_paper(bench, amount)
    bench.keys("MENU 1").run(1.0)
    assert shows(bench, say(Text.REFUSED_SLIPS, count=4))
    bench.keys("CANCEL CANCEL").run(16.0)
    paid = paid_minor(bench)
    bench.printer.load_paper()
    leave(bench).keys("MENU 2").run(30.0)
    assert owed(bench) == 3
    refund(bench, "1400")
    assert paid_minor(bench) == paid + 1400

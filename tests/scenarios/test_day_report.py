"""The owner's report of a day: from the menu on paper, with the head of the journal's chain."""

from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, leave, refund, refund_with
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu


def open_report(bench: MemoryBench, who: str = "10") -> MemoryBench:
    """The menu's line, by somebody."""
    return menu(bench.keys("MENU 8").log_on(who), Text.MENU_REPORT)


def printed(bench: MemoryBench, which: str = "1") -> str:
    """The report of the day on this line of the list."""
    before = len(slip_texts(bench))
    bench.keys(which).run(25.0)
    (paper,) = slip_texts(bench)[before:]
    return paper


def test_owner_reads_what_was_given_back_by_whom_why_and_when(bench: MemoryBench) -> None:
    refund(bench, "4000")
    leave(bench)
    refund(bench, rrn="051600000002")
    leave(bench)
    paper = printed(open_report(bench))
    for said in ("部分退货 PARTIAL 1", "RMB 40.00", "退货 REFUND 1", "RMB 150.00", "RMB 190.00"):
        assert said in paper, paper
    for said in ("GIVEN BACK 2", "Goods faulty 2", "01 ", "BY HOUR"):
        assert said in paper, paper


def test_report_ends_with_the_newest_record_of_the_journal(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    newest = open_report(bench).records()[-1]
    paper = printed(bench)
    assert newest.hash.hex()[:32] in paper
    assert newest.hash.hex()[32:] in paper
    assert str(newest.number) in paper


def test_what_is_declined_is_counted_and_in_no_sum(bench: MemoryBench) -> None:
    refund_with(bench, "host.decline")
    leave(bench)
    paper = printed(open_report(bench))
    assert "DECLINED" in paper
    assert "GIVEN BACK" not in paper


def test_what_is_unresolved_is_named_and_in_no_sum(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S)
    leave(bench)
    stan = bench.records("intent")[-1].body["stan"]
    paper = printed(open_report(bench))
    assert "UNRESOLVED NOW" in paper
    assert f"{stan:06d}" in paper
    assert "GIVEN BACK" not in paper


def test_a_day_without_transactions_says_so(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    paper = printed(open_report(bench), "2")
    assert "No transaction on this day" in paper
    assert "GIVEN BACK" not in paper


def test_what_the_owner_should_look_at_is_named(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    bench.keys("MENU 2").run(12.0)
    paper = printed(open_report(bench))
    assert "TO BE LOOKED AT" in paper
    assert "重打印 reprinted" in paper


def test_warnings_of_another_day_are_not_this_day_s(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    bench.keys("MENU 2").run(12.0)
    assert "TO BE LOOKED AT" not in printed(open_report(bench), "2")


def test_cashier_has_no_report(bench: MemoryBench) -> None:
    open_report(bench, "01")
    assert bench.screen == "menu"


def test_paper_out_is_said_and_mended(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    open_report(bench)
    bench.printer.out_after_lines(5)
    bench.keys("1").run(8.0)
    assert shows(bench, Text.PAPER_OUT)
    bench.printer.load_paper()
    bench.keys("ENTER").run(25.0)
    assert bench.screen == "idle"
    assert "DAY REPORT" in slip_texts(bench)[-1]

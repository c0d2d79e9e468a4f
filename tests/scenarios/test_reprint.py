"""The last slip once more: marked as a copy, counted, and nothing else changes."""

from collections.abc import Callable

from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, booked, leave, refund, refund_with
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import slip_texts, who
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu


def reprinted(bench: MemoryBench) -> list[str]:
    """The slips that a reprint gives."""
    before = len(bench.printer.slips)
    bench.keys("MENU 2").run(12.0)
    assert bench.screen == "idle"
    return slip_texts(bench)[before:]


def test_terminal_without_a_slip_says_so(bench: MemoryBench) -> None:
    bench.keys("MENU 2")
    assert shows(bench, Text.NOTHING_TO_REPRINT)
    bench.keys("ENTER")
    assert bench.screen == "idle"


def test_f74_both_slips_of_an_approved_refund_come_again_as_copies(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    first = slip_texts(bench)
    again = reprinted(bench)
    assert len(again) == 2
    for old, new in zip(first, again, strict=True):
        added = set(new.splitlines()) - set(old.splitlines())
        assert len(added) == 1
        assert "1" in added.pop()


def test_f75_copies_are_counted_on_paper_and_on_record(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    reprinted(bench)
    first, second = reprinted(bench), reprinted(bench)
    assert len(bench.records("reprinted")) == 3
    assert first[0] != second[0]
    assert len(booked(bench)) == 1


def test_reprint_comes_after_a_restart_too(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench).power_cut()
    bench.power_on()
    bench.log_on()
    assert len(reprinted(bench)) == 2


def test_only_the_shop_has_paper_of_a_declined_refund(bench: MemoryBench) -> None:
    refund_with(bench, "host.decline")
    leave(bench)
    (slip,) = reprinted(bench)
    assert "DECLINED" in slip
    assert "MERCHANT COPY" in slip


def test_reprint_of_an_unknown_refund_still_warns(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S)
    leave(bench)
    (slip,) = reprinted(bench)
    assert "DO NOT REFUND AGAIN" in slip


def test_refund_that_was_not_sent_does_not_hide_the_last_slip(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    bench.links["acquirer"].is_up = False
    refund(bench, wait_s=11.0, rrn="061400000013")
    leave(bench)
    assert all("061400000012" in slip for slip in reprinted(bench))


def test_paper_out_during_a_reprint_is_said_and_mended(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    bench.printer.out_after_lines(5)
    bench.keys("MENU 2").run(8.0)
    assert bench.screen == "print.paper_out"
    assert shows(bench, Text.OPERATION_STANDS)
    bench.printer.load_paper()
    bench.keys("ENTER").run(12.0)
    assert bench.screen == "idle"


def test_f75_beyond_the_shops_number_each_copy_needs_somebody_else(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    for _ in range(3):
        assert len(reprinted(bench)) == 2
    bench.keys("MENU 2")
    assert bench.screen == "reprint.approval"
    assert not missing(bench, "000002", "100.00", say(Text.LABEL_COPIES), "3")
    for number, why in (("01", Text.APPROVER_IS_REQUESTER), ("02", Text.NOT_AN_APPROVER)):
        bench.keys(f"{number} ENTER")
        assert shows(bench, why)
    bench.keys("CANCEL")
    assert (bench.screen, len(bench.records("reprinted"))) == ("idle", 3)
    before = len(bench.printer.slips)
    bench.keys(f"MENU 2 {who('10')}").run(12.0)
    assert all("DUPLICATED 4" in text for text in slip_texts(bench)[before:])
    assert bench.records("reprinted")[-1].body["approver"] == "10"


def test_f75_a_hundred_copies_are_a_hundred_numbers(new_bench: Callable[..., MemoryBench]) -> None:
    bench = new_bench(parameters={"copies_alone": 99})
    refund(bench)
    leave(bench)
    for number in range(1, 100):
        assert all(text.count(f"DUPLICATED {number}\n") == 1 for text in reprinted(bench))
    bench.keys("MENU 2")
    assert bench.screen == "reprint.approval"
    assert len(booked(bench)) == 1


def test_f75_copies_that_are_found_count_as_the_others(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    for _ in range(3):
        reprinted(bench)
    menu(bench, Text.MENU_FIND).keys("1 1 ENTER")
    assert bench.screen == "reprint.approval"
    bench.keys(who("11")).run(12.0)
    assert bench.screen == "find.one"
    assert bench.records("reprinted")[-1].body["approver"] == "11"

"""The same refund once more: its first one is shown and asked about, and an honest one is given."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import booked, check_books, leave, paid_minor, refund, refund_with
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import who
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
DISPUTED = 5  # this reason wants a document number


def once(bench: MemoryBench, amount: str = "3000") -> MemoryBench:
    assert refund(bench, amount) == "refund.approved"
    return leave(bench)


def again(bench: MemoryBench, amount: str = "3000", reason: int = 1) -> MemoryBench:
    sale = bench.sale(rrn="061400000012")
    return bench.scan(bench.code(sale)).keys(f"{amount} ENTER {reason}")


def test_f12_first_one_is_shown_with_its_state(bench: MemoryBench) -> None:
    again(once(bench))
    assert bench.screen == "refund.same_again"
    stan = f"{bench.records('intent')[0].body['stan']:06d}"
    assert not missing(bench, Text.SAME_REFUND, stan, "30.00", Text.STATE_APPROVED)


def test_honest_second_equal_return_is_given(bench: MemoryBench) -> None:
    again(once(bench)).keys("ENTER")
    assert bench.screen == "refund.password"
    bench.keys("2580 ENTER").swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    leave(bench)
    assert paid_minor(bench) == 6000
    check_books(bench)


@pytest.mark.parametrize(("key", "wait_s"), [("CANCEL", 0.1), ("UP", 61.0)])
def test_who_does_not_want_a_second_one_leaves(bench: MemoryBench, key: str, wait_s: float) -> None:
    again(once(bench)).keys(key).run(wait_s)
    assert bench.screen == "refund.cancelled"
    assert len(booked(bench)) == 1


def test_other_amount_is_not_asked_about(bench: MemoryBench) -> None:
    assert again(once(bench), "3001").screen == "refund.password"


def test_after_the_minutes_nobody_asks(new_bench: NewBench) -> None:
    bench = once(new_bench(parameters={"same_again_minutes": 3, "idle_lock_s": 3600}))
    bench.run(150.0)
    assert again(bench).screen == "refund.same_again"
    bench.keys("CANCEL ENTER").run(60.0)
    assert again(bench).screen == "refund.password"


def test_shop_may_switch_it_off(new_bench: NewBench) -> None:
    assert again(once(new_bench(parameters={"same_again_minutes": 0}))).screen == "refund.password"


def test_f12_clock_that_jumps_and_a_power_cut_hide_nothing(bench: MemoryBench) -> None:
    once(bench)
    bench.clock.wrong_by = timedelta(hours=20)
    bench.power_cut()
    bench.power_on()
    bench.log_on()
    assert again(bench).screen == "refund.same_again"


def test_declined_one_is_no_first_one(bench: MemoryBench) -> None:
    refund_with(bench, "host.decline", code="51")
    leave(bench)
    assert again(bench, "").screen == "refund.password"


def with_document(bench: MemoryBench, amount: str, document: str = "4711") -> MemoryBench:
    again(bench, amount, DISPUTED).keys("2580 ENTER").swipe("debit")
    return bench.keys(f"{document} ENTER")


def test_document_that_was_used_is_asked_about_whenever_that_was(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"idle_lock_s": 3600})
    with_document(bench, "1000").keys("ENTER").run(1.0)
    leave(bench).run(1800.0)
    with_document(bench, "2000")
    assert bench.screen == "refund.same_again"
    assert not missing(bench, Text.SAME_DOCUMENT, "10.00", Text.STATE_APPROVED)
    bench.keys("ENTER")
    assert bench.screen == "refund.confirm"
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[-1].body["document"] == "4711"


def test_approver_is_asked_after_the_document(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"approval_above_minor": 1500})
    with_document(bench, "1000").keys("ENTER").run(1.0)
    leave(bench)
    with_document(bench, "2000").keys("ENTER")
    assert bench.screen == "refund.approval"
    bench.keys(who("10"))
    assert bench.screen == "refund.confirm"
    assert shows(bench, "10")


def test_document_of_a_declined_refund_may_be_used_again(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.decline", {"code": "51"})
    with_document(bench, "1000").keys("ENTER").run(1.0)
    assert bench.screen == "refund.declined"
    leave(bench)
    assert with_document(bench, "1000").screen == "refund.confirm"

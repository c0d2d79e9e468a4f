"""A second person decides last, with the whole case on the screen, for just this case."""

from collections.abc import Callable

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, one_more, paid_minor, refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import nothing_moved, slip_texts, typed_original, who
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
LARGE = "0613B0000010"  # 1,299.00, above the demo shop's limit of 500.00


def at_approval(bench: MemoryBench, operator: str = "2580", amount: str = "") -> MemoryBench:
    bench.scan(bench.code(bench.sale(rrn=LARGE))).keys(f"{amount} ENTER 1")
    one_more(bench).keys(f"{operator} ENTER").swipe("credit")
    assert bench.screen == "refund.approval"
    return bench


def test_approver_sees_amount_remainder_card_and_why(bench: MemoryBench) -> None:
    at_approval(bench, amount="60000")
    wanted = ("600.00", "1,299.00", "622202..0128", Text.CASE_ABOVE_LIMIT, Text.APPROVER_NUMBER)
    assert not missing(bench, *wanted)


def test_approver_sees_everything_that_is_unusual_at_once(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn=LARGE))).keys("ENTER 1 2580 ENTER")
    bench.keys("6212345678901232 ENTER ENTER 42 ENTER")
    assert bench.screen == "refund.approval"
    unusual = (Text.CASE_ABOVE_LIMIT, Text.CASE_TYPED_CARD, Text.CASE_OTHER_CARD)
    assert not missing(bench, *unusual, "621234..1232", Text.APPROVER_NUMBER)


def test_approver_is_told_when_nobody_could_compare_the_card(bench: MemoryBench) -> None:
    bench.keys(f"MENU 1 {typed_original(bench.sale(rrn=LARGE))} ENTER 1 2580 ENTER")
    bench.swipe("credit")
    assert not missing(bench, Text.CASE_ABOVE_LIMIT, Text.CASE_NOT_COMPARED)


def test_supervisor_approves_and_stands_on_record_and_slip(bench: MemoryBench) -> None:
    at_approval(bench).keys(who("10"))
    assert bench.screen == "refund.confirm"
    assert shows(bench, Text.LABEL_APPROVER)
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    intent = bench.records("intent")[0].body
    assert (intent["operator"], intent["approver"]) == ("01", "10")
    assert "10 Zhao" in slip_texts(bench)[0]


@pytest.mark.parametrize("number", ["02", "55", ""])
def test_nobody_without_the_right_may_approve(bench: MemoryBench, number: str) -> None:
    at_approval(bench).keys(f"{number} ENTER")
    assert bench.screen == "refund.approval"
    assert shows(bench, Text.NOT_AN_APPROVER)
    assert nothing_moved(bench)


def test_operator_does_not_approve_the_own_refund(bench: MemoryBench) -> None:
    at_approval(bench).keys("01 ENTER")
    assert shows(bench, Text.APPROVER_IS_REQUESTER)


def test_supervisor_does_not_approve_the_own_refund_but_another_one_does(
    bench: MemoryBench,
) -> None:
    bench.keys("MENU 8").log_on("10")
    at_approval(bench, operator="614283").keys("10 ENTER")
    assert shows(bench, Text.APPROVER_IS_REQUESTER)
    bench.keys(f"{who('11')} ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[0].body["approver"] == "11"


def test_f11_wrong_password_of_the_approver_is_counted_and_approves_nothing(
    bench: MemoryBench,
) -> None:
    at_approval(bench).keys("10 ENTER 111111 ENTER")
    assert bench.screen == "refund.approval_password"
    assert bench.runtime.facts.books.people["10"].tries.count == 2
    bench.keys("CANCEL")
    assert bench.screen == "refund.approval"
    assert bench.runtime.facts.books.people["10"].tries.count == 1
    assert nothing_moved(bench)


def test_limit_itself_needs_nobody_and_one_fen_more_does(bench: MemoryBench) -> None:
    assert refund(bench, "50000", rrn=LARGE) == "refund.approved"
    leave(bench)
    at_approval(bench, amount="50001")
    bench.keys("CANCEL CANCEL")
    assert paid_minor(bench) == 50000


def test_approval_stays_for_the_same_card_swiped_once_more(new_bench: NewBench) -> None:
    bench = at_approval(new_bench(parameters={"entry_timeout_s": 120})).keys(who("10"))
    bench.run(61.0).keys("ENTER")
    assert bench.screen == "refund.card"
    bench.swipe("credit")
    assert bench.screen == "refund.confirm"
    bench.keys("ENTER").run(1.0)
    assert bench.records("intent")[0].body["approver"] == "10"


def test_approval_does_not_go_over_to_another_card(new_bench: NewBench) -> None:
    bench = at_approval(new_bench(parameters={"entry_timeout_s": 120})).keys(who("10"))
    bench.run(61.0).keys("ENTER").swipe("debit").keys("ENTER")
    assert bench.screen == "refund.document"
    bench.keys("42 ENTER")
    assert bench.screen == "refund.approval"
    assert booked(bench) == []


def test_approver_of_another_card_is_not_named_where_none_is_needed(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"entry_timeout_s": 120})
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 2580 ENTER")
    bench.swipe("credit").keys(f"ENTER 42 ENTER {who('10')}").run(61.0)
    bench.keys("ENTER").swipe("debit")
    assert bench.screen == "refund.confirm"
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[0].body["approver"] == ""


def test_approval_is_for_one_refund_only(bench: MemoryBench) -> None:
    at_approval(bench, amount="60000").keys(f"{who('10')} ENTER").run(1.0)
    leave(bench)
    at_approval(bench, amount="60000")
    assert len(booked(bench)) == 1


def test_limits_are_the_shops(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"approval_above_minor": 0})
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("1 ENTER 1 2580 ENTER")
    bench.swipe("debit")
    assert bench.screen == "refund.approval"

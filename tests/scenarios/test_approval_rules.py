"""Who has to approve what: two for a large sum, nobody else in a shop of one, exceptions."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from emulator.host.config import HostProfile as HostRules
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, paid_minor, start_refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import nothing_moved, slip_texts, who
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu

NewBench = Callable[..., MemoryBench]
LARGE = "0613B0000010"  # credit, 1,299.00
ALONE = {"approval_above_minor": 0, "alone_day_minor": 30000}


def two_of_them(new_bench: NewBench) -> MemoryBench:
    bench = new_bench(parameters={"second_approver_above_minor": 100000})
    start_refund(bench, card="credit", rrn=LARGE)
    assert bench.screen == "refund.approval"
    return bench


# ---- two approvers


def test_large_sum_needs_two_who_agree_and_both_are_named(new_bench: NewBench) -> None:
    bench = two_of_them(new_bench).keys(who("10"))
    assert bench.screen == "refund.approval"
    assert shows(bench, Text.SECOND_NUMBER)
    bench.keys(who("11"))
    assert bench.screen == "refund.confirm"
    assert shows(bench, "10, 11")
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    intent = bench.records("intent")[-1].body
    assert (intent["approver"], intent["second_approver"]) == ("10", "11")
    assert "10 Zhao" in slip_texts(bench)[0]
    assert "11 Chen" in slip_texts(bench)[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("10", Text.APPROVER_IS_FIRST),
        ("01", Text.APPROVER_IS_REQUESTER),
        ("02", Text.NOT_AN_APPROVER),
    ],
)
def test_second_approver_is_a_third_person_with_the_right(
    new_bench: NewBench, number: str, said: Text
) -> None:
    bench = two_of_them(new_bench).keys(f"{who('10')} {number} ENTER")
    assert bench.screen == "refund.approval"
    assert shows(bench, said)
    assert nothing_moved(bench)


def test_one_who_agrees_is_not_enough(new_bench: NewBench) -> None:
    bench = two_of_them(new_bench).keys(f"{who('10')} CANCEL")
    assert bench.screen == "refund.cancelled"
    assert nothing_moved(bench)


def test_sum_itself_needs_one(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"second_approver_above_minor": 100000})
    start_refund(bench, "100000", card="credit", rrn=LARGE).keys(who("10"))
    assert bench.screen == "refund.confirm"


# ---- a shop of one


def alone(new_bench: NewBench, number: str = "10") -> MemoryBench:
    return new_bench(parameters=ALONE).keys("MENU 8").log_on(number)


def by_myself(bench: MemoryBench, amount: str, password: str = "614283") -> MemoryBench:
    bench.scan(bench.code(bench.sale(card="credit", rrn=LARGE)))
    return bench.keys(f"{amount} ENTER 1 {password} ENTER").swipe("credit")


def test_supervisor_alone_approves_for_himself_and_is_named(new_bench: NewBench) -> None:
    bench = by_myself(alone(new_bench), "20000")
    assert bench.screen == "refund.confirm"
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    intent = bench.records("intent")[-1].body
    assert (intent["approver"], intent["exceptions"]) == ("", ["above_limit", "alone"])
    assert "本人授权" in slip_texts(bench)[0]


def test_one_persons_ceiling_of_the_day_sends_him_to_another(new_bench: NewBench) -> None:
    bench = alone(new_bench)
    by_myself(bench, "20000").keys("ENTER").run(1.0)
    leave(bench)
    assert by_myself(bench, "10001").screen == "refund.approval"
    bench.keys("10 ENTER")
    assert shows(bench, Text.APPROVER_IS_REQUESTER)
    bench.keys("CANCEL ENTER")
    assert by_myself(bench, "10000").screen == "refund.confirm"


def test_one_persons_ceiling_survives_a_power_cut(new_bench: NewBench) -> None:
    bench = alone(new_bench)
    by_myself(bench, "20000").keys("ENTER").run(1.0)
    bench.power_cut()
    bench.power_on()
    bench.log_on("10")
    assert by_myself(bench, "10001").screen == "refund.approval"


def test_operator_is_never_alone(new_bench: NewBench) -> None:
    bench = by_myself(alone(new_bench, "01"), "20000", "2580")
    assert bench.screen == "refund.approval"


# ---- an old purchase


def old_sale(bench: MemoryBench) -> MemoryBench:
    return bench.scan(bench.code(bench.sale(rrn="0605G0000003")))  # ten days old, gift


def test_purchase_beyond_the_shops_window_is_refused(new_bench: NewBench) -> None:
    bench = old_sale(new_bench(parameters={"refund_window_days": 7}))
    assert bench.screen == "refund.refused"
    assert nothing_moved(bench)


def test_approver_may_allow_an_old_purchase_and_it_is_named(new_bench: NewBench) -> None:
    window = {"refund_window_days": 7, "old_purchase": "approval"}
    bench = old_sale(new_bench(parameters=window))
    assert bench.screen == "refund.amount"
    bench.keys("ENTER 1 2580 ENTER").swipe("gift")
    assert bench.screen == "refund.approval"
    assert shows(bench, Text.CASE_OLD)
    bench.keys(f"{who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[-1].body["exceptions"] == ["old_purchase"]
    assert "超退货期" in slip_texts(bench)[0]


def test_nobody_allows_what_the_host_does_not(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"old_purchase": "approval"})
    bench.scan(bench.code(bench.sale(rrn="050100000001")))
    assert bench.screen == "refund.refused"


def test_shop_has_no_longer_window_than_its_host(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"refund_window_days": 90})
    bench.scan(bench.code(bench.sale(rrn="050100000001")))
    assert bench.screen == "refund.refused"


# ---- no slip at all


def without_slip(bench: MemoryBench, amount: str = "4000") -> MemoryBench:
    day = date(2026, 6, 15) - timedelta(days=2)
    menu(bench, Text.MENU_REFUND).keys(f"ENTER {day:%m%d} ENTER {amount} ENTER ENTER")
    return bench.keys("ENTER 1 2580 ENTER").swipe("debit")


def test_refund_without_a_slip_is_off(bench: MemoryBench) -> None:
    bench.keys("MENU 1 ENTER")
    assert shows(bench, Text.RRN_LENGTH)
    bench.keys("000000000000 ENTER 0613 ENTER 4000 ENTER ENTER")
    assert bench.screen == "refund.refused"
    assert shows(bench, Text.REFUSED_NO_ORIGINAL)
    assert nothing_moved(bench)


def test_refund_without_a_slip_needs_document_and_approver_and_is_named(
    new_bench: NewBench,
) -> None:
    bench = without_slip(new_bench(parameters={"unknown_original": "approval"}))
    assert bench.screen == "refund.document"
    bench.keys("4711 ENTER")
    assert bench.screen == "refund.approval"
    assert shows(bench, Text.CASE_NO_SLIP)
    bench.keys(f"{who('10')} ENTER").run(1.0)
    assert bench.screen == "refund.declined", "this host wants a purchase"
    bench.keys("ENTER").run(8.0)
    assert "无原单" in slip_texts(bench)[0]
    assert bench.records("intent")[-1].body["exceptions"] == ["no_original"]
    menu(leave(bench), Text.MENU_FIND).keys("1 ENTER DOWN DOWN DOWN")
    assert shows(bench, Text.FOUND_NO_ORIGINAL), bench.rows


def test_host_may_pay_without_a_purchase_and_two_of_them_are_two(
    unlinked_bench: MemoryBench,
) -> None:
    for document in ("4711", "4712"):
        without_slip(unlinked_bench).keys(f"{document} ENTER {who('10')} ENTER").run(1.0)
        assert unlinked_bench.screen == "refund.approved"
        leave(unlinked_bench)
    assert paid_minor(unlinked_bench) == 8000
    assert len(booked(unlinked_bench)) == 2
    assert unlinked_bench.runtime.facts.books.originals == {}


@pytest.fixture
def unlinked_bench(new_bench: NewBench) -> MemoryBench:
    allowed = HostRules(unlinked_refund="allowed")
    return new_bench(parameters={"unknown_original": "approval"}, rules=allowed)


# ---- the operator's own password


def test_shop_may_go_without_the_own_password(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"own_password": "off"})
    bench.scan(bench.code(bench.sale(card="debit", amount_minor=10000))).keys("ENTER 1")
    assert bench.screen == "refund.card"


def test_approver_is_asked_all_the_same(new_bench: NewBench) -> None:
    bench = new_bench(parameters={"own_password": "off"})
    bench.scan(bench.code(bench.sale(rrn=LARGE))).keys("ENTER 1").swipe("credit")
    assert bench.screen == "refund.approval"
    bench.keys("10 ENTER")
    assert bench.screen == "refund.approval_password"

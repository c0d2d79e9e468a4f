"""The unresolved: shown, counted, blocking, and settled by name after the message life."""

import pytest

from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    ANSWER_S,
    LIFE_S,
    check_books,
    leave,
    outcomes,
    refund,
    refund_with,
    refunds,
)
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import who
from tests.scenarios.memory_bench import MemoryBench


@pytest.fixture
def unknown(bench: MemoryBench) -> MemoryBench:
    """One refund that the host has booked and not answered; the idle screen."""
    refund_with(bench, "host.no_answer", ANSWER_S, booked=True)
    return leave(bench)


def test_empty_list_says_so(bench: MemoryBench) -> None:
    bench.keys("MENU 3")
    assert shows(bench, Text.NOTHING_PENDING)
    bench.keys("ENTER")
    assert bench.screen == "idle"


def test_idle_screen_counts_the_unresolved(unknown: MemoryBench) -> None:
    assert shows(unknown, say(Text.PENDING_COUNT, count=1))


def test_unresolved_refund_blocks_its_original(unknown: MemoryBench) -> None:
    unknown.scan(unknown.code(unknown.sale(rrn="061400000012")))
    assert unknown.screen == "refund.refused"
    wanted = (say(Text.REFUSED_UNRESOLVED, stan="000002"), Text.NO_MONEY_MOVED)
    assert not missing(unknown, *wanted, Text.SETTLE_OTHER_FIRST)


def test_unresolved_refund_counts_as_spent(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.no_answer")
    refund(bench, "4000", wait_s=ANSWER_S)
    books = bench.runtime.facts.books
    assert books.remaining_minor("20260614061400000012", 10000) == 6000


def test_unresolved_refund_is_never_sent_again(unknown: MemoryBench) -> None:
    unknown.sent.clear()
    unknown.run(400.0)
    unknown.power_cut()
    unknown.power_on()
    unknown.log_on()
    assert len(refunds(unknown)) == 1
    assert len(unknown.records("intent")) == 1
    assert shows(unknown, say(Text.PENDING_COUNT, count=1))


def test_list_shows_number_and_amount_then_the_whole_case(unknown: MemoryBench) -> None:
    unknown.keys("MENU 3")
    assert not missing(unknown, "000002", "100.00")
    unknown.keys("ENTER")
    assert unknown.screen == "pending.one"
    assert not missing(unknown, "000002", "100.00", "621234..1232", "061400000012")


def test_nobody_settles_while_an_answer_may_still_come(unknown: MemoryBench) -> None:
    unknown.keys("MENU 3 1")
    seconds = unknown.runtime.facts.settle_wait_s(unknown.records("intent")[0].number)
    assert 0 < seconds <= 90
    unknown.keys("ENTER")
    assert unknown.screen == "pending.one"
    assert not unknown.records("settled")


def test_life_of_the_message_begins_anew_with_a_restart(unknown: MemoryBench) -> None:
    unknown.run(LIFE_S).power_cut()
    unknown.power_on()
    unknown.log_on()
    unknown.keys("MENU 3 1 ENTER")
    assert unknown.screen == "pending.one"


@pytest.mark.parametrize(("key", "outcome"), [("1", "done_by_hand"), ("2", "not_done_by_hand")])
def test_supervisor_settles_by_name(unknown: MemoryBench, key: str, outcome: str) -> None:
    unknown.run(LIFE_S).keys(f"MENU 3 1 ENTER {who('10')} {key}")
    if outcome == "done_by_hand":
        assert unknown.screen == "pending.amount"
        unknown.keys("ENTER")
    assert unknown.screen == "pending.settled"
    unknown.keys("ENTER")
    assert unknown.screen == "idle"
    body = unknown.records("settled")[0].body
    assert (body["outcome"], body["settled_by"], body["operator"]) == (outcome, "10", "01")
    assert not shows(unknown, say(Text.PENDING_COUNT, count=1))
    assert len(refunds(unknown)) == 1


def test_settled_as_done_the_purchase_has_nothing_left(unknown: MemoryBench) -> None:
    unknown.run(LIFE_S).keys(f"MENU 3 1 ENTER {who('10')} 1 ENTER ENTER")
    check_books(unknown)
    unknown.scan(unknown.code(unknown.sale(rrn="061400000012")))
    assert shows(unknown, Text.REFUSED_NOTHING_LEFT)


def test_settled_as_not_done_the_purchase_can_be_refunded(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", ANSWER_S, booked=False)
    leave(bench).run(LIFE_S).keys(f"MENU 3 1 ENTER {who('10')} UP UP ENTER ENTER")
    assert outcomes(bench) == ["not_done_by_hand"]
    assert refund(bench) == "refund.approved"
    leave(bench)
    check_books(bench)


@pytest.mark.parametrize("number", ["02", "55"])
def test_only_supervisors_settle(unknown: MemoryBench, number: str) -> None:
    unknown.run(LIFE_S).keys(f"MENU 3 1 ENTER {number} ENTER")
    assert unknown.screen == "pending.approval"
    assert shows(unknown, Text.NOT_AN_APPROVER)


def test_who_gave_the_refund_does_not_settle_it(bench: MemoryBench) -> None:
    bench.keys("MENU 8").log_on("10")
    bench.host.faults.arm("host.no_answer")
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 614283 ENTER")
    bench.swipe("debit").keys("ENTER").run(ANSWER_S)
    leave(bench).run(LIFE_S).keys("MENU 3 1 ENTER 10 ENTER")
    assert shows(bench, Text.APPROVER_IS_REQUESTER)


def test_wrong_password_settles_nothing(unknown: MemoryBench) -> None:
    unknown.run(LIFE_S).keys("MENU 3 1 ENTER 10 ENTER 111111 ENTER CANCEL CANCEL")
    assert unknown.screen == "pending"
    assert not unknown.records("settled")


def test_first_and_last_of_a_list_of_two(unknown: MemoryBench) -> None:
    unknown.host.faults.arm("host.no_answer")
    refund(unknown, rrn="061100000007", wait_s=ANSWER_S)
    leave(unknown).run(LIFE_S).keys("MENU 3 DOWN")
    beeps = unknown.display.beeps
    unknown.keys("DOWN").keys(f"ENTER ENTER {who('10')} 1 ENTER ENTER")
    assert unknown.display.beeps == beeps + 1
    assert outcomes(unknown) == ["unknown", "done_by_hand"]
    unknown.keys("MENU 3 2")
    assert unknown.screen == "pending"

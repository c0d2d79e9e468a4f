"""After an unknown outcome: shown, counted as spent, blocked, never sent again, settled by name."""

from __future__ import annotations

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import (
    ANSWER_S,
    LIFE_S,
    SALE,
    SUPERVISOR,
    check_books,
    leave,
    outcomes,
    paid_minor,
    refund,
    refund_with,
    says,
    settle,
    start_refund,
    whole_slips,
)
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER


@pytest.fixture(params=[True, False], ids=["booked", "not booked"])
def is_booked(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def unknown(bench: MemoryBench, is_booked: bool) -> MemoryBench:
    """Idle again after a refund that nobody answered."""
    refund_with(bench, "host.no_answer", booked=is_booked, wait_s=ANSWER_S)
    return leave(bench)


def remaining_minor(bench: MemoryBench) -> int:
    original = next(iter(bench.runtime.facts.books.unresolved.values())).intent.original
    return bench.runtime.facts.books.remaining_minor(original.key, original.amount_minor)


def requests(bench: MemoryBench) -> int:
    return sum(1 for wire, _ in bench.sent if wire == ACQUIRER)


def test_idle_screen_says_that_one_is_unknown(unknown: MemoryBench) -> None:
    assert says(unknown, Text.PENDING_COUNT)


def test_unknown_has_one_slip_that_does_not_say_approved(unknown: MemoryBench) -> None:
    assert len(unknown.printer.slips) == 1
    assert not whole_slips(unknown, "APPROVED")


def test_its_slip_is_printed_even_when_nobody_presses_a_key(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", wait_s=ANSWER_S)
    bench.run(65.0)
    assert (bench.screen, len(bench.printer.slips)) == ("idle", 1)


def test_its_money_counts_as_spent(unknown: MemoryBench) -> None:
    assert remaining_minor(unknown) == 0


def test_f02_its_original_is_blocked_by_name(unknown: MemoryBench) -> None:
    sent = requests(unknown)
    unknown.scan(unknown.code(unknown.sale(**SALE)))
    assert unknown.screen == "refund.refused"
    assert f"{unknown.records('intent')[0].body['stan']:06d}" in unknown.rows
    unknown.keys("ENTER").run(1.0)
    assert (unknown.screen, requests(unknown)) == ("idle", sent)


def test_its_card_is_blocked_for_another_original(unknown: MemoryBench) -> None:
    start_refund(unknown, card="debit", amount_minor=15000)
    assert unknown.screen == "refund.blocked"
    assert len(unknown.records("intent")) == 1


def test_another_card_and_original_are_not_blocked(unknown: MemoryBench) -> None:
    assert refund(unknown, card="gift") == "refund.approved"


def test_it_is_never_sent_again(unknown: MemoryBench) -> None:
    sent, minor = requests(unknown), paid_minor(unknown)
    unknown.run(400.0)
    unknown.power_cut()
    unknown.power_on()
    unknown.run(200.0)
    assert (requests(unknown), paid_minor(unknown)) == (sent, minor)
    assert len(unknown.records("intent")) == 1


def test_nobody_settles_it_before_the_life_of_its_message_is_over(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", wait_s=ANSWER_S)
    leave(bench).keys("MENU 3 1")
    assert says(bench, Text.SETTLE_WAIT)
    bench.keys("ENTER")
    assert bench.screen == "pending.one"
    bench.run(LIFE_S - 40.0)
    assert not bench.records("settled")


def test_supervisor_settles_it_by_name_as_the_host_says(
    unknown: MemoryBench, is_booked: bool
) -> None:
    unknown.run(LIFE_S)
    settle(unknown, was_refunded=is_booked)
    settled = unknown.records("settled")[0].body
    assert (settled["settled_by"], settled["operator"]) == ("10", "01")
    assert outcomes(unknown) == ["done_by_hand" if is_booked else "not_done_by_hand"]
    check_books(unknown)


def test_refund_settled_as_not_done_may_be_given_again(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", booked=False, wait_s=ANSWER_S)
    leave(bench).run(LIFE_S)
    settle(bench, was_refunded=False)
    assert refund(bench) == "refund.approved"
    leave(bench)
    check_books(bench)


def test_refund_settled_as_done_leaves_nothing_to_give(bench: MemoryBench) -> None:
    refund_with(bench, "host.no_answer", wait_s=ANSWER_S)
    leave(bench).run(LIFE_S)
    settle(bench, was_refunded=True)
    bench.scan(bench.code(bench.sale(**SALE)))
    assert bench.screen == "refund.refused"


def test_operator_does_not_settle(unknown: MemoryBench) -> None:
    unknown.run(LIFE_S).keys("MENU 3 1 ENTER 02 ENTER")
    assert unknown.screen == "pending.approval"
    assert not unknown.records("settled")


def test_restart_keeps_it_and_its_waiting_time(unknown: MemoryBench) -> None:
    unknown.run(LIFE_S)
    unknown.power_cut()
    unknown.power_on()
    unknown.log_on()
    assert says(unknown, Text.PENDING_COUNT)
    assert remaining_minor(unknown) == 0
    unknown.keys("MENU 3 1 ENTER")
    assert unknown.screen == "pending.one", "the waiting begins again"
    unknown.run(LIFE_S).keys(f"MENU 3 1 ENTER {SUPERVISOR}")
    assert unknown.screen == "pending.answer"

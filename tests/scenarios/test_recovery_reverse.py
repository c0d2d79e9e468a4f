"""Where the host takes refunds back: only when none of its copies can arrive any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.cashier import LIFE_S, check_books, leave, refund
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import (
    REVERSING,
    about,
    arrives_now,
    asked,
    finish,
    first_copy,
    lost_refund,
    rest,
    restart,
    till,
)
from tests.scenarios.reversals import now, state_at_host


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    return till(tmp_path, REVERSING)


@pytest.mark.parametrize("booked", [True, False])
def test_unknown_refund_is_taken_back_after_the_life(bench: MemoryBench, booked: bool) -> None:
    one = lost_refund(bench, booked=booked)
    rest(bench, 60.0)
    assert asked(bench, one) == []
    rest(bench, LIFE_S - 60.0)
    assert now(bench, one).outcome.value == "reversed"
    assert state_at_host(bench, one) == ("reversed" if booked else "")
    (message,) = about(bench, one)
    assert (message.mti, message.text(60)[:2], message.text(39)) == ("0400", "25", "98")
    assert refund(bench) == "refund.approved"
    leave(bench)
    check_books(bench)


def test_refund_that_arrives_at_the_last_moment_is_taken_back_too(bench: MemoryBench) -> None:
    one = lost_refund(bench, booked=False)
    frame = first_copy(bench)
    rest(bench, 80.0)
    arrives_now(bench, frame)
    assert state_at_host(bench, one) == "booked"
    rest(bench, 20.0)
    assert state_at_host(bench, one) == "reversed"
    check_books(bench)


def test_it_keeps_nobody_else_waiting(bench: MemoryBench) -> None:
    lost_refund(bench)
    bench.host.faults.arm("host.field", {"number": 39, "value": "96", "mti": "0400"}, count=0)
    rest(bench, LIFE_S)
    assert refund(bench, rrn="061100000007") == "refund.approved"


def test_refused_for_good_is_a_persons_and_has_a_slip(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.host.faults.arm("host.decline", {"code": "12", "mti": "0400"})
    rest(bench, LIFE_S)
    assert now(bench, one).outcome.value == "manual"
    assert sum("REVERSAL FAILED" in text for text in slip_texts(bench)) == 1


def test_three_tries_a_life_apart_then_a_persons(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.host.faults.arm("host.field", {"number": 39, "value": "96", "mti": "0400"}, count=0)
    finish(bench, 500.0)
    assert asked(bench, one) == ["0400"] * 3
    assert now(bench, one).outcome.value == "manual"


def test_nobody_settles_while_a_reversal_may_still_arrive(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    bench.host.faults.arm("host.decline", {"code": "12", "mti": "0400"})
    rest(bench, LIFE_S)
    assert now(bench, one).outcome.value == "manual"
    bench.keys("MENU 3 1 ENTER")
    assert bench.screen == "pending.one"
    assert bench.runtime.facts.settle_wait_s(one.record) > 0


def test_restart_waits_for_the_life_once_more(bench: MemoryBench) -> None:
    one = lost_refund(bench)
    rest(bench, 60.0)
    restart(bench)
    rest(bench, 60.0)
    assert asked(bench, one) == []
    rest(bench, 40.0)
    assert now(bench, one).outcome.value == "reversed"

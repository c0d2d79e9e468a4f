"""The wall clock jumps: time-outs stand, and nothing is dropped because of a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.scenarios.cashier import (
    ANSWER_S,
    LIFE_S,
    check_books,
    leave,
    outcomes,
    refund,
    settle,
    start_refund,
)
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import INQUIRING, lost_refund, rest, till
from tests.scenarios.reversals import lost_sale, now, recover, reversals, state_at_host

NewBench = Callable[..., MemoryBench]
JUMPS = (
    timedelta(minutes=2),
    timedelta(hours=-1),
    timedelta(days=1),
    timedelta(days=-1),
    timedelta(days=-20_000),  # 1971: the battery of the clock was empty
)
every_jump = pytest.mark.parametrize("jump", JUMPS, ids=str)


@every_jump
def test_f06_jump_while_waiting_neither_ends_nor_prolongs_it(
    bench: MemoryBench, jump: timedelta
) -> None:
    start_refund(bench)
    bench.host.faults.arm("host.no_answer", {"booked": True})
    bench.keys("ENTER").run(30.0)
    bench.clock.wrong_by = jump
    bench.run(28.0)
    assert bench.screen == "host.wait"
    bench.run(ANSWER_S - 58.0)
    assert (bench.screen, outcomes(bench)) == ("refund.unknown", ["unknown"])


@every_jump
def test_f06_jump_shortens_no_message_life_and_drops_no_unknown(
    bench: MemoryBench, jump: timedelta
) -> None:
    bench.host.faults.arm("host.no_answer", {"booked": True})
    refund(bench, wait_s=ANSWER_S)
    leave(bench)
    bench.clock.wrong_by = jump
    bench.keys("MENU 3 1 ENTER")
    assert bench.screen == "pending.one", "its message may still arrive"
    bench.keys("CANCEL").power_cut()
    bench.power_on()
    bench.log_on().run(LIFE_S)
    settle(bench, was_refunded=True)
    check_books(bench)


@every_jump
def test_f06_jump_drops_no_reversal(bench: MemoryBench, jump: timedelta) -> None:
    one = lost_sale(bench)
    bench.clock.wrong_by = jump
    bench.run(LIFE_S)
    recover(bench)
    assert now(bench, one).outcome.value == "reversed", "the host's clock says that it is its day"
    assert len(reversals(bench)) == 1
    assert state_at_host(bench, one) == "reversed"


@every_jump
def test_f06_unknown_refund_is_found_whatever_the_clock_says(
    tmp_path: Path, jump: timedelta
) -> None:
    bench = till(tmp_path, INQUIRING)
    one = lost_refund(bench)
    bench.clock.wrong_by = jump
    rest(bench)
    assert now(bench, one).outcome.value == "approved"
    check_books(bench)

"""A reversal that overtakes its message: what 00 and 25 mean before, and after, its life."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal.domain.history import whole
from terminal.domain.host_profile import HostProfile
from terminal.flows import recovery
from terminal.flows.recovery_due import again_in_s
from terminal.ui.text import Text
from tests.scenarios.cashier import says
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut
from tests.scenarios.reversals import (
    MESSAGE_LIFE_S,
    begin,
    lost_sale,
    now,
    recover,
    restart,
    reversals,
    state_at_host,
    to_idle,
)

DAY_S = 86_400.0


def next_day(bench: MemoryBench) -> None:
    """The shop closes, and opens again a day later."""
    bench.power_cut()
    bench.clock.now_s += DAY_S
    bench.power_on()
    bench.run(4.0)
    bench.log_on()
    to_idle(bench)


@pytest.mark.parametrize("code", ["00", "25"])
def test_f57_too_early_is_no_try_and_is_asked_once_more_after_the_life(
    bench: MemoryBench, code: str
) -> None:
    one = lost_sale(bench, booked=False)
    if code == "25":
        bench.host.faults.arm("host.decline", {"code": "25", "mti": "0400"})
    assert recover(bench) == "clear"
    early = now(bench, one)
    assert (early.outcome.value, early.reversal_tries) == ("to_reverse", 0)
    assert not recovery.due(bench.runtime.facts)
    assert recover(bench) == "clear"
    assert len(reversals(bench)) == 1
    bench.run(MESSAGE_LIFE_S)
    assert recovery.due(bench.runtime.facts)
    assert recover(bench) == "clear"
    assert now(bench, one).outcome.value == "reversed"
    assert len(reversals(bench)) == 2


def test_host_that_tells_found_from_not_found_needs_no_second_question(
    new_bench: Callable[..., MemoryBench],
) -> None:
    bench = new_bench(profile=HostProfile(reversal_not_found_is_00=False))
    one = lost_sale(bench)
    assert recover(bench) == "clear"
    assert now(bench, one).outcome.value == "reversed"
    assert len(reversals(bench)) == 1


def test_answer_to_an_early_copy_can_not_pass_for_the_final_one(bench: MemoryBench) -> None:
    one = lost_sale(bench, booked=False)
    bench.run(30.0)
    bench.host.faults.arm("host.no_answer", {"mti": "0400", "booked": False})
    recover(bench)
    assert now(bench, one).reversal_tries == 1
    bench.run(MESSAGE_LIFE_S - 60.0)
    assert again_in_s(bench.runtime.facts, now(bench, one)) == 0, "its caller waits for nothing"
    recover(bench)
    early = now(bench, one)
    assert (early.outcome.value, early.reversal_early) == ("to_reverse", True)
    bench.run(MESSAGE_LIFE_S)
    recover(bench)
    assert now(bench, one).outcome.value == "reversed"
    assert len(reversals(bench)) == 3


def test_life_counts_from_the_last_early_copy(bench: MemoryBench) -> None:
    one = lost_sale(bench, booked=False)
    bench.run(60.0)
    recover(bench)
    bench.run(MESSAGE_LIFE_S - 60.0)
    assert not recovery.due(bench.runtime.facts)
    bench.run(60.0)
    recover(bench)
    assert now(bench, one).outcome.value == "reversed"


def test_display_says_when_it_is_asked_again(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    begin(bench, recovery.call(bench.runtime.facts))
    bench.run(1.0)
    assert bench.screen == "recovery.told"
    assert says(bench, Text.REVERSAL_EARLY)
    assert 0 < again_in_s(bench.runtime.facts, now(bench, one)) <= 90


def test_life_begins_anew_with_a_restart_and_early_stays_early(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    recover(bench)
    bench.run(MESSAGE_LIFE_S)
    restart(bench)
    assert now(bench, one).reversal_early
    assert not recovery.due(bench.runtime.facts)
    bench.run(MESSAGE_LIFE_S)
    assert recover(bench) == "clear"
    assert now(bench, one).outcome.value == "reversed"


def test_power_cut_while_it_waited_is_reversed_with_06_and_early(bench: MemoryBench) -> None:
    assert cut(bench, lost_sale, "host has it")
    restart(bench)
    assert [m.text(39) for m in reversals(bench)] == ["06"]
    (one,) = bench.runtime.facts.books.unresolved.values()
    assert one.reversal_early


def test_answer_of_another_day_is_a_persons(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    next_day(bench)
    assert state_at_host(bench, one) == "booked"
    assert now(bench, one).outcome.value == "manual"


def test_early_and_asked_again_only_on_another_day_is_a_persons(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    recover(bench)
    assert now(bench, one).reversal_early
    next_day(bench)
    bench.run(MESSAGE_LIFE_S)
    recover(bench)
    assert now(bench, one).outcome.value == "manual"


def test_host_whose_day_has_ended_before_ours_is_a_persons(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)
    bench.host.faults.arm("host.field", {"number": 13, "value": "0616", "mti": "0400"})
    recover(bench)
    assert now(bench, one).outcome.value == "manual"


def test_journal_tells_an_early_one_as_the_books_do(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    recover(bench)
    early = now(bench, one)
    assert early.reversal_early
    assert whole(bench.records(), one.record) == early

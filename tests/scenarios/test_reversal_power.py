"""The power goes at every moment of a reversal: none disappears, and none is believed too soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.domain.host_profile import HostProfile
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, moments_of
from tests.scenarios.reversals import (
    good_sale,
    lost_sale,
    lost_void,
    now,
    recover,
    restart,
    reversals,
    state_at_host,
)

LIFE_S = 5
PARTS = 3


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    profile = HostProfile(message_life_s=LIFE_S, reversal_tries=10, answer_timeout_s=5)
    return MemoryBench(tmp_path, profile=profile).set_up().log_on()


def work_up(bench: MemoryBench) -> None:
    for _ in range(3):
        bench.run(LIFE_S + 1.0)
        recover(bench)


def test_try_is_counted_on_disk_before_it_leaves(bench: MemoryBench) -> None:
    lost_sale(bench)
    names = [n for n in moments_of(bench, recover) if "display" not in n]
    sent = names.index("write acquirer")
    assert "after Persist" in names[:sent]
    assert names.count("write acquirer") == 1
    assert "after Persist" in names[sent:]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("is_booked", [True, False])
def test_f63_cut_at_every_moment_ends_as_reversed(
    bench: MemoryBench, part: int, is_booked: bool
) -> None:
    lost_sale(bench, booked=is_booked)
    bench.run(LIFE_S + 1.0)
    total = len(moments_of(bench, recover))
    assert total > 20
    for number in range(1 + part, total + 1, PARTS):
        one = lost_sale(bench, booked=is_booked)
        bench.run(LIFE_S + 1.0)
        assert cut(bench, recover, number), f"moment {number} of {total}"
        restart(bench)
        assert now(bench, one).outcome.value in ("to_reverse", "reversed")
        work_up(bench)
        assert now(bench, one).outcome.value == "reversed"
        assert state_at_host(bench, one) == ("reversed" if is_booked else "")
        assert {int(m.text(11)) for m in reversals(bench)[-1:]} == {one.intent.stan}


def test_f63_cut_at_every_moment_of_a_void_leaves_its_sale_standing(bench: MemoryBench) -> None:
    for number in range(1, 60, 9):
        paid = good_sale(bench)
        void = lost_void(bench, paid)
        cut(bench, recover, number)
        restart(bench)
        work_up(bench)
        assert now(bench, void).outcome.value == "reversed"
        assert state_at_host(bench, paid) == "booked"


def test_cut_of_the_sale_itself_after_the_host_has_it_is_reversed(bench: MemoryBench) -> None:
    assert cut(bench, lost_sale, "host has it")
    restart(bench)
    work_up(bench)
    record = bench.records("intent")[-1].number
    one = bench.runtime.facts.books.transaction(record)
    assert one is not None
    assert one.outcome.value == "reversed"
    assert reversals(bench)[0].text(39) == "06"
    assert state_at_host(bench, one) == "reversed"

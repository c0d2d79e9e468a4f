"""The power goes at every moment of a settlement: it goes on where it was, and nothing twice."""

from __future__ import annotations

import pytest

from terminal.flows import settlement
from tests.scenarios.cashier import leave, refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, moments_of, start_again
from tests.scenarios.test_settlement_upload import moved, uploads
from tests.scenarios.trading_day import hosts_batch, settled, settling, slip, sold

PARTS = 4  # of the exhaustive run: each takes every fourth moment


@pytest.fixture
def bench(bench: MemoryBench) -> MemoryBench:
    """The host counts one fen more than there is, always."""
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    return bench


def short_day(bench: MemoryBench) -> MemoryBench:
    """A sale and a refund of one fen, up to the idle screen."""
    sold(bench)
    refund(bench, "1")
    return leave(bench)


def whole_settlement(bench: MemoryBench) -> None:
    settled(bench, 20.0)


def closed_batches(bench: MemoryBench) -> int:
    return len(bench.records("batch_closed"))


def check(bench: MemoryBench, batch: int) -> None:
    """Both sides have closed the batch, with each record once, and the shop has its slip."""
    assert hosts_batch(bench, batch)["state"] == "closed"
    assert not settlement.in_progress(bench.runtime.facts)
    assert [r.body["batch"] for r in bench.records("batch_closed")] == list(range(2, batch + 1))
    assert bench.runtime.facts.books.batch == batch + 1
    assert uploads(bench, batch) == moved(bench, batch)
    assert f"{batch:06d}" in slip(bench)
    assert "SETTLEMENT" in slip(bench)
    stans = [r.body["stan"] for r in bench.records() if r.kind in ("stan", "settle_asked")]
    assert len(stans) == len(set(stans))


@pytest.mark.parametrize("part", range(PARTS))
def test_f82_cut_at_every_moment_goes_on_where_it_stopped(bench: MemoryBench, part: int) -> None:
    total = len(moments_of(short_day(bench), whole_settlement))
    check(bench, 2)
    assert total > 60
    for number in range(1 + part, total + 1, PARTS):
        batch = short_day(bench).runtime.facts.books.batch
        assert cut(bench, whole_settlement, number), f"moment {number} of {total}"
        start_again(bench)
        if bench.runtime.facts.books.batch == batch:
            settled(bench, 20.0)
        check(bench, batch)


def test_f84_cut_between_slip_and_close_prints_it_again_before_the_batch_is_rolled(
    bench: MemoryBench,
) -> None:
    short_day(bench)
    assert cut(bench, whole_settlement, "after Print")
    start_again(bench)
    assert settlement.in_progress(bench.runtime.facts)
    assert not closed_batches(bench)
    before = len(bench.printer.slips)
    settling(bench, 20.0)
    assert len(bench.printer.slips) == before + 1
    check(bench, 2)

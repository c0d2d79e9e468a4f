"""The control: what the real firmware leaves behind violates nothing, power cut or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, LIFE_S, SALE, leave, settle, start_refund
from tests.scenarios.power_moments import start_again
from tests.scenarios.sales import EARLY_S, menu, sell, start_sale
from tests.simulation.check_run import read_run
from tests.simulation.checker import check
from tests.simulation.simdisk_vfs import SimulatedDisks
from tests.simulation.watched_bench import WatchedBench


@pytest.fixture
def bench() -> Iterator[WatchedBench]:
    disks = SimulatedDisks("controlled-shop")
    made = WatchedBench(disks)
    made.set_up().log_on()
    yield made
    made.power_cut()
    disks.unregister()


def refund(bench: WatchedBench, amount: str, wait_s: float = 1.0) -> None:
    start_refund(bench, amount)
    bench.wish("refund", str(bench.sale(**SALE)["rrn"]), int(amount))
    bench.keys("ENTER").run(wait_s)
    leave(bench)


def test_lost_refund_is_settled_by_hand_after_a_cut(bench: WatchedBench) -> None:
    refund(bench, "1200")
    bench.host.faults.arm("host.no_answer", {"booked": True})
    refund(bench, "300", ANSWER_S)
    assert check(bench.evidence()) == ()
    start_again(bench)
    bench.run(LIFE_S)
    settle(bench, was_refunded=True)
    bench.settled[2, 3] = True
    evidence = bench.evidence(calm=True)
    run = read_run(evidence)
    assert [case.outcome for case in run.cases] == ["approved", "done_by_hand"]
    assert run.is_settled
    assert check(evidence) == ()


def test_lost_sale_is_reversed(bench: WatchedBench) -> None:
    start_sale(bench)
    bench.wish("sale", "", 10000)
    bench.keys("ENTER").run(1.0)
    leave(bench)
    bench.wish("sale", "", 5000)
    bench.host.faults.arm("host.no_answer", {"booked": True, "mti": "0200"})
    sell(bench, amount="5000", wait_s=ANSWER_S + 5.0)
    leave(bench)
    bench.run(EARLY_S)
    menu(bench, Text.MENU_SALE).run(10.0)
    evidence = bench.evidence(calm=True)
    assert [case.outcome for case in read_run(evidence).cases] == ["approved", "reversed"]
    assert check(evidence) == ()


def test_host_that_books_twice_is_seen(bench: WatchedBench) -> None:
    refund(bench, "1200")
    evidence = bench.evidence()
    copy = dict(evidence.bookings[-1]) | {"stan": "000099", "rrn": "061500009999"}
    doubled = bench.evidence(bookings=(*evidence.bookings, copy))
    assert "INV-1" in {violation.invariant for violation in check(doubled)}

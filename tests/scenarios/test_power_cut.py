"""The power goes at every moment of a refund: nothing is lost, nothing is paid twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    booked,
    check_books,
    has_shown_approved,
    leave,
    outcomes,
    refund,
    says,
)
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import cut, moments_of, start_again, work_up

PARTS = 4  # of the exhaustive run: each takes every fourth moment


@pytest.fixture
def bench(tmp_path: Path) -> MemoryBench:
    profile = HostProfile(message_life_s=5)
    return MemoryBench(tmp_path, profile=profile).set_up().log_on()


def small_refund(bench: MemoryBench) -> None:
    """One fen of a purchase that has a hundred yuan, up to the idle screen."""
    refund(bench, "1")
    leave(bench)


def back_to_work(bench: MemoryBench) -> None:
    """Restart, log-on, and the settling of what is unknown."""
    work_up(start_again(bench))


def log_on_again(bench: MemoryBench) -> None:
    """What follows a restart, to the idle screen."""
    bench.run(4.0).log_on()


def check_after_restart(bench: MemoryBench, before: int) -> None:
    """What was on its way is named on the idle screen, and never counted as not there."""
    unresolved = bench.runtime.facts.books.unresolved
    assert says(bench, Text.PENDING_COUNT) is bool(unresolved)
    assert len(unresolved) == outcomes(bench).count("sent")
    assert set(booked(bench)[before:]) <= {
        (r.body["batch"], r.body["stan"]) for r in bench.records("intent")
    }


def test_moments_are_in_the_order_that_is_promised(bench: MemoryBench) -> None:
    names = [n for n in moments_of(bench, small_refund) if "display" not in n]
    sent = names.index("write acquirer")
    assert "after Persist" in names[:sent]
    assert names.count("write acquirer") == 1
    assert names.index("host has it") < names.index("before Print")


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_f32_f61_f62_cut_at_every_moment_loses_nothing_and_pays_nothing_twice(
    bench: MemoryBench, part: int
) -> None:
    total = len(moments_of(bench, small_refund))
    assert total > 60
    for number in range(part, total + 1, PARTS):
        before, written = len(booked(bench)), len(bench.sent)
        assert cut(bench, small_refund, number), f"moment {number} of {total}"
        was_shown = has_shown_approved(bench, written)
        start_again(bench)
        assert not was_shown or outcomes(bench)[-1] == "approved"
        check_after_restart(bench, before)
        work_up(bench)
        check_books(bench)
        assert len(booked(bench)) <= before + 1
    small_refund(bench)
    check_books(bench)


@pytest.mark.parametrize("seed", range(3))
def test_second_cut_while_it_recovers_loses_nothing_either(bench: MemoryBench, seed: int) -> None:
    lot, total = Random(seed), len(moments_of(bench, small_refund))
    for _ in range(12):
        before = len(booked(bench))
        cut(bench, small_refund, lot.randint(1, total))
        bench.power_cut()
        bench.power_on()
        cut(bench, log_on_again, lot.randint(1, 60))
        back_to_work(bench)
        check_books(bench)
        assert len(booked(bench)) <= before + 1
    small_refund(bench)
    check_books(bench)


def test_second_cut_at_every_second_moment_after_the_host_has_booked_loses_nothing(
    bench: MemoryBench,
) -> None:
    rounds, was_cut = 0, True
    while was_cut:
        rounds += 1
        assert cut(bench, small_refund, "host has it")
        bench.power_cut()
        bench.power_on()
        was_cut = cut(bench, log_on_again, 2 * rounds)
        back_to_work(bench)
        check_books(bench)
    assert len(booked(bench)) == rounds > 10


def test_cut_while_a_supervisor_settles_leaves_it_settled_or_open(bench: MemoryBench) -> None:
    total = 0
    for number in range(1, 400, 7):
        bench.host.faults.arm("host.close", {"booked": bool(number % 2)})
        refund(bench, "1")
        leave(bench)
        if not cut(bench, work_up, number):
            break
        back_to_work(bench)
        check_books(bench)
        total += 1
    assert total > 5


def test_f61_power_cut_while_waiting_is_unknown_and_stays_so(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.late", {"delay_s": 30.0})
    refund(bench, "1", wait_s=2.0)
    start_again(bench)
    bench.run(60.0)
    assert outcomes(bench) == ["sent"]
    assert len(bench.runtime.facts.books.unresolved) == 1
    work_up(bench)
    assert outcomes(bench) == ["done_by_hand"]


def test_f70_approved_refund_that_was_cut_before_its_slip_can_be_printed(
    bench: MemoryBench,
) -> None:
    assert cut(bench, small_refund, "before Print")
    start_again(bench)
    assert (outcomes(bench), bench.printer.slips) == (["approved"], ())
    bench.keys("MENU 2").run(20.0)
    assert [slip.cut for slip in bench.printer.slips] == [True, True]

"""The power goes at every call to the disk of a refund; what survives is any legal image."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random

import apsw
import pytest

from terminal.domain.host_profile import HostProfile
from terminal.journal.record import JournalFailed
from tests.scenarios.cashier import booked, check_books, has_shown_approved, leave, outcomes, refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import work_up
from tests.scenarios.recoveries import INQUIRING, finish, settings
from tests.simulation.simdisk import Call, Disk, PowerCut
from tests.simulation.simdisk_survivors import survivor
from tests.simulation.simdisk_vfs import SimulatedDisks

NAME = "shop"
IO_ERRORS = {"write": apsw.SQLITE_IOERR_WRITE, "sync": apsw.SQLITE_IOERR_FSYNC}


@pytest.fixture
def disks() -> Iterator[SimulatedDisks]:
    simulated = SimulatedDisks("simulated-shop")
    yield simulated
    simulated.unregister()


@pytest.fixture
def bench(disks: SimulatedDisks) -> Iterator[MemoryBench]:
    disks.mount(NAME, Disk())
    profile = HostProfile(message_life_s=5)
    made = MemoryBench(Path("/", NAME), profile=profile, vfs=disks.name)
    yield made.set_up().log_on()
    made.power_cut()


def small_refund(bench: MemoryBench) -> None:
    refund(bench, "1")
    leave(bench)


def come_back(bench: MemoryBench, disks: SimulatedDisks, lot: Random) -> None:
    """The power is back: one of the images that the disk may hold."""
    bench.power_cut()
    disks.mount(NAME, survivor(disks.disk(NAME), lot))
    bench.power_on()


def begin_work(bench: MemoryBench) -> None:
    bench.run(4.0)
    assert bench.screen == "logon", bench.rows
    work_up(bench.log_on())


def start(bench: MemoryBench) -> None:
    bench.power_on()
    begin_work(bench)


def calls_of_a_refund(bench: MemoryBench, disks: SimulatedDisks) -> int:
    before = disks.disk(NAME).calls
    small_refund(bench)
    return disks.disk(NAME).calls - before


@pytest.mark.parametrize("seed", range(2))
def test_f30_cut_at_every_disk_call_of_a_refund_loses_nothing(
    bench: MemoryBench, disks: SimulatedDisks, seed: int
) -> None:
    lot, calls = Random(seed), calls_of_a_refund(bench, disks)
    assert calls > 10
    for number in range(1, calls + 1):
        before, written = len(booked(bench)), len(bench.sent)
        disk = disks.disk(NAME)
        disk.cut_at = disk.calls + number
        with pytest.raises(PowerCut):
            small_refund(bench)
        come_back(bench, disks, lot)
        if has_shown_approved(bench, written):
            assert outcomes(bench)[-1] == "approved"
        begin_work(bench)
        check_books(bench)
        assert len(booked(bench)) <= before + 1


def test_second_cut_at_the_disk_calls_of_the_start_loses_nothing(
    bench: MemoryBench, disks: SimulatedDisks
) -> None:
    lot, calls = Random(7), calls_of_a_refund(bench, disks)
    for number in range(1, 30):
        disk = disks.disk(NAME)
        disk.cut_at = disk.calls + lot.randint(1, calls)
        with pytest.raises(PowerCut):
            small_refund(bench)
        bench.power_cut()
        disks.mount(NAME, survivor(disk, lot))
        disks.disk(NAME).cut_at = number
        with pytest.raises(PowerCut):
            start(bench)
        come_back(bench, disks, lot)
        begin_work(bench)
        check_books(bench)


def failing(operation: str, after: int) -> Callable[[Call], int | None]:
    """An I/O error at one call of this kind, after so many good ones."""
    seen = count()

    def faults(call: Call) -> int | None:
        is_it = call.operation == operation and next(seen) == after
        return IO_ERRORS[operation] if is_it else None

    return faults


def test_f64_approval_whose_result_can_not_be_stored_is_not_shown_and_is_asked_about(
    disks: SimulatedDisks,
) -> None:
    disks.mount(NAME, Disk())
    bench = MemoryBench(Path("/", NAME), vfs=disks.name, **settings(INQUIRING)).set_up().log_on()
    written = len(bench.sent)

    def fail_from_now_on(moment: str) -> None:
        if moment == "host has it":
            disks.disk(NAME).faults = lambda call: IO_ERRORS.get(call.operation)

    bench.on_moment = fail_from_now_on
    with pytest.raises(JournalFailed):
        small_refund(bench)
    bench.on_moment = None
    assert len(booked(bench)) == 1
    assert not has_shown_approved(bench, written)
    disks.disk(NAME).faults = None
    come_back(bench, disks, Random(1))
    bench.run(4.0)
    finish(bench.log_on(), 60.0)
    assert outcomes(bench) == ["approved"]
    check_books(bench)
    bench.power_cut()


@pytest.mark.parametrize("operation", ["write", "sync"])
def test_f31_f64_disk_that_fails_stops_the_process_and_shows_nothing_that_is_not_stored(
    bench: MemoryBench, disks: SimulatedDisks, operation: str
) -> None:
    lot, failures = Random(3), 0
    for after in range(8):
        before, written = len(booked(bench)), len(bench.sent)
        disks.disk(NAME).faults = failing(operation, after)
        try:
            small_refund(bench)
        except JournalFailed:
            failures += 1
        disks.disk(NAME).faults = None
        come_back(bench, disks, lot)
        if has_shown_approved(bench, written):
            assert outcomes(bench)[-1] == "approved"
        begin_work(bench)
        check_books(bench)
        assert len(booked(bench)) <= before + 1
    assert failures > 3

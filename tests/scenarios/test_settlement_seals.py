"""Sealed card numbers go as soon as the last open case of a batch that is over is resolved."""

from __future__ import annotations

import pytest

from emulator.pad_core import SecureCore
from emulator.pad_keys import Reason, RefusedError
from tests.scenarios.cashier import ANSWER_S, LIFE_S, SUPERVISOR, leave, refund_with, settle
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.trading_day import settled, slip, sold


@pytest.fixture
def waiting(bench: MemoryBench) -> MemoryBench:
    """Batch 2 is over; one refund of it is still unknown, so its seal stays."""
    refund_with(bench, "host.no_answer", ANSWER_S, booked=False)
    settled(leave(bench)).run(LIFE_S)
    assert 2 in seals(bench)
    return bench


def seals(bench: MemoryBench) -> set[int]:
    """The batches whose cards the pad can open."""
    return set(bench.keypad._core._state.sealing)


def sealed_numbers(bench: MemoryBench) -> list[bytes]:
    """What the journal still holds of cards, sealed."""
    history = bench.runtime.facts.history
    assert history is not None
    found = (history.sealed(r.number) for r in bench.records("intent"))
    return [sealed for sealed in found if sealed]


def test_resolved_case_takes_its_sealed_number_along(waiting: MemoryBench) -> None:
    assert sealed_numbers(waiting)
    settle(waiting, was_refunded=False)
    leave(waiting).run(1.0)
    assert not sealed_numbers(waiting)
    assert 2 not in seals(waiting)
    assert waiting.records("seal_destroyed")[-1].body == {"batch": 2}
    assert waiting.screen == "idle"


@pytest.fixture
def given_again(bench: MemoryBench) -> MemoryBench:
    """The second batch of number 2; a refund of the first is still unknown."""
    refund_with(bench, "host.no_answer", ANSWER_S, booked=False)
    sold(leave(bench))
    bench.host.faults.arm("host.bad_upload", {"code": "96"}, 0)
    settled(bench)
    for _ in range(bench.runtime.facts.profile.reversal_tries - 1):
        bench.keys("ENTER").run(5.0)
    bench.keys(f"MENU {SUPERVISOR}").run(20.0)  # the end is left out: the host never closes it
    bench.host.faults.clear()
    leave(bench.keys("MENU 4").run(5.0))
    assert bench.runtime.facts.books.batch == 2
    sold(bench)
    return bench


def test_number_that_is_given_again_costs_the_open_batch_no_seal(given_again: MemoryBench) -> None:
    bench = given_again.run(LIFE_S)
    settle(bench, was_refunded=False)
    leave(bench).run(1.0)
    assert bench.runtime.facts.books.batch_records == 1
    assert 2 in seals(bench)
    settled(bench)  # the host has counted both batches as one: details go up
    assert (bench.screen, bench.runtime.facts.books.batch) == ("idle", 3), bench.rows
    assert 2 not in seals(bench)
    assert not sealed_numbers(bench)


def test_f80_unresolved_refund_of_an_earlier_batch_of_the_same_number_is_named(
    given_again: MemoryBench,
) -> None:
    (refund,) = given_again.runtime.facts.books.unresolved.values()
    settled(given_again)
    assert given_again.runtime.facts.books.batch == 3
    assert f"{refund.intent.stan:06d}" in slip(given_again)
    assert "UNRESOLVED" in slip(given_again)
    assert 2 in seals(given_again)


def test_keypad_that_refuses_is_asked_once_and_again_after_the_next_start(
    waiting: MemoryBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def refuse(core: SecureCore, batch: int) -> None:
        asked.append(batch)
        raise RefusedError(Reason.NOT_UNDERSTOOD)

    with monkeypatch.context() as patched:
        patched.setattr(SecureCore, "destroy_seal", refuse)
        settle(waiting, was_refunded=False)
        leave(waiting).run(5.0)
    assert asked == [2]
    assert sealed_numbers(waiting)
    start_again(waiting)
    waiting.run(5.0)
    assert not sealed_numbers(waiting)
    assert 2 not in seals(waiting)


def test_unresolved_case_keeps_its_sealed_number_over_a_start(waiting: MemoryBench) -> None:
    start_again(waiting)
    waiting.run(5.0)
    assert sealed_numbers(waiting)
    assert 2 in seals(waiting)

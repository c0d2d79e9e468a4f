"""Numbers that were used before, one intent twice, and other firmware on open items."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from terminal.domain.host_profile import HostProfile, RecoveryStep
from tests.scenarios.cashier import (
    ANSWER_S,
    LIFE_S,
    booked,
    check_books,
    leave,
    outcomes,
    paid_minor,
    refund,
    refund_with,
    settle,
    start_refund,
)
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import (
    INQUIRING,
    RECOVERING,
    RESENDING,
    finish,
    lost_refund,
    rest,
    settings,
    till,
)
from tests.scenarios.trading_day import sent_messages

OTHER_CARDS: Final = "0608K0000004"  # a purchase with another card


def reset_twin(bench: MemoryBench, folder: Path, **setting: Any) -> MemoryBench:
    """The same terminal with a new journal and a new keypad: its numbers begin anew."""
    bench.power_cut()
    folder.mkdir()
    return MemoryBench(folder, ledger=bench.ledger, **setting).set_up().log_on()


def test_f36_number_that_the_host_has_seen_is_unknown_and_blocks_its_purchase(
    bench: MemoryBench, tmp_path: Path
) -> None:
    assert refund(bench, "4000") == "refund.approved"
    (first,) = bench.records("intent")
    twin = reset_twin(leave(bench), tmp_path / "twin")
    assert twin.runtime.facts.books.next_stan == first.body["stan"]
    assert refund(twin, "5000") == "refund.unknown"
    (result,) = twin.records("result")
    assert result.body["response_code"] == "94"
    twin.scan(twin.code(twin.sale(rrn="061400000012")))
    leave(twin)
    assert outcomes(twin) == ["unknown"]
    assert (paid_minor(twin), len(sent_messages(twin, "0220"))) == (4000, 1)


@pytest.mark.parametrize("steps", [RECOVERING, RESENDING, ("reverse", "manual")])
def test_f36_number_that_may_be_another_refunds_is_nobodys_but_a_persons(
    tmp_path: Path, steps: tuple[RecoveryStep, ...]
) -> None:
    first = till(tmp_path, steps)
    assert refund(first, "4000") == "refund.approved"
    twin = reset_twin(leave(first), tmp_path / "twin", **settings(steps))
    assert refund(twin, "4000", rrn=OTHER_CARDS) == "refund.unknown"
    rest(twin, LIFE_S)
    assert not twin.records("recovery_try")
    assert not twin.records("reversal_try")
    assert outcomes(twin) == ["unknown"]
    assert booked(first) == [(2, 2)]


def test_f12_second_press_of_enter_sends_nothing(bench: MemoryBench) -> None:
    start_refund(bench)
    bench.host.faults.arm("host.late", {"delay_s": 20.0})
    bench.keys("ENTER ENTER ENTER").run(25.0)
    leave(bench)
    assert len(booked(bench)) == len(bench.records("intent")) == 1
    assert len(sent_messages(bench, "0220")) == 1
    check_books(bench)


def updated(bench: MemoryBench, **files: Any) -> MemoryBench:
    """Other firmware, with other files, on the journal that is there."""
    bench.power_cut()
    bench.setting = replace(bench.setting, **files)
    bench.power_on()
    bench.run(4.0)
    return bench.log_on()


def test_f89_open_item_is_carried_over_to_a_profile_that_asks(tmp_path: Path) -> None:
    other = settings(INQUIRING)
    bench = MemoryBench(tmp_path, rules=other["rules"]).set_up().log_on()
    refund_with(bench, "host.no_answer", ANSWER_S, booked=True)
    finish(updated(leave(bench), device=bench._device(other["profile"])), 60.0)
    assert outcomes(bench) == ["approved"]
    check_books(bench)


def test_f89_open_item_is_carried_over_to_a_profile_that_does_not(tmp_path: Path) -> None:
    bench = till(tmp_path, INQUIRING)
    lost_refund(bench)
    bench.links["acquirer"].is_up = False
    before = dict(rest(bench).runtime.facts.books.unresolved)
    asked = len(sent_messages(bench, "0200"))
    new = {"refund_max_minor": 1}
    device = bench._device(HostProfile())
    updated(bench, device=device, parameters=bench._parameters(new)).run(LIFE_S)
    assert bench.runtime.facts.books.unresolved == before
    settle(bench, was_refunded=True)
    assert len(sent_messages(bench, "0200")) == asked
    check_books(bench)

"""While a settlement is not over no money moves; the idle screen says so, after a restart too."""

from __future__ import annotations

import pytest

from terminal.ui.text import Text
from tests.scenarios.eyes import shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.trading_day import a_day, settled


@pytest.fixture
def unfinished(bench: MemoryBench) -> MemoryBench:
    """The question was sent and never answered; the idle screen."""
    a_day(bench)
    bench.host.faults.arm("host.close", {"booked": True, "mti": "0500"})
    settled(bench, 5.0)
    assert bench.screen == "settlement.stuck"
    bench.keys("CANCEL")
    assert bench.screen == "idle"
    return bench


def test_idle_screen_says_so(unfinished: MemoryBench) -> None:
    assert shows(unfinished, Text.SETTLE_UNFINISHED)
    start_again(unfinished)
    assert shows(unfinished, Text.SETTLE_UNFINISHED)


def test_f83_refund_from_the_menu_goes_on_with_the_settlement(unfinished: MemoryBench) -> None:
    intents = len(unfinished.records("intent"))
    unfinished.keys("MENU 1").run(20.0)
    assert len(unfinished.records("intent")) == intents
    assert unfinished.records("batch_closed")
    assert not shows(unfinished, Text.SETTLE_UNFINISHED)


def test_f83_scanned_slip_begins_no_refund(unfinished: MemoryBench) -> None:
    intents = len(unfinished.records("intent"))
    unfinished.links["acquirer"].is_up = False
    unfinished.scan(unfinished.code(unfinished.sale(rrn="061400000012"))).run(2.0)
    assert not unfinished.screen.startswith("refund")
    assert len(unfinished.records("intent")) == intents

"""A host that has signed the terminal off: a sign-in comes first, then the settlement goes on."""

from __future__ import annotations

import pytest

from emulator.host.faults import Value
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.trading_day import a_day, hosts_batch, settled, settling, sold, upload_codes

SIGN_OFF_S = 70.0
SAYS_77 = (say(Text.HOST_SAYS_NO, code="77"), Text.REVERSAL_SIGN_IN, Text.HINT_SIGN_IN)
REFUSED: dict[str, Value] = {"number": 39, "value": "77"}


@pytest.fixture
def day(bench: MemoryBench) -> MemoryBench:
    """Totals that differ; the host has signed off a terminal that has not heard of it."""
    a_day(bench)
    bench.host.faults.arm("host.no_answer", {"booked": True, "mti": "0820"})
    leave(bench.keys("MENU 7").run(SIGN_OFF_S))
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    assert bench.runtime.facts.books.signed_in
    return bench


def wanted(bench: MemoryBench) -> list[str]:
    return [r.body["why"] for r in bench.records("sign_in_wanted")]


def test_f52_upload_goes_on_behind_a_sign_in(day: MemoryBench) -> None:
    settled(day)
    assert day.screen == "settlement.stuck", day.rows
    assert not missing(day, *SAYS_77)
    day.keys("ENTER").run(40.0)
    assert (wanted(day), len(day.records("signed_in"))) == (["77"], 2)
    assert upload_codes(day) == ["201", "000", "000", "202"]
    assert hosts_batch(day, 2)["state"] == "closed"
    assert day.runtime.facts.books.settling is None
    assert (day.screen, day.runtime.facts.books.batch) == ("idle", 3)


def test_f52_end_goes_on_behind_a_sign_in(bench: MemoryBench) -> None:
    sold(bench)
    bench.host.faults.arm("host.field", {**REFUSED, "mti": "0320"})
    settled(bench)
    assert not missing(bench, *SAYS_77)
    bench.keys("ENTER").run(40.0)
    assert (wanted(bench), upload_codes(bench)) == (["77"], ["207", "207"])
    assert bench.runtime.facts.books.settling is None


def test_f52_question_is_asked_anew_behind_a_sign_in(bench: MemoryBench) -> None:
    sold(bench)
    bench.host.faults.arm("host.field", {**REFUSED, "mti": "0500"})
    settled(bench)
    assert bench.screen == "settlement.refused"
    assert not missing(bench, *SAYS_77)
    bench.keys("ENTER").run(3.0)
    assert (wanted(bench), bench.screen) == (["77"], "settlement.confirm")
    bench.keys("ENTER").run(30.0)
    assert bench.runtime.facts.books.batch == 3


def test_f52_who_leaves_is_signed_in_and_finds_it_in_the_menu(day: MemoryBench) -> None:
    settled(day)
    day.keys("CANCEL").run(5.0)
    assert (day.screen, day.runtime.facts.books.signed_in) == ("idle", True)
    assert day.runtime.facts.books.settling is not None
    settling(day).run(40.0)
    assert day.runtime.facts.books.settling is None


def test_f52_without_a_sign_in_it_waits(day: MemoryBench) -> None:
    settled(day)
    day.links["acquirer"].is_up = False
    leave(day.keys("ENTER").run(15.0))
    assert not day.runtime.facts.books.signed_in
    settling(day)
    assert shows(day, Text.SIGN_IN_FIRST)
    day.links["acquirer"].is_up = True
    leave(leave(day).keys("MENU 4").run(5.0))
    settling(day).run(40.0)
    assert day.runtime.facts.books.settling is None


def test_f52_host_that_says_it_again_is_asked_again_as_often_as_somebody_wants(
    day: MemoryBench,
) -> None:
    settled(day)
    day.host.faults.arm("host.field", {**REFUSED, "mti": "0320"}, 2)
    for _ in range(2):
        day.keys("ENTER").run(5.0)
        assert not missing(day, *SAYS_77)
    day.keys("ENTER").run(40.0)
    assert (wanted(day), day.runtime.facts.books.settling) == (["77"] * 3, None)

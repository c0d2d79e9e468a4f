"""The host refuses a question of which an earlier copy may have closed the batch there (F83)."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.host.faults import Value
from terminal.domain.settling import QUESTION
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import leave, refund
from tests.scenarios.eyes import missing
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.test_settlement_silence import (
    SILENT_S,
    ends_when_balanced,
    leave_out,
    skipped,
)
from tests.scenarios.trading_day import a_day, hosts_batch, settled, settling, slip, upload_codes


@pytest.fixture
def lost(tmp_path: Path) -> MemoryBench:
    """The totals match, the host has closed the batch, and its answer was lost."""
    bench = a_day(ends_when_balanced(tmp_path))
    bench.host.faults.arm("host.no_answer", {"booked": True, "mti": "0500"})
    settled(bench, SILENT_S)
    assert (bench.screen, hosts_batch(bench, 2)["state"]) == ("settlement.stuck", "closed")
    return bench


def refuse(bench: MemoryBench, code: str = "96", times: int = 1) -> None:
    answer: dict[str, Value] = {"number": 39, "value": code, "mti": "0500"}
    bench.host.faults.arm("host.field", answer, times)


@pytest.mark.parametrize("is_cut", [False, True])
def test_f83_refusal_behind_a_lost_answer_opens_nothing(lost: MemoryBench, is_cut: bool) -> None:
    refuse(lost)
    if is_cut:
        settling(start_again(lost), 5.0)
    else:
        lost.keys("ENTER").run(5.0)
    assert not missing(lost, say(Text.HOST_SAYS_NO, code="96"), Text.HINT_GO_ON)
    assert (lost.screen, lost.records("settle_refused")) == ("settlement.stuck", [])
    intents = len(lost.records("intent"))
    leave(lost).keys("MENU 1").run(20.0)
    assert len(lost.records("intent")) == intents
    # Asked once more the host says what it has, and it is over.
    assert (lost.runtime.facts.books.settling, lost.runtime.facts.books.batch) == (None, 3)
    assert "BALANCED" in slip(lost)


def test_f83_answer_that_could_not_compare_opens_nothing_either(lost: MemoryBench) -> None:
    flags = "0" * 30 + "3" + "0" * 30 + "3"
    lost.host.faults.arm("host.field", {"number": 48, "value": flags, "mti": "0500"})
    lost.keys("ENTER").run(5.0)
    assert not missing(lost, say(Text.HOST_SAYS_NO, code="--"), Text.HINT_GO_ON)
    assert lost.runtime.facts.books.settling is not None


def test_f83_sign_in_comes_first_and_the_question_behind_it(lost: MemoryBench) -> None:
    refuse(lost, "77")
    lost.keys("ENTER").run(5.0)
    assert not missing(lost, Text.REVERSAL_SIGN_IN, Text.HINT_SIGN_IN)
    assert not lost.records("settle_refused")
    lost.keys("ENTER").run(40.0)
    assert (lost.runtime.facts.books.settling, lost.runtime.facts.books.batch) == (None, 3)


def test_f83_batch_that_is_refused_for_ever_is_closed_by_name(lost: MemoryBench) -> None:
    refuse(lost, times=0)
    for _ in range(2):
        lost.keys("ENTER").run(5.0)
    leave_out(lost)
    assert skipped(lost) == [(QUESTION, "10", "96")]
    assert (lost.screen, lost.runtime.facts.books.batch, upload_codes(lost)) == ("idle", 3, [])
    below = slip(lost).split("Closed without the host")[1]
    assert "96" in below
    assert "APPROVER" in below
    assert refund(lost, "1000", rrn="061100000007") == "refund.approved"


def test_f83_first_question_that_is_refused_leaves_the_batch_open(bench: MemoryBench) -> None:
    refuse(a_day(bench))
    settled(bench, 5.0)
    assert (bench.screen, len(bench.records("settle_refused"))) == ("settlement.refused", 1)
    leave(bench)
    assert refund(bench, "1000", rrn="061100000007") == "refund.approved"

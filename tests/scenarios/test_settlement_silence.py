"""A settlement whose messages are sent and never answered: counted, and left out by a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.host.config import HostProfile as HostRules
from terminal.domain.host_profile import HostProfile
from terminal.domain.settling import QUESTION
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, SUPERVISOR
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.test_settlement_upload import moved, uploads
from tests.scenarios.trading_day import a_day, hosts_batch, settled, settling, slip, upload_codes

SILENT_S = ANSWER_S + 20.0
DETAILS, REFUND, END = range(1, 4)


@pytest.fixture
def day(bench: MemoryBench) -> MemoryBench:
    """Two sales, a void and a refund; the host counts one fen more than there is."""
    a_day(bench)
    bench.host.faults.arm("host.wrong_totals", {"debit_delta": 1}, 0)
    return bench


def silent_to(bench: MemoryBench, item: int) -> None:
    """What the host answers is lost from this message of the upload on, each time it is sent."""
    seen = {"count": 0}

    def lose(actions: tuple[object, ...]) -> tuple[object, ...]:
        seen["count"] += 1
        return actions if seen["count"] < item + 1 else ()

    bench.links["acquirer"].twist = lose


def silent_thrice(bench: MemoryBench, item: int) -> MemoryBench:
    """As often as the profile wants before a person may decide."""
    silent_to(bench, item)
    settled(bench, SILENT_S)
    for _ in range(bench.runtime.facts.profile.reversal_tries - 1):
        assert not missing(bench, Text.HOST_GAVE_NO_ANSWER, Text.HINT_GO_ON)
        bench.keys("ENTER").run(SILENT_S)
    assert not missing(bench, Text.HOST_GAVE_NO_ANSWER, Text.HINT_GO_ON_OR_SKIP)
    bench.links["acquirer"].twist = None
    return bench


def leave_out(bench: MemoryBench, wait_s: float = 40.0) -> MemoryBench:
    """The supervisor puts a name to it."""
    bench.keys("MENU")
    assert bench.screen == "settlement.approval", bench.rows
    return bench.keys(SUPERVISOR).run(wait_s)


def ends_when_balanced(folder: Path) -> MemoryBench:
    """A host for which equal totals close the batch, and a terminal that knows it."""
    rules, profile = HostRules(batch_ends="balanced"), HostProfile(upload_end="when_unbalanced")
    return MemoryBench(folder, rules=rules, profile=profile).set_up().log_on()


def skipped(bench: MemoryBench) -> list[tuple[int, str, str]]:
    bodies = [r.body for r in bench.records("upload_skipped")]
    return [(body["item"], body["by"], body["why"]) for body in bodies]


def test_f81_refund_whose_upload_is_never_answered_stays_approved_and_is_named(
    day: MemoryBench,
) -> None:
    (refund,) = [t for t in day.runtime.facts.books.recent if t.intent.operation == "refund"]
    spent = day.runtime.facts.books.originals[refund.key].spent_minor
    leave_out(silent_thrice(day, REFUND))
    assert skipped(day) == [(REFUND, "10", "silent")]
    assert day.runtime.facts.books.originals[refund.key].spent_minor == spent == 4000
    assert refund in day.runtime.facts.books.recent
    assert not day.records("settled")
    # The host had it each time: its count is another one, until its end is left out as well.
    assert not missing(day, say(Text.HOST_SAYS_NO, code="95"))
    for _ in range(2):
        day.keys("ENTER").run(5.0)
    leave_out(day)
    assert day.runtime.facts.books.batch == 3
    assert len(uploads(day)) == len(moved(day))
    below = slip(day).split("NOT UPLOADED: BY HAND")[1]
    assert f"{refund.intent.stan:06d}" in below
    assert "No answer of the host" in below


def test_f81_details_that_never_arrive_are_left_out_and_the_rest_goes_up(day: MemoryBench) -> None:
    day.host.faults.arm("host.no_answer", {"booked": False, "mti": "0320"}, 3)
    settled(day, SILENT_S)
    for _ in range(2):
        day.keys("ENTER").run(SILENT_S)
    leave_out(day)
    assert (skipped(day), day.screen) == ([(DETAILS, "10", "silent")], "idle")
    assert hosts_batch(day, 2)["state"] == "closed"


def test_f81_end_that_is_never_answered_is_left_out(day: MemoryBench) -> None:
    leave_out(silent_thrice(day, END))
    assert skipped(day) == [(END, "10", "silent")]
    assert upload_codes(day) == ["201", "000", "202", "202", "202"]
    assert day.runtime.facts.books.batch == 3
    assert "End of the upload" in slip(day)


def test_silence_is_counted_over_a_restart_and_beside_refusals(day: MemoryBench) -> None:
    silent_to(day, DETAILS)
    settled(day, SILENT_S)
    day.links["acquirer"].twist = None
    start_again(day)
    silent_to(day, 0)
    settling(day, SILENT_S)
    day.links["acquirer"].twist = None
    day.host.faults.arm("host.bad_upload", {"code": "96"}, 0)
    day.keys("ENTER").run(5.0)
    assert not missing(day, say(Text.HOST_SAYS_NO, code="96"), Text.HINT_GO_ON_OR_SKIP)


def test_host_that_is_not_reached_has_left_nothing_unanswered(day: MemoryBench) -> None:
    settling(day)
    line = day.links["acquirer"]

    def hang_up(actions: tuple[object, ...]) -> tuple[object, ...]:
        line.is_up = False
        return actions

    line.twist = hang_up
    day.keys("ENTER").run(20.0)
    for _ in range(4):
        day.keys("ENTER").run(20.0)
    assert not missing(day, Text.HOST_NOT_REACHED, Text.HINT_GO_ON)
    assert not shows(day, Text.HINT_GO_ON_OR_SKIP)
    assert not day.records("upload_refused")


# ---- the question itself


@pytest.mark.parametrize("is_over", [False, True])
def test_f83_batch_whose_question_is_never_answered_is_closed_by_name(
    tmp_path: Path, is_over: bool
) -> None:
    """Whether or not the host has closed it: nothing of it is anything else than before."""
    bench = a_day(ends_when_balanced(tmp_path))
    bench.host.faults.arm("host.no_answer", {"booked": is_over, "mti": "0500"}, 0)
    settled(bench, SILENT_S)
    for _ in range(2):
        assert not shows(bench, Text.HINT_GO_ON_OR_SKIP)
        start_again(bench)
        settling(bench, SILENT_S)
    before = list(bench.runtime.facts.books.recent)
    leave_out(bench)
    assert skipped(bench) == [(QUESTION, "10", "silent")]
    assert (bench.screen, bench.runtime.facts.books.batch) == ("idle", 3)
    assert bench.runtime.facts.books.recent == before
    assert upload_codes(bench) == []
    for words in ("NOT COMPARED", "Closed without the host", "APPROVER", "UPLOADED 0"):
        assert " ".join(words.split()) in " ".join(slip(bench).split())


def test_f83_who_works_does_not_close_it_alone(bench: MemoryBench) -> None:
    a_day(bench)
    bench.host.faults.arm("host.no_answer", {"booked": False, "mti": "0500"}, 0)
    settled(bench, SILENT_S)
    for _ in range(2):
        bench.keys("ENTER").run(SILENT_S)
    bench.keys("MENU 01 ENTER")
    assert not missing(bench, Text.SKIP_QUESTION, Text.APPROVER_IS_REQUESTER)
    bench.keys("CANCEL CANCEL")
    assert bench.runtime.facts.books.settling is not None
    assert not bench.records("upload_skipped")

"""The host's day ends while a request is unresolved: what it has forgotten has not been undone.

Whether it is still the day of the request is the host's to say, whatever our own clock says.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from terminal.domain.host_profile import RecoveryStep
from tests.scenarios.cashier import ANSWER_S, LIFE_S, check_books, leave, refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import (
    INQUIRING,
    RECOVERING,
    RESENDING,
    REVERSING,
    UPLOADING,
    asked,
    finish,
    lost_refund,
    rest,
    till,
)
from tests.scenarios.reversals import now, state_at_host

FORGETS = {"forgets_after_days": 1}
LAST_MINUTES = timedelta(hours=23, minutes=58)
RIGHT, AHEAD, BEHIND = timedelta(), timedelta(minutes=2), timedelta(minutes=-2)
every_clock = pytest.mark.parametrize("wrong_by", [RIGHT, AHEAD, BEHIND], ids=str)
Steps = tuple[RecoveryStep, ...]


def at(bench: MemoryBench, time: timedelta, wrong_by: timedelta) -> MemoryBench:
    """The power was off until this time of the host's day; our clock is wrong by so much."""
    bench.power_cut()
    here = bench.clock.right_time() + timedelta(hours=8)
    passed = here - here.replace(hour=0, minute=0, second=0, microsecond=0)
    bench.clock.now_s += (time - passed).total_seconds() % 86_400.0
    bench.clock.wrong_by = wrong_by
    bench.power_on()
    bench.run(4.0)
    return bench.log_on()


@every_clock
def test_f06_reversal_that_is_not_found_after_the_hosts_midnight_is_a_persons(
    tmp_path: Path, wrong_by: timedelta
) -> None:
    bench = at(till(tmp_path, REVERSING, {"reversal_not_found": "25"}), LAST_MINUTES, wrong_by)
    one = lost_refund(bench)
    finish(bench, LIFE_S + 60.0)
    assert (now(bench, one).outcome.value, state_at_host(bench, one)) == ("manual", "booked")


@every_clock
def test_f06_refund_that_is_not_found_after_the_hosts_midnight_stays_unknown(
    tmp_path: Path, wrong_by: timedelta
) -> None:
    bench = at(till(tmp_path, INQUIRING, FORGETS), LAST_MINUTES, wrong_by)
    one = lost_refund(bench)
    bench.host.faults.arm("host.no_answer", {"mti": "0200"})
    finish(bench)
    findings = {r.body["finding"] for r in bench.records("recovery_answer")}
    assert now(bench, one).outcome.value == "unknown"
    assert findings == {"no_answer", "not_found_later"}


def test_f06_clock_that_is_put_right_in_between_makes_no_request_younger(tmp_path: Path) -> None:
    bench = at(till(tmp_path, INQUIRING, FORGETS), LAST_MINUTES, AHEAD)
    one = lost_refund(bench)
    at(bench, timedelta(minutes=2), RIGHT)
    finish(bench)
    assert now(bench, one).outcome.value == "unknown"


@every_clock
@pytest.mark.parametrize(
    "steps", [RESENDING, UPLOADING, RECOVERING], ids=["resend", "upload", "all"]
)
def test_f06_no_copy_leaves_that_may_arrive_after_the_hosts_midnight(
    tmp_path: Path, wrong_by: timedelta, steps: Steps
) -> None:
    bench = at(till(tmp_path, steps), LAST_MINUTES, wrong_by)
    assert refund(bench, rrn="061100000007") == "refund.approved"
    one = lost_refund(leave(bench))
    bench.host.faults.arm("host.no_answer", {"mti": "0200"}, count=0)
    finish(bench, 700.0)
    assert set(asked(bench, one)) <= {"0200"}
    assert now(bench, one).outcome.value == "unknown"


@pytest.mark.parametrize("wrong_by", [timedelta(hours=1), timedelta(hours=-1)], ids=str)
def test_f06_by_day_an_answer_says_what_time_it_is(tmp_path: Path, wrong_by: timedelta) -> None:
    bench = at(till(tmp_path, RESENDING), timedelta(hours=12), wrong_by)
    assert refund(bench, rrn="061100000007") == "refund.approved"
    one = lost_refund(leave(bench), booked=False)
    rest(bench)
    assert (now(bench, one).outcome.value, asked(bench, one)) == ("approved", ["0220"])
    check_books(bench)


def test_f06_after_a_start_a_sign_in_brings_the_time_before_a_copy_leaves(tmp_path: Path) -> None:
    bench = till(tmp_path, RESENDING)
    one = lost_refund(bench, booked=False)
    at(bench, timedelta(hours=12), RIGHT)
    rest(bench, ANSWER_S)
    assert len(bench.records("signed_in")) == 2
    assert (now(bench, one).outcome.value, asked(bench, one)) == ("approved", ["0220"])


def test_f06_sign_in_whose_time_is_not_ours_brings_none(tmp_path: Path) -> None:
    bench = till(tmp_path, RESENDING)
    one = lost_refund(bench, booked=False)
    at(bench, timedelta(hours=12), timedelta(minutes=30))
    rest(bench, ANSWER_S)
    assert len(bench.records("signed_in")) == 2
    assert (now(bench, one).outcome.value, asked(bench, one)) == ("unknown", [])

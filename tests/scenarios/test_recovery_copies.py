"""A copy of an unknown refund under its own number, resent or uploaded: booked once, whatever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.host.faults import Value
from terminal.domain.host_profile import RecoveryStep
from terminal.effects import DropSealed
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S, LIFE_S, check_books, leave, refund, refunds, says
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.recoveries import (
    RECOVERING,
    RESENDING,
    UPLOADING,
    about,
    arrives_now,
    asked,
    finish,
    first_copy,
    lost_refund,
    rest,
    till,
)
from tests.scenarios.reversals import now
from tests.scenarios.sales import menu
from tests.scenarios.trading_day import settled

MTI = {RESENDING: "0220", UPLOADING: "0320"}
EITHER = pytest.mark.parametrize("steps", [RESENDING, UPLOADING], ids=["resend", "upload"])
Till = Callable[..., MemoryBench]
Steps = tuple[RecoveryStep, ...]


@pytest.fixture
def make(tmp_path: Path) -> Till:
    return lambda *steps, **changes: till(tmp_path, *steps, **changes)


@EITHER
def test_refund_that_never_arrived_is_booked_by_its_copy(make: Till, steps: Steps) -> None:
    bench = make(steps)
    one = lost_refund(bench, booked=False)
    rest(bench)
    done = now(bench, one)
    assert (done.outcome.value, done.recovered) == ("approved", steps[0])
    assert asked(bench, one) == [MTI[steps]]
    assert done.printed == ("merchant", "customer")
    assert {str(b["rrn"]) for b in refunds(bench)} == {done.rrn}
    check_books(bench)


@EITHER
def test_copy_carries_the_intents_number_and_batch_and_no_stripe(make: Till, steps: Steps) -> None:
    bench = make(steps)
    one = lost_refund(bench, booked=False)
    rest(bench)
    (copy,) = about(bench, one)
    assert int(copy.text(11)) == one.intent.stan
    assert int(copy.text(60)[2:8]) == one.intent.batch
    assert copy.text(2) == bench.card("debit").pan
    assert not {35, 36, 52, 53} & set(copy.fields)
    assert 64 in copy.fields


@EITHER
def test_first_copy_that_comes_late_is_not_booked_again(make: Till, steps: Steps) -> None:
    bench = make(steps)
    one = lost_refund(bench, booked=False)
    frame = first_copy(bench)
    rest(bench)
    arrives_now(bench, frame)
    assert now(bench, one).outcome.value == "approved"
    check_books(bench)


def test_f48_host_that_answers_94_to_a_copy_has_seen_it_and_says_no_more(make: Till) -> None:
    bench = make(RESENDING)
    one = lost_refund(bench)
    finish(bench)
    codes = [r.body["response_code"] for r in bench.records("recovery_answer")]
    assert codes == ["94"] * 3
    assert now(bench, one).outcome.value == "unknown"
    bench.keys("MENU 3 1")
    assert bench.screen == "pending.one"


def test_host_that_answers_as_it_did_ends_it_with_the_first_copys_numbers(make: Till) -> None:
    bench = make(RESENDING, {"duplicate": "old_answer"})
    one = lost_refund(bench)
    rest(bench)
    done = now(bench, one)
    assert (done.outcome.value, done.rrn) == ("approved", str(refunds(bench)[-1]["rrn"]))
    check_books(bench)


def test_upload_of_what_the_host_has_booked_is_known_there(make: Till) -> None:
    bench = make(UPLOADING)
    one = lost_refund(bench)
    rest(bench)
    assert now(bench, one).outcome.value == "approved"
    assert len(refunds(bench)) == 1
    check_books(bench)


@EITHER
@pytest.mark.parametrize(
    ("fault", "params"),
    [
        ("host.field", {"number": 39, "value": "51"}),
        ("host.field", {"number": 39, "value": "25"}),
        ("host.field", {"number": 39, "value": "09"}),
        ("host.field", {"number": 4, "value": "000000000001"}),
        ("host.no_mac", {}),
        ("host.wrong_mac", {}),
        ("host.no_answer", {"booked": True}),
    ],
)
def test_nothing_but_a_believed_approval_is_final(
    make: Till, steps: Steps, fault: str, params: dict[str, Value]
) -> None:
    bench = make(steps, {"duplicate": "old_answer"})
    one = lost_refund(bench, booked=False)
    bench.host.faults.arm(fault, {**params, "mti": MTI[steps]})
    rest(bench)
    assert now(bench, one).outcome.value == "unknown"
    rest(bench, 31.0)
    assert now(bench, one).outcome.value == "approved"
    assert len(refunds(bench)) == 1
    check_books(bench)


def test_copy_begins_the_life_of_the_message_anew(make: Till) -> None:
    bench = make(RESENDING)
    one = lost_refund(bench)
    rest(bench, 31.0)
    assert len(asked(bench, one)) == 2
    assert bench.runtime.facts.life_left_s(one.record) > 80
    assert bench.runtime.facts.settle_wait_s(one.record) > 80


@EITHER
def test_without_the_card_number_it_is_a_persons(make: Till, steps: Steps) -> None:
    bench = make(steps)
    one = lost_refund(bench)
    bench.runtime._perform(DropSealed((one.record,)))
    rest(bench)
    assert asked(bench, one) == []
    assert [r.body["finding"] for r in bench.records("recovery_answer")] == ["impossible"]
    bench.run(LIFE_S).keys("MENU 3 1")
    assert bench.screen == "pending.one"


@EITHER
def test_another_day_nothing_is_sent_again(make: Till, steps: Steps) -> None:
    """A host may forget by then that it has booked it."""
    bench = make(steps)
    one = lost_refund(bench)
    sent = len(about(bench, one))
    bench.power_cut()
    bench.clock.now_s += 86_400.0
    bench.power_on()
    bench.run(4.0)
    bench.log_on()
    bench.run(LIFE_S).keys("MENU 3 1")
    assert bench.screen == "pending.one"
    assert len(about(bench, one)) == sent


def test_f41_inquiry_first_then_a_copy_then_a_person(make: Till) -> None:
    bench = make(RECOVERING)
    one = lost_refund(bench)
    bench.host.faults.arm("host.field", {"number": 39, "value": "96", "mti": "0200"}, count=0)
    finish(bench, 700.0)
    assert asked(bench, one) == ["0200"] * 3 + ["0220"] * 3
    assert now(bench, one).outcome.value == "unknown"
    assert len(refunds(bench)) == 1


def test_refund_to_a_wallet_is_sent_again_without_a_card(make: Till) -> None:
    bench = make(RESENDING)
    sale = next(s for s in bench.host.sales() if s["voucher"])
    bench.host.faults.arm("host.no_answer", {"booked": False})
    bench.scan(bench.code(sale)).keys("ENTER 1 2580 ENTER ENTER").run(61.0)
    (one,) = bench.runtime.facts.books.unresolved.values()
    rest(bench)
    (copy,) = about(bench, one)
    assert (copy.text(22), 2 in copy.fields, 59 in copy.fields) == ("032", False, True)
    assert now(bench, one).outcome.value == "approved"
    assert refund(bench) == "refund.approved"
    leave(bench)
    check_books(bench)


@EITHER
def test_no_copy_leaves_while_a_settlement_is_open(make: Till, steps: Steps) -> None:
    bench = make(steps)
    bench.host.faults.arm("host.no_answer", {"booked": False}, 0)
    refund(bench, wait_s=ANSWER_S)
    (one,) = bench.runtime.facts.books.unresolved.values()
    rest(bench, ANSWER_S + 2.0)
    before = asked(bench, one)
    assert before
    settled(bench, ANSWER_S + 5.0)
    assert bench.screen == "settlement.stuck"
    bench.keys("CANCEL")
    bench.host.faults.clear()
    finish(bench)
    assert asked(bench, one) == before
    menu(bench, Text.MENU_PENDING).keys("1")
    assert says(bench, Text.ASKED_AFTER_SETTLEMENT)
    bench.keys("CANCEL CANCEL")
    settled(bench, 20.0)
    assert [r.body["batch"] for r in bench.records("batch_closed")] == [one.intent.batch]

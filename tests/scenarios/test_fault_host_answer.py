"""The host does not answer, or answers badly: what is not certain is unknown, never more."""

from __future__ import annotations

import pytest

from tests.scenarios.cashier import (
    ANSWER_S,
    booked,
    outcomes,
    paid_minor,
    refund,
    refund_with,
    refunds,
    whole_slips,
)
from tests.scenarios.memory_bench import MemoryBench

WRONG_FIELDS = (
    (3, "000000"),
    (4, "000000000001"),
    (49, "840"),
    (60, "22000002000501"),
    (60, "25000009000501"),
    (39, ""),
    (4, ""),
    (3, ""),
)
NOT_OURS = ((11, "000999"), (41, "87654321"), (42, "898310058120002"), (11, ""), (41, ""))


def result(bench: MemoryBench) -> dict[str, object]:
    return dict(bench.records("result")[-1].body)


def check_unknown(bench: MemoryBench, *, is_booked: bool) -> None:
    assert bench.screen == "refund.unknown", bench.rows
    assert outcomes(bench) == ["unknown"]
    assert len(booked(bench)) == int(is_booked)
    assert "95516" in bench.rows
    assert not bench.printer.slips
    assert len(bench.runtime.facts.books.unresolved) == 1


@pytest.mark.parametrize("is_booked", [True, False])
def test_f41_silence_is_unknown_whether_booked_or_not(bench: MemoryBench, is_booked: bool) -> None:
    refund_with(bench, "host.no_answer", booked=is_booked, wait_s=ANSWER_S)
    check_unknown(bench, is_booked=is_booked)


@pytest.mark.parametrize("is_booked", [True, False])
def test_closed_line_after_the_request_is_unknown(bench: MemoryBench, is_booked: bool) -> None:
    refund_with(bench, "host.close", booked=is_booked)
    check_unknown(bench, is_booked=is_booked)


def test_waiting_is_shown_until_the_time_out(bench: MemoryBench) -> None:
    assert refund_with(bench, "host.no_answer", wait_s=58.0) == "host.wait"
    bench.keys("CANCEL CLEAR ENTER")
    assert bench.screen == "host.wait"


def test_late_answer_in_time_is_an_answer(bench: MemoryBench) -> None:
    assert refund_with(bench, "host.late", delay_s=55.0, wait_s=57.0) == "refund.approved"
    assert outcomes(bench) == ["approved"]


def test_f43_reply_after_timeout_is_not_booked_twice(bench: MemoryBench) -> None:
    refund_with(bench, "host.late", delay_s=70.0, wait_s=80.0)
    check_unknown(bench, is_booked=True)
    assert outcomes(bench) == ["unknown"]
    assert not whole_slips(bench, "APPROVED")


@pytest.mark.parametrize("fault", ["host.wrong_mac", "host.no_mac"])
def test_f45_approval_that_nobody_signed_is_unknown(bench: MemoryBench, fault: str) -> None:
    refund_with(bench, fault)
    check_unknown(bench, is_booked=True)
    assert "MAC" in str(result(bench)["detail"])


@pytest.mark.parametrize("fault", ["host.wrong_mac", "host.no_mac"])
def test_f46_decline_that_nobody_signed_is_unknown(bench: MemoryBench, fault: str) -> None:
    bench.host.faults.arm("host.decline", {"code": "51"})
    refund_with(bench, fault)
    check_unknown(bench, is_booked=False)


@pytest.mark.parametrize(("number", "value"), WRONG_FIELDS)
def test_f47_answer_with_a_wrong_field_is_unknown(
    bench: MemoryBench, number: int, value: str
) -> None:
    refund_with(bench, "host.field", number=number, value=value)
    check_unknown(bench, is_booked=True)
    assert f"field {number}" in str(result(bench)["detail"])


@pytest.mark.parametrize(("number", "value"), NOT_OURS)
def test_f44_answer_to_somebody_else_is_waited_past(
    bench: MemoryBench, number: int, value: str
) -> None:
    refund_with(bench, "host.field", number=number, value=value)
    assert bench.screen == "host.wait"
    bench.run(ANSWER_S)
    check_unknown(bench, is_booked=True)


@pytest.mark.parametrize("fault", ["host.duplicate_answer", "host.glue", "host.split"])
def test_f55_answer_in_another_shape_is_taken_once(bench: MemoryBench, fault: str) -> None:
    assert refund_with(bench, fault) == "refund.approved"
    bench.run(30.0)
    assert outcomes(bench) == ["approved"]
    assert paid_minor(bench) == 10000
    assert (whole_slips(bench, "MERCHANT"), whole_slips(bench, "CARDHOLDER")) == (1, 1)


def test_answer_that_drips_in_is_an_answer(bench: MemoryBench) -> None:
    refund_with(bench, "host.slow_drip", bytes_per_s=20.0, wait_s=30.0)
    assert outcomes(bench) == ["approved"]


def test_answer_that_drips_too_slowly_is_unknown(bench: MemoryBench) -> None:
    refund_with(bench, "host.slow_drip", bytes_per_s=2.0, wait_s=ANSWER_S)
    check_unknown(bench, is_booked=True)


@pytest.mark.parametrize("count", [1, 2, 3, 20, 60])
def test_f54_answer_that_is_cut_off_is_unknown(bench: MemoryBench, count: int) -> None:
    bench.host.faults.arm("host.cut_frame", {"bytes": count})
    refund(bench)
    check_unknown(bench, is_booked=True)


def test_host_that_asks_for_a_sign_in_gets_one_after_the_refund(bench: MemoryBench) -> None:
    before = len(bench.records("signed_in"))
    assert refund_with(bench, "host.sign_in_again") == "refund.approved"
    assert len(bench.records("signed_in")) == before
    bench.run(40.0)
    assert (bench.screen, len(bench.records("signed_in"))) == ("idle", before + 1)
    assert refund(bench, card="debit", amount_minor=15000) == "refund.approved"
    assert len(refunds(bench)) == 2

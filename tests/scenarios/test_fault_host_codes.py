"""What each answer code does: declines, approvals of other names, and what is neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    SUPERVISOR,
    booked,
    leave,
    outcomes,
    paid_minor,
    refund,
    refund_with,
    refunds,
    says,
    start_refund,
    whole_slips,
)
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
DECLINES = ("01", "04", "05", "12", "14", "25", "30", "40", "51", "54", "61", "75", "91")
UNSURE = ("09", "68", "96", "98", "94", "Z9", "88")
APPROVALS = ("11", "16", "A2", "A4", "A5", "A6")
SIGN_INS = ("77", "99", "A0")


@pytest.mark.parametrize("code", DECLINES)
def test_authenticated_decline_is_certain(bench: MemoryBench, code: str) -> None:
    assert refund_with(bench, "host.decline", code=code) == "refund.declined"
    assert code in bench.rows
    assert outcomes(bench) == ["declined"]
    assert not bench.runtime.facts.books.unresolved
    assert not paid_minor(bench)


def test_f51_declined_refund_may_be_tried_again_under_a_new_number(bench: MemoryBench) -> None:
    refund_with(bench, "host.decline", code="51")
    leave(bench)
    assert refund(bench) == "refund.approved"
    stans = [record.body["stan"] for record in bench.records("intent")]
    assert stans[1] == stans[0] + 1
    assert outcomes(bench) == ["declined", "approved"]


@pytest.mark.parametrize("code", UNSURE)
def test_f53_code_that_says_nothing_sure_is_unknown(bench: MemoryBench, code: str) -> None:
    assert refund_with(bench, "host.field", number=39, value=code) == "refund.unknown"
    assert outcomes(bench) == ["unknown"]
    assert len(booked(bench)) == 1
    assert not says(bench, Text.NOT_SENT_DO)


@pytest.mark.parametrize("code", APPROVALS)
def test_approvals_of_other_names_are_approvals(bench: MemoryBench, code: str) -> None:
    assert refund_with(bench, "host.field", number=39, value=code) == "refund.approved"
    assert outcomes(bench) == ["approved"]


@pytest.mark.parametrize("code", SIGN_INS)
def test_f52_authenticated_request_to_sign_in_is_obeyed_once_and_nothing_is_resent(
    bench: MemoryBench, code: str
) -> None:
    before = len(bench.records("signed_in"))
    assert refund_with(bench, "host.decline", code=code) == "refund.declined"
    assert not paid_minor(bench)
    leave(bench)
    assert len(bench.records("signed_in")) == before + 1
    assert len(bench.records("intent")) == 1
    assert refund(bench) == "refund.approved"
    assert outcomes(bench) == ["declined", "approved"]


@pytest.mark.parametrize("code", SIGN_INS)
def test_f52_request_to_sign_in_that_nobody_signed_leaves_the_refund_unknown(
    bench: MemoryBench, code: str
) -> None:
    before = len(bench.records("signed_in"))
    bench.host.faults.arm("host.decline", {"code": code})
    assert refund_with(bench, "host.no_mac") == "refund.unknown"
    leave(bench)
    assert outcomes(bench) == ["unknown"]
    assert len(bench.records("signed_in")) == before + 1
    assert len(bench.runtime.facts.books.unresolved) == 1


def large_refund(bench: MemoryBench, amount: str) -> str:
    """A refund of debit-2's large purchase, approved by a supervisor: its cents are the code."""
    start_refund(bench, amount, card="debit-2", amount_minor=1000000)
    assert bench.screen == "refund.approval", bench.rows
    bench.keys(SUPERVISOR).keys("ENTER").run(1.0)
    return bench.screen


def test_f49_part_approved_is_unknown_unless_the_profile_takes_it(bench: MemoryBench) -> None:
    assert large_refund(bench, "888010") == "refund.unknown"
    assert outcomes(bench) == ["unknown"]
    assert paid_minor(bench) == 444005


def test_f49_part_approved_is_the_hosts_amount_where_the_profile_takes_it(
    new_bench: NewBench,
) -> None:
    bench = new_bench(profile=HostProfile(partial_approval=True))
    assert large_refund(bench, "888010") == "refund.approved"
    leave(bench)
    books = bench.runtime.facts.books
    assert sum(o.spent_minor for o in books.originals.values()) == paid_minor(bench) == 444005
    assert whole_slips(bench, "4,440.05") == 2


def test_f49_part_above_the_request_is_unknown(new_bench: NewBench) -> None:
    bench = new_bench(profile=HostProfile(partial_approval=True))
    bench.host.faults.arm("host.field", {"number": 4, "value": "000000888011"})
    assert large_refund(bench, "888010") == "refund.unknown"


def test_unlisted_code_declines_where_the_profile_says_so(new_bench: NewBench) -> None:
    bench = new_bench(profile=HostProfile(unlisted_code="declined"))
    assert refund_with(bench, "host.decline", code="Z9") == "refund.declined"
    assert len(refunds(bench)) == 1
    assert not paid_minor(bench)

"""Numbers of the host that hold blanks: what is undone or given back later names them all the same.

F37 and F38 have blanks on their right where the number is shorter (fact sheet, 1.5).
"""

from __future__ import annotations

import pytest

from emulator.host.message import Message, decode
from terminal.effects import Persist
from tests.scenarios.cashier import leave, outcomes
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.reversals import HEAD_BYTES, lost_sale, now, recover, reversals
from tests.scenarios.sales import sell, to_the_host
from tests.scenarios.test_void import code_of, voided

BLANKS = [
    (38, "12345 "),
    (38, " 12345"),
    (38, "12 456"),
    (37, "12345678901 "),
    (37, " 12345678901"),
]


def sold_with(bench: MemoryBench, number: int, value: str) -> MemoryBench:
    """A sale whose answer holds this value."""
    bench.host.faults.arm("host.field", {"number": number, "value": value, "mti": "0200"})
    assert sell(bench) == "sale.approved"
    return leave(bench)


def sent(bench: MemoryBench, mti: str) -> Message:
    """The last message of this type that left."""
    return decode(to_the_host(bench, mti)[-1][HEAD_BYTES:])


@pytest.mark.parametrize("code", ["12345 ", " 12345", "12 456", "      "])
def test_sale_without_a_result_is_taken_back_whatever_its_authorisation_code(
    bench: MemoryBench, code: str
) -> None:
    bench.host.faults.arm("host.field", {"number": 38, "value": code, "mti": "0200"})
    one = lost_sale(bench, "host.decline", code="96", mti="0200")
    recover(bench)
    (message,) = reversals(bench)
    assert message.text(38) == (code if code.strip() else "")
    assert now(bench, one).outcome.value in ("to_reverse", "reversed")


def test_code_that_an_older_journal_holds_without_its_blank_makes_a_reversal(
    bench: MemoryBench,
) -> None:
    one = lost_sale(bench)
    body = {"intent": one.record, "outcome": "to_reverse", "auth_code": "12345"}
    bench.runtime._persist(Persist("result", body))
    recover(bench)
    assert reversals(bench)[-1].text(38) == "12345 "
    assert now(bench, one).outcome.value != "manual"


@pytest.mark.parametrize(("number", "value"), BLANKS)
def test_sale_is_voided_under_the_numbers_of_its_answer(
    bench: MemoryBench, number: int, value: str
) -> None:
    sold_with(bench, number, value)
    voided(bench, bench.records("intent")[-1].body["stan"])
    assert sent(bench, "0200").text(number) == value
    assert outcomes(bench)[1:] == ["declined"]  # the host has another number


@pytest.mark.parametrize(("number", "value"), BLANKS)
def test_sale_is_refunded_by_its_own_slip(bench: MemoryBench, number: int, value: str) -> None:
    sold_with(bench, number, value)
    bench.scan(code_of(bench)).keys("2 ENTER 1 2580 ENTER").swipe("debit")
    assert bench.screen == "refund.confirm", bench.rows
    bench.keys("ENTER").run(3.0)
    assert sent(bench, "0220").text(number) == value

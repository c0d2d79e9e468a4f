"""What makes no message is told before anything is stored; the terminal goes on."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from terminal.flows import exchange_case
from terminal.iso8583.messages import MessageError
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import LIFE_S, SUPERVISOR, leave, outcomes, refund, start_refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.reversals import to_idle
from tests.scenarios.sales import menu, sell, sold, start_sale, to_the_host
from tests.scenarios.test_void import start_void


def _none(*_: object) -> NoReturn:
    raise MessageError("field 37", "must be 12 characters")


@pytest.mark.parametrize("operation", ["sale", "void", "refund"])
def test_what_makes_no_message_is_told_and_nothing_is_stored(
    bench: MemoryBench, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    stan = sold(bench)
    before = len(bench.records("intent"))
    begin: dict[str, Any] = {
        "sale": lambda: start_sale(bench),
        "void": lambda: start_void(bench, stan),
        "refund": lambda: start_refund(bench),
    }
    begin[operation]()
    assert bench.screen == f"{operation}.confirm", bench.rows
    monkeypatch.setattr(exchange_case, "money_request", _none)
    bench.keys("ENTER").run(1.0)
    assert bench.screen == f"{operation}.unsendable"
    phone = bench.runtime.facts.parameters.service_phone
    assert not missing(bench, say(Text.NO_MESSAGE, phone=phone))
    bench.keys("ENTER")
    assert bench.screen == "idle"
    assert len(bench.records("intent")) == before
    monkeypatch.undo()
    assert sell(bench) == "sale.approved"


@pytest.fixture
def paid(bench: MemoryBench) -> MemoryBench:
    """A sale without an answer, and without a reversal: a supervisor found it on the list."""
    bench.host.faults.arm("host.no_answer", {"booked": True, "mti": "0200"})
    bench.host.faults.arm("host.decline", {"code": "12", "mti": "0400"}, 0)
    sell(bench, wait_s=70.0)
    to_idle(bench)
    bench.host.faults.clear()
    bench.run(LIFE_S)
    bench.keys(f"MENU 3 1 ENTER {SUPERVISOR} 1 ENTER ENTER")
    assert outcomes(bench) == ["done_by_hand"], bench.rows
    return leave(bench)


def test_sale_that_was_settled_as_paid_has_no_number_to_be_voided_under(paid: MemoryBench) -> None:
    menu(paid, Text.MENU_VOID).keys(f"{paid.records('intent')[0].body['stan']} ENTER")
    assert paid.screen == "void.impossible"
    phone = paid.runtime.facts.parameters.service_phone
    assert not missing(paid, say(Text.VOID_NO_REFERENCE, phone=phone), Text.REFUND_INSTEAD)
    assert paid.records("refused")[-1].body["why"] == "no_reference"


def test_sale_that_was_settled_as_paid_is_refunded_by_the_number_of_the_list(
    paid: MemoryBench,
) -> None:
    menu(paid, Text.MENU_VOID).keys(f"{paid.records('intent')[0].body['stan']} ENTER ENTER")
    assert paid.screen == "refund.original", paid.rows
    assert not shows(paid, Text.VOID_NO_REFERENCE)
    assert not to_the_host(paid, "0220")
    paid.keys("CANCEL ENTER").run(6.0)
    assert refund(paid) == "refund.approved"

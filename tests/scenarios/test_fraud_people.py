"""Fraud seen in public that begins with a person: each ends refused, or named in the report."""

from collections.abc import Callable

import pytest

from emulator.stories.words import KEYS
from terminal.domain.warnings import Kind, warnings
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, paid_minor, refund, start_refund
from tests.scenarios.eyes import shows
from tests.scenarios.fingers import nothing_moved, press
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu, start_sale

NewBench = Callable[..., MemoryBench]
DAY_LIMIT = {"ceilings": {"day": {"most_minor": 15000}}}


def kinds(bench: MemoryBench) -> list[Kind]:
    return [w.kind for w in warnings(bench.records(), bench.runtime.facts.parameters)]


def test_f92_stolen_terminal_gives_nothing_without_a_persons_password(bench: MemoryBench) -> None:
    """Twin Cities: a terminal taken away, refunds to own cards."""
    bench.power_cut()
    bench.power_on()
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).swipe("debit")
    assert bench.screen == "logon"
    bench.keys("01 ENTER " + "1111 ENTER " * 5).run(1.0)
    bench.keys("ENTER 01 ENTER")
    assert nothing_moved(bench)
    assert kinds(bench) == [Kind.LOCKED_OUT]


def test_f92_stolen_terminal_that_is_logged_on_asks_again_and_stops_at_the_days_limit(
    new_bench: NewBench,
) -> None:
    """Twin Cities: taken while somebody was logged on, with his password known."""
    bench = new_bench(parameters=DAY_LIMIT)
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1")
    assert bench.screen == "refund.password"
    bench.keys("2580 ENTER").swipe("debit").keys("ENTER").run(1.0)
    leave(bench)
    bench.scan(bench.code(bench.sale(rrn="061500000014"))).keys("ENTER")
    assert shows(bench, Text.DAY_CEILING)
    assert paid_minor(bench) == 10000


def test_unattended_terminal_locks_itself(bench: MemoryBench) -> None:
    """NHS body: reached through a gap under the glass, with nobody there."""
    bench.run(301.0)
    assert bench.screen == "logon"
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    assert bench.screen == "logon"
    assert nothing_moved(bench)


@pytest.mark.parametrize("known", ["0000", "1234", "123456", "166816", "888888", "666666"])
def test_password_that_everybody_knows_opens_nothing(bench: MemoryBench, known: str) -> None:
    """166816 on nine of ten terminals seen; 123456, 0000 and 1234 in manuals."""
    bench.keys("MENU 8")
    for number in ("01", "10", "99"):
        bench.keys(f"{number} ENTER {known} ENTER").run(1.0)
        assert bench.screen == "logon.password"
        bench.keys("CANCEL")
    assert len(bench.records("logon")) == 1, "the one of the morning"


@pytest.mark.parametrize("weak", ["123456", "666666", "101010"])
def test_password_that_is_guessed_first_can_not_be_set(bench: MemoryBench, weak: str) -> None:
    """Default codes that were never changed: here there are none, and weak ones are refused."""
    bench.keys("MENU 8").log_on("10")
    menu(bench, Text.MENU_OWN_PASSWORD).keys(f"614283 ENTER {weak} ENTER")
    assert shows(bench, Text.PASSWORD_WEAK)


def test_supervisor_does_not_approve_his_own_refund(bench: MemoryBench) -> None:
    """The complaint of every comparable system."""
    bench.keys("MENU 8").log_on("10")
    bench.scan(bench.code(bench.sale(rrn="0613B0000010"))).keys("ENTER 1 614283 ENTER")
    bench.swipe("credit").keys("10 ENTER")
    assert shows(bench, Text.APPROVER_IS_REQUESTER)
    assert nothing_moved(bench)


def test_who_has_left_the_shop_gets_nothing(bench: MemoryBench) -> None:
    """Texas restaurant: refunds to the own card by somebody who did not work there any more."""
    menu(bench.keys("MENU 8").log_on("99"), Text.MENU_PEOPLE)
    bench.keys("407162 ENTER 2 ENTER 2 ENTER ENTER CANCEL MENU 8 02 ENTER")
    assert shows(bench, Text.PERSON_IS_OFF)


def test_employee_who_refunds_to_one_card_again_and_again_is_reported_and_stopped(
    new_bench: NewBench,
) -> None:
    """Texas restaurant: hundreds of refunds of about $100 to one card."""
    bench = new_bench(parameters={"ceilings": {"card": {"most_count": 3}}})
    for amount in ("1000", "1100", "1200"):
        assert refund(bench, amount, rrn="061400000012") == "refund.approved"
        leave(bench)
    assert kinds(bench) == [Kind.CARD_AGAIN, Kind.CARD_AGAIN]
    start_refund(bench, "1300", rrn="061400000012")
    assert shows(bench, Text.CARD_CEILING)
    assert len(booked(bench)) == 3


def test_customer_who_takes_the_terminal_can_not_turn_a_sale_into_a_refund(
    bench: MemoryBench,
) -> None:
    """Take Five, Avon and Somerset: the terminal is handed over for the PIN."""
    start_sale(bench, pin="")
    for key in KEYS:
        if key not in ("CANCEL", "ENTER"):
            press(bench, key)
            assert bench.screen.startswith("sale."), key
    bench.keys("CANCEL ENTER").run(5.0)
    bench.keys("MENU 1")
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1")
    assert bench.screen == "refund.password", "a refund wants somebody of the shop"
    assert nothing_moved(bench)


ORDERS = {
    "keypad": bytes.fromhex("063107040000005000"),  # ZVT: refund of 50.00, no log-on before it
    "reader": b"!REFUND 5000\r",
    "scanner": b"REFUND;061400000012;5000\r",
    "printer": bytes.fromhex("063107040000005000"),
    "display": bytes.fromhex("063107040000005000"),
}


@pytest.mark.parametrize("wire", ORDERS)
def test_refund_that_is_ordered_by_wire_moves_nothing(bench: MemoryBench, wire: str) -> None:
    """SRLabs: a till's protocol without log-on. Here no wire can ask for money at all."""
    bench.answer(wire, ((0.0, ORDERS[wire]),))
    bench.run(5.0)
    assert bench.screen == ("refund.bad_code" if wire == "scanner" else "idle")
    assert nothing_moved(bench)
    bench.keys("CANCEL").run(3.0)
    assert refund(bench, rrn="061400000012") == "refund.approved", "and everything goes on"

"""People on the terminal: added, switched off, unlocked; a password is set at first use."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from emulator.stories.words import spelled
from terminal.ui.text import Text
from tests.scenarios.cashier import refund, start_refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import PASSWORDS
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu

NewBench = Callable[..., MemoryBench]
UNLOCK, SWITCH, RESET = "1 ENTER", "2 ENTER", "3 ENTER"
LINES = ("01", "02", "10", "11", "99")  # of the demo shop, in the file's order


def as_person(bench: MemoryBench, number: str) -> MemoryBench:
    return bench.keys("MENU 8").log_on(number)


def people(bench: MemoryBench, number: str = "99") -> MemoryBench:
    menu(as_person(bench, number), Text.MENU_PEOPLE).keys(f"{PASSWORDS[number]} ENTER")
    assert bench.screen == "people", bench.rows
    return bench


def do(bench: MemoryBench, number: str, deed: str) -> MemoryBench:
    """An administrator does this to a person."""
    bench.keys(f"{LINES.index(number) + 1} ENTER {deed}")
    assert bench.screen == "people.told", bench.rows
    return bench


def added(bench: MemoryBench, number: str = "03", role: int = 1) -> MemoryBench:
    people(bench).keys(f"{len(LINES) + 1} ENTER {number} ENTER {spelled('MAI')} ENTER {role} ENTER")
    assert shows(bench, Text.PERSON_INVITED), bench.rows
    return bench.keys("ENTER CANCEL MENU 8")


# ---- somebody new


def test_new_person_sets_the_password_at_the_first_log_on_and_refunds(bench: MemoryBench) -> None:
    added(bench).keys("03 ENTER")
    assert bench.screen == "new_password"
    bench.keys("1470 ENTER 1470 ENTER")
    assert shows(bench, Text.PASSWORD_IS_SET)
    bench.keys("ENTER").run(4.0)
    assert bench.screen == "idle"
    assert shows(bench, "03 MAI")
    start = bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 1470 ENTER")
    start.swipe("debit").keys("ENTER").run(1.0)
    assert bench.screen == "refund.approved"
    assert bench.records("intent")[-1].body["operator"] == "03"
    record = bench.records("person")[0].body
    assert (record["number"], record["role"], record["by"]) == ("03", "operator", "99")


def test_new_people_survive_a_power_cut_and_so_does_their_password(bench: MemoryBench) -> None:
    added(bench).keys("03 ENTER 1470 ENTER 1470 ENTER ENTER").run(4.0)
    bench.power_cut()
    bench.power_on()
    bench.keys("03 ENTER 1470 ENTER").run(4.0)
    assert bench.screen == "idle"


@pytest.mark.parametrize(
    ("role", "too_short", "weak"), [(1, "147", "1234"), (2, "14725", "123456")]
)
def test_first_password_is_as_long_as_the_role_wants_and_not_weak(
    bench: MemoryBench, role: int, too_short: str, weak: str
) -> None:
    added(bench, role=role).keys(f"03 ENTER {too_short} ENTER")
    assert bench.screen == "new_password"
    bench.keys("CANCEL").keys(f"03 ENTER {weak} ENTER {weak} ENTER")
    assert shows(bench, Text.PASSWORD_WEAK)
    bench.keys("CANCEL")
    assert bench.screen == "logon"
    assert not [r for r in bench.records("password") if r.body["number"] == "03"]


def test_invitation_ends_with_the_next_day(bench: MemoryBench) -> None:
    added(bench)
    bench.clock.wrong_by = timedelta(days=1)
    bench.run(1.0).keys("03 ENTER")
    assert bench.screen == "new_password"
    bench.keys("CANCEL")
    bench.clock.wrong_by = timedelta(days=2)
    bench.run(1.0).keys("03 ENTER")
    assert shows(bench, Text.NO_PASSWORD_YET)


def test_new_supervisor_approves_only_with_a_password(bench: MemoryBench) -> None:
    added(bench, "12", role=2).log_on("01")
    start_refund(bench, card="credit", rrn="0613B0000010").keys("12 ENTER")
    assert shows(bench, Text.NO_PASSWORD_YET)


@pytest.mark.parametrize("number", ["", "3", "01", "99"])
def test_number_that_is_not_free_is_refused(bench: MemoryBench, number: str) -> None:
    people(bench).keys(f"{len(LINES) + 1} ENTER {number} ENTER")
    assert shows(bench, Text.NUMBER_TAKEN)
    bench.keys("04 ENTER ENTER")
    assert shows(bench, Text.NAME_NEEDED)
    bench.keys("CANCEL CANCEL")
    assert not bench.records("person")


# ---- switched off and on


def test_who_is_switched_off_neither_logs_on_nor_approves(bench: MemoryBench) -> None:
    do(people(bench), "02", SWITCH).keys("ENTER")
    do(bench, "10", SWITCH).keys("ENTER CANCEL MENU 8")
    bench.keys("02 ENTER")
    assert shows(bench, Text.PERSON_IS_OFF)
    bench.keys("CLEAR").log_on("01")
    start_refund(bench, card="credit", rrn="0613B0000010").keys("10 ENTER")
    assert shows(bench, Text.NOT_AN_APPROVER)


def test_who_is_switched_on_again_has_the_old_password(bench: MemoryBench) -> None:
    do(people(bench), "02", SWITCH).keys("ENTER")
    do(bench, "02", SWITCH).keys("ENTER CANCEL")
    as_person(bench, "02")
    assert bench.screen == "idle"


def test_nobody_switches_off_himself_or_the_last_administrator(bench: MemoryBench) -> None:
    do(people(bench), "99", SWITCH)
    assert shows(bench, Text.NOT_THIS_PERSON)
    assert not bench.records("person_off")


# ---- unlocked, and a new password


def locked(bench: MemoryBench, number: str = "02") -> MemoryBench:
    bench.keys("MENU 8").keys(f"{number} ENTER " + "1111 ENTER " * 5).run(1.0)
    assert not missing(bench, "30")
    return bench.keys("ENTER").log_on("01")


@pytest.mark.parametrize("by", ["10", "99"])
def test_supervisor_and_administrator_unlock(bench: MemoryBench, by: str) -> None:
    do(people(locked(bench), by), "02", UNLOCK)
    assert shows(bench, Text.PERSON_UNLOCKED)
    assert bench.records("unlocked")[0].body == {"number": "02", "by": by}
    bench.keys("ENTER CANCEL")
    as_person(bench, "02")
    assert bench.screen == "idle"


def test_supervisor_does_nothing_but_unlock(bench: MemoryBench) -> None:
    people(bench, "10").keys("2 ENTER")
    assert not shows(bench, Text.SWITCH_OFF)
    bench.keys("2 3 ENTER")
    assert not bench.records("person_off")
    assert not bench.records("password_reset")


def test_operator_has_no_people_to_look_after(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_PEOPLE)
    assert bench.screen == "menu"


def test_reset_password_is_gone_at_once_and_set_by_the_person(bench: MemoryBench) -> None:
    do(people(bench), "02", RESET).keys("ENTER CANCEL MENU 8")
    bench.keys("02 ENTER")
    assert bench.screen == "new_password"
    bench.keys("1470 ENTER 1470 ENTER ENTER").run(4.0)
    assert bench.screen == "idle"


def test_terminal_that_was_left_open_asks_for_the_administrators_password(
    bench: MemoryBench,
) -> None:
    menu(as_person(bench, "99"), Text.MENU_PEOPLE)
    assert bench.screen == "people.password"
    bench.keys("CANCEL")
    assert bench.screen == "idle"


# ---- the own password


def test_own_password_is_replaced_after_the_old_one(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_OWN_PASSWORD).keys("2580 ENTER 1470 ENTER 1470 ENTER")
    assert shows(bench, Text.PASSWORD_IS_SET)
    bench.keys("ENTER MENU 8 01 ENTER 2580 ENTER").run(1.0)
    assert bench.screen == "logon.password"
    bench.keys("1470 ENTER").run(4.0)
    assert bench.screen == "idle"


def test_own_password_is_not_replaced_without_the_old_one(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_OWN_PASSWORD).keys("1111 ENTER CANCEL")
    assert bench.screen == "idle"
    assert refund(bench, "100") == "refund.approved", "the old one counts"


def test_pad_that_is_gone_changes_nothing(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_OWN_PASSWORD).keys("2580 ENTER 14")
    bench.links["keypad"].pull()
    bench.run(70.0)
    assert "new_password.told" in bench.screens
    assert bench.screen == "idle"
    assert len(bench.records("password")) == len(PASSWORDS)

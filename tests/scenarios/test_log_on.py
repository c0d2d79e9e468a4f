"""Who is at the terminal, wrong passwords, and the session with the host."""

from collections.abc import Callable

import pytest

from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import refund
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import who
from tests.scenarios.memory_bench import MemoryBench

NewBench = Callable[..., MemoryBench]
WRONG = "1111 ENTER"


@pytest.fixture
def at_logon(bench: MemoryBench) -> MemoryBench:
    bench.keys("MENU 8")
    assert bench.screen == "logon"
    return bench


def tries(bench: MemoryBench, number: str = "01") -> int:
    return bench.runtime.facts.books.people[number].tries.count


def test_log_on_signs_in_to_the_host_and_ends_at_the_idle_screen(bench: MemoryBench) -> None:
    assert bench.screen == "idle"
    assert not missing(bench, "12345678", "2026-06-15", "000002", Text.SIGNED_IN, "01 Li Na 李娜")
    assert bench.screens[-5:] == ["logon", "logon.password", "host.wait", "sign_in.result", "idle"]


def test_batch_of_the_host_is_taken_over_while_ours_is_empty(bench: MemoryBench) -> None:
    assert bench.records("signed_in")[0].body["batch"] == 2


@pytest.mark.parametrize("number", ["", "0", "55"])
def test_number_that_nobody_has_is_refused(at_logon: MemoryBench, number: str) -> None:
    at_logon.keys(f"{number} ENTER")
    assert shows(at_logon, Text.UNKNOWN_NUMBER)


def test_wrong_password_says_how_many_tries_are_left(at_logon: MemoryBench) -> None:
    at_logon.keys(f"01 ENTER {WRONG}")
    assert shows(at_logon, say(Text.PASSWORD_WRONG, left=4))
    at_logon.keys("2580 ENTER").run(4.0)
    assert at_logon.screen == "idle"
    assert tries(at_logon) == 0


def test_f11_try_is_on_disk_before_the_password_is_asked_for(at_logon: MemoryBench) -> None:
    at_logon.keys("01 ENTER")
    assert at_logon.records()[-1].kind == "password_asked"
    at_logon.keys("25").power_cut()
    at_logon.power_on()
    assert tries(at_logon) == 1


def test_cancel_at_the_pad_gives_the_try_back(at_logon: MemoryBench) -> None:
    for _ in range(7):
        at_logon.keys("01 ENTER 25 CANCEL")
    assert at_logon.screen == "logon"
    assert tries(at_logon) == 0


def test_pad_that_times_out_gives_the_try_back(at_logon: MemoryBench) -> None:
    at_logon.keys("01 ENTER 25").run(31.0)
    assert at_logon.screen == "logon"
    assert tries(at_logon) == 0


def test_second_password_has_its_own_time(at_logon: MemoryBench) -> None:
    at_logon.keys("01 ENTER").run(25.0)
    at_logon.keys(WRONG).run(25.0)
    assert at_logon.screen == "logon.password"
    at_logon.keys("2580 ENTER").run(4.0)
    assert at_logon.screen == "idle"


def test_fifth_wrong_password_locks(at_logon: MemoryBench) -> None:
    at_logon.keys("01 ENTER " + WRONG + (" " + WRONG) * 4)
    assert shows(at_logon, say(Text.LOCKED_OUT, minutes=30))
    at_logon.keys("ENTER 01 ENTER")
    assert shows(at_logon, say(Text.LOCKED_OUT, minutes=30)), "not even the right one is asked for"


def test_lock_is_one_persons_only(at_logon: MemoryBench) -> None:
    at_logon.keys("01 ENTER " + (WRONG + " ") * 5 + "ENTER").log_on("02")
    assert at_logon.screen == "idle"


def test_f11_power_cut_instead_of_the_fifth_answer_does_not_give_one_more_try(
    at_logon: MemoryBench,
) -> None:
    at_logon.keys("01 ENTER " + (WRONG + " ") * 4).power_cut()
    at_logon.power_on()
    at_logon.keys("01 ENTER")
    assert shows(at_logon, say(Text.LOCKED_OUT, minutes=30))


def test_f11_lock_survives_a_power_cut_and_counts_powered_on_minutes(at_logon: MemoryBench) -> None:
    at_logon.keys("01 ENTER " + (WRONG + " ") * 5).run(60.0 * 10)
    at_logon.power_cut()
    at_logon.clock.now_s += 60.0 * 60  # an hour without power is no minute of it
    at_logon.power_on()
    at_logon.keys("01 ENTER")
    assert shows(at_logon, say(Text.LOCKED_OUT, minutes=20))
    at_logon.run(60.0 * 21)
    at_logon.log_on()
    assert at_logon.screen == "idle"


def test_refund_asks_the_operators_own_password_and_counts_its_tries(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 7394 ENTER")
    assert bench.screen == "refund.password"
    assert tries(bench) == 2


def test_lock_out_in_a_refund_ends_it(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 " + (WRONG + " ") * 5)
    assert shows(bench, say(Text.LOCKED_OUT, minutes=30))
    bench.keys("ENTER")
    assert bench.screen == "idle"
    assert not bench.records("intent")


def test_administrator_gives_no_refunds(bench: MemoryBench) -> None:
    bench.keys("MENU 8").log_on("99")
    beeps = bench.display.beeps
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("MENU 1 2")
    assert bench.screen == "menu"
    assert bench.display.beeps == beeps + 3


def test_restart_logs_everybody_off(bench: MemoryBench) -> None:
    bench.power_cut()
    bench.power_on()
    assert bench.screen == "logon"


def test_echo_test(bench: MemoryBench) -> None:
    bench.keys("MENU 5").run(0.5)
    assert bench.screen == "echo.result"
    assert shows(bench, Text.ECHO_GOOD)


def test_echo_without_a_line_says_what_to_check(bench: MemoryBench) -> None:
    bench.links["acquirer"].is_up = False
    bench.keys("MENU 5").run(11.0)
    assert not missing(bench, Text.HOST_NOT_REACHED, Text.CHECK_LINE, Text.NO_MONEY_INVOLVED)


def test_sign_in_that_is_not_answered_can_be_left_and_begun_again(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.no_answer")
    bench.keys("MENU 4").run(1.0)
    bench.keys("CANCEL")
    assert shows(bench, Text.HOST_GAVE_NO_ANSWER)
    bench.keys("ENTER MENU 4").run(4.0)
    assert bench.screen == "idle"
    assert len(bench.records("signed_in")) == 2


def test_sign_off_and_sign_in_again(bench: MemoryBench) -> None:
    bench.keys("MENU 7").run(4.0)
    assert shows(bench, Text.NOT_SIGNED_IN)
    bench.keys("MENU 4").run(4.0)
    assert shows(bench, Text.SIGNED_IN)
    assert refund(bench) == "refund.approved"


def test_every_question_has_a_number_of_its_own(bench: MemoryBench) -> None:
    bench.keys("MENU 7").run(4.0)
    bench.keys("MENU 4").run(4.0)
    refund(bench)
    used = [r.body["stan"] for r in bench.records() if "stan" in r.body]
    assert used == [1, 2, 3, 4]


def test_sign_in_whose_keys_are_wrong_changes_nothing(bench: MemoryBench) -> None:
    bench.keys("MENU 7").run(4.0)
    bench.host.faults.arm("host.field", {"number": 62, "value": "00" * 40, "mti": "0800"})
    bench.keys("MENU 4").run(1.0)
    assert bench.screen == "sign_in.result"
    assert shows(bench, Text.NO_MONEY_INVOLVED)
    bench.keys("ENTER")
    assert shows(bench, Text.NOT_SIGNED_IN)


def test_batch_with_records_keeps_its_number_when_the_host_offers_another(
    bench: MemoryBench,
) -> None:
    refund(bench)
    bench.run(15.0)
    bench.host.faults.arm("host.field", {"number": 60, "value": "00000009003", "mti": "0800"})
    bench.keys("MENU 4").run(1.0)
    assert shows(bench, say(Text.BATCH_KEPT, batch="000002"))
    bench.run(10.0)
    assert bench.screen == "sign_in.result", "it asks somebody to settle: not gone in a moment"
    bench.keys("ENTER")
    assert bench.records("signed_in")[-1].body["batch"] == 2


def test_empty_batch_takes_the_hosts_number_over(bench: MemoryBench) -> None:
    bench.host.faults.arm("host.field", {"number": 60, "value": "00000009003", "mti": "0800"})
    bench.keys("MENU 4").run(4.0)
    assert bench.records("signed_in")[-1].body["batch"] == 9


def test_number_of_a_person_is_two_keys_and_its_password(at_logon: MemoryBench) -> None:
    at_logon.keys(who("02")).run(4.0)
    assert at_logon.records("logon")[-1].body == {"number": "02"}

"""How often a reversal is asked for, what counts as a try, and what is left to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emulator.host.core import Action, Send
from terminal.effects import Persist
from terminal.flows import recovery
from terminal.ui.text import Text
from tests.scenarios.cashier import says
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.reversals import (
    LOST_S,
    MESSAGE_LIFE_S,
    begin,
    lost_sale,
    now,
    recover,
    restart,
    reversals,
    state_at_host,
    to_idle,
)

SLIP_WORDS = "REVERSAL FAILED"


def silent(bench: MemoryBench, count: int = 1) -> None:
    """The host does nothing about the next reversals, and says nothing."""
    bench.host.faults.arm("host.no_answer", {"booked": False, "mti": "0400"}, count)


def reasons(bench: MemoryBench) -> list[str]:
    return [message.text(39) for message in reversals(bench)]


def failed_slips(bench: MemoryBench) -> int:
    return sum(SLIP_WORDS in text for text in slip_texts(bench))


def test_nothing_open_is_clear_at_once(bench: MemoryBench) -> None:
    assert not recovery.due(bench.runtime.facts)
    flow = begin(bench, recovery.call(bench.runtime.facts))
    assert (flow.finished, flow.result, bench.screen) == (True, "clear", "idle")


def test_f59_a_reversal_that_is_answered_after_the_life_is_final(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    assert recovery.due(bench.runtime.facts)
    bench.run(MESSAGE_LIFE_S)
    assert recover(bench) == "clear"
    assert now(bench, one).outcome.value == "reversed"
    assert (state_at_host(bench, one), not bench.runtime.facts.books.unresolved) == (
        "reversed",
        True,
    )
    assert not recovery.due(bench.runtime.facts)
    assert not failed_slips(bench)


def test_display_says_what_is_taken_back_and_which_try_it_is(bench: MemoryBench) -> None:
    lost_sale(bench)
    silent(bench)
    begin(bench, recovery.call(bench.runtime.facts))
    bench.run(1.0)
    assert bench.screen == "reversal.wait"
    assert "000002" in bench.rows
    assert says(bench, Text.REVERSING_SALE)
    bench.keys("CANCEL ENTER").run(1.0)
    assert bench.screen == "reversal.wait"


def test_f02_silence_is_a_try_and_the_caller_must_not_go_on(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    silent(bench)
    assert recover(bench, LOST_S) == "line"
    assert now(bench, one).reversal_tries == 1


def test_f40_copy_after_silence_says_98_whatever_the_first_one_said(bench: MemoryBench) -> None:
    silent(bench)
    lost_sale(bench, "host.wrong_mac")
    recover(bench)
    assert reasons(bench) == ["A0", "98"]


def test_refused_for_now_is_a_try_and_the_next_copy_says_06(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.host.faults.arm("host.decline", {"code": "96", "mti": "0400"})
    assert recover(bench) == "line"
    assert now(bench, one).reversal_tries == 1
    recover(bench)
    assert reasons(bench) == ["98", "06"]


def test_f60_three_tries_then_a_person_and_a_slip_whatever_restarts_come(
    bench: MemoryBench,
) -> None:
    one = lost_sale(bench)
    silent(bench, 3)
    assert recover(bench, LOST_S) == "line"
    restart(bench, LOST_S)
    assert now(bench, one).reversal_tries == 2
    restart(bench, LOST_S)
    assert reasons(bench) == ["98", "98", "98"]
    assert now(bench, one).outcome.value == "manual"
    assert failed_slips(bench) == 1
    restart(bench)
    assert recover(bench) == "clear"
    assert (len(reversals(bench)), failed_slips(bench)) == (3, 1)
    assert now(bench, one).outcome.value == "manual"


def test_power_cut_after_the_third_try_makes_no_fourth(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    for number in (1, 2, 3):
        body = {"intent": one.record, "number": number, "reason": "98"}
        bench.runtime._persist(Persist("reversal_try", body))
    restart(bench)
    assert not reversals(bench)
    assert now(bench, one).outcome.value == "manual"
    assert failed_slips(bench) == 1


@pytest.mark.parametrize("code", ["12", "01", "64"])
def test_f59_refused_for_good_is_a_persons_at_once(bench: MemoryBench, code: str) -> None:
    one = lost_sale(bench)
    bench.host.faults.arm("host.decline", {"code": code, "mti": "0400"})
    begin(bench, recovery.call(bench.runtime.facts))
    bench.run(3.0)
    assert bench.screen == "recovery.told"
    assert says(bench, Text.REVERSAL_FAILED)
    assert "95516" in bench.rows
    bench.keys("ENTER").run(10.0)
    assert now(bench, one).outcome.value == "manual"
    assert now(bench, one).response_code == code
    assert failed_slips(bench) == 1
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "idle"
    assert recover(bench) == "clear"
    assert len(reversals(bench)) == 1


def test_line_that_is_down_counts_nothing_and_stops_the_caller(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    other = lost_sale(bench)
    bench.links["acquirer"].is_up = False
    for _ in range(5):
        assert recover(bench) == "line"
    assert (now(bench, one).reversal_tries, now(bench, other).reversal_tries) == (0, 0)
    assert not reversals(bench)
    bench.links["acquirer"].is_up = True
    bench.run(MESSAGE_LIFE_S)
    assert recover(bench) == "clear"
    assert [int(m.text(11)) for m in reversals(bench)] == [one.intent.stan, other.intent.stan]


def test_one_that_is_refused_for_now_keeps_nobody_else_waiting(bench: MemoryBench) -> None:
    one, other = lost_sale(bench), lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)
    bench.host.faults.arm("host.decline", {"code": "96", "mti": "0400"})
    assert recover(bench) == "line"
    outcomes = (now(bench, one).outcome.value, now(bench, other).outcome.value)
    assert outcomes == ("to_reverse", "reversed")


def test_f45_forged_answer_is_none_and_signs_in_before_anything_else(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)
    bench.host.faults.arm("host.wrong_mac", {"mti": "0400"})
    begin(bench, recovery.call(bench.runtime.facts))
    bench.run(1.0)
    assert now(bench, one).outcome.value == "to_reverse"
    assert not bench.runtime.facts.books.signed_in
    signed_in = len(bench.records("signed_in"))
    to_idle(bench)
    assert len(bench.records("signed_in")) == signed_in + 1
    assert now(bench, one).outcome.value == "reversed"
    assert reasons(bench) == ["98", "98"]


def test_without_keys_nothing_is_asked(bench: MemoryBench) -> None:
    lost_sale(bench)
    bench.runtime._persist(Persist("sign_in_wanted", {"why": "signed_off"}))
    assert recover(bench) == "line"
    assert not reversals(bench)


def test_answer_without_a_mac_is_none(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)
    bench.host.faults.arm("host.no_mac", {"mti": "0400"})
    assert recover(bench) == "line"
    assert now(bench, one).outcome.value == "to_reverse"
    assert now(bench, one).reversal_tries == 1


@pytest.mark.parametrize(("number", "value"), [(3, "200000"), (4, "000000000001"), (39, "")])
def test_answer_with_a_wrong_field_is_none(bench: MemoryBench, number: int, value: str) -> None:
    one = lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)
    bench.host.faults.arm("host.field", {"number": number, "value": value, "mti": "0400"})
    assert recover(bench) == "line"
    assert now(bench, one).outcome.value == "to_reverse"


def test_f44_answer_for_another_number_is_waited_past(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.host.faults.arm("host.field", {"number": 11, "value": "000999", "mti": "0400"})
    assert recover(bench, LOST_S) == "line"
    assert now(bench, one).outcome.value == "to_reverse"


def test_keypad_that_is_gone_asks_nothing_and_counts_nothing(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.links["keypad"].pull()
    flow = begin(bench, recovery.call(bench.runtime.facts))
    bench.run(40.0)
    assert (flow.finished, flow.result) == (True, "line")
    assert now(bench, one).reversal_tries == 0
    assert not reversals(bench)


def test_keypad_without_working_keys_wants_a_sign_in_and_counts_nothing(
    bench: MemoryBench,
) -> None:
    one = lost_sale(bench)
    bench.keypad._core._keep(replace(bench.keypad._core._state, working=None))
    begin(bench, recovery.call(bench.runtime.facts))
    bench.run(1.0)
    assert now(bench, one).reversal_tries == 0
    assert not bench.runtime.facts.books.signed_in
    assert not reversals(bench)


def test_answer_that_the_keypad_can_not_check_is_none(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.run(MESSAGE_LIFE_S)

    def pull(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        assert any(isinstance(action, Send) for action in actions)
        bench.links["keypad"].pull()
        return actions

    bench.links["acquirer"].twist = pull
    flow = begin(bench, recovery.call(bench.runtime.facts))
    bench.run(60.0)
    assert flow.finished
    assert now(bench, one).outcome.value == "to_reverse"
    assert now(bench, one).reversal_tries == 1


def test_slip_that_is_not_on_paper_is_printed_by_the_next_recovery(bench: MemoryBench) -> None:
    one = lost_sale(bench)
    bench.host.faults.arm("host.decline", {"code": "12", "mti": "0400"})
    bench.printer.out_after_lines(0)
    begin(bench, recovery.call(bench.runtime.facts))
    bench.run(3.0).keys("ENTER").run(5.0)
    assert bench.screen == "recovery.paper_out"
    bench.keys("CANCEL ENTER").run(1.0)
    assert bench.screen == "idle"
    assert now(bench, one).printed == ()
    bench.printer.load_paper()
    recover(bench)
    assert now(bench, one).printed == ("reversal_failed",)
    assert failed_slips(bench) == 1

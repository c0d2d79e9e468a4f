"""The keypad restarts, or another one is plugged in: money never moves on the wrong memory."""

from __future__ import annotations

from dataclasses import replace

from emulator.devices import _pad_setup
from emulator.frames import Out
from emulator.keypad import KeypadModel
from emulator.pad_memory import MemoryInRam
from terminal.ui.text import Text
from tests.scenarios.cashier import (
    SALE,
    booked,
    leave,
    outcomes,
    refund,
    says,
    start_refund,
)
from tests.scenarios.memory_bench import MemoryBench


def another_keypad(bench: MemoryBench, *, seed: int = 8) -> KeypadModel:
    """A keypad of the same shop with other keys of its own and an empty memory."""
    setup = replace(_pad_setup(bench.shop.pad), device_key="99" * 16, serial="SIM00000002")
    return KeypadModel(setup, MemoryInRam(), seed)


def plug_in(bench: MemoryBench, keypad: KeypadModel) -> None:
    """Another keypad on the running terminal."""
    bench.links["keypad"].pull()
    bench.run(2.0)
    bench.keypad = keypad
    bench.links["keypad"].plug()
    bench.run(3.0)


def test_restarted_keypad_is_used_again(bench: MemoryBench) -> None:
    bench.keypad.restart()
    bench.run(3.0)
    assert not says(bench, Text.LOST_WIRE)
    assert refund(bench) == "refund.approved"


def test_keypad_restarted_while_a_password_is_typed_ends_that_entry(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(**SALE))).keys("ENTER 1 25")
    bench.keypad.restart()
    bench.run(60.0)
    assert says(bench, Text.KEYPAD_GAVE_NO_ANSWER) or bench.screen == "idle", bench.rows
    bench.run(20.0)
    leave(bench)
    assert not bench.records("intent")
    assert refund(bench) == "refund.approved"


def test_keypad_restarted_during_the_mac_is_certain(bench: MemoryBench) -> None:
    start_refund(bench)
    link = bench.links["keypad"]

    def restart(frame: bytes) -> bool:
        link.pulled_by = None
        bench.keypad.restart()
        link.is_mute = True
        bench.later(0.01, lambda: setattr(link, "is_mute", False))
        return False

    link.pulled_by = restart
    bench.keys("ENTER").run(4.0)
    assert outcomes(bench) == ["not_sent"]
    assert not booked(bench)


def test_keypad_of_another_maker_knows_nobodys_password(bench: MemoryBench) -> None:
    plug_in(bench, another_keypad(bench))
    bench.power_cut()
    bench.power_on()
    bench.keys("01 ENTER 2580 ENTER").run(3.0)
    assert bench.screen.startswith("logon"), "passwords were made by the other keypad"
    assert not bench.records("intent")


def test_keypad_that_lost_its_working_keys_is_certain_and_gets_new_ones(
    bench: MemoryBench,
) -> None:
    start_refund(bench)
    bench.keypad = KeypadModel(_pad_setup(bench.shop.pad), MemoryInRam(), 9)
    bench.keys("ENTER").run(1.0)
    assert outcomes(bench) == ["not_sent"]
    leave(bench)
    assert refund(bench) == "refund.approved"
    assert len(bench.records("signed_in")) == 2


def test_keypad_of_another_terminal_makes_no_mac(bench: MemoryBench) -> None:
    other = another_keypad(bench)
    other._core._keep(replace(other._core._state, record_number=5000, record_hash=bytes(32)))
    start_refund(bench)
    bench.keypad = other
    bench.keys("ENTER").run(3.0)
    assert bench.screen == "refund.not_sent"
    assert outcomes(bench) == ["not_sent"]
    assert not booked(bench)


def test_keypad_that_knows_more_than_the_journal_stops_the_start(bench: MemoryBench) -> None:
    other = another_keypad(bench)
    other._core._keep(replace(other._core._state, record_number=5000, record_hash=bytes(32)))
    bench.power_cut()
    bench.keypad = other
    bench.power_on()
    assert bench.screen == "journal.damaged"


def test_terminal_started_without_its_keypad_waits_for_it(bench: MemoryBench) -> None:
    bench.power_cut()
    bench.power_on(missing="keypad")
    bench.run(10.0)
    assert bench.screen == "start"
    assert says(bench, Text.WAITING_FOR_KEYPAD)
    bench.links["keypad"].plug()
    bench.run(4.0)
    assert bench.screen == "logon"


def test_answer_that_is_lost_at_the_start_is_asked_for_again(bench: MemoryBench) -> None:
    bench.power_cut()
    answer = bench.answer
    lost: list[Out] = []

    def without_the_second(wire: str, out: Out) -> None:
        if wire == "keypad" and out:
            lost.append(out)
            if len(lost) == 2:
                return
        answer(wire, out)

    bench.answer = without_the_second  # type: ignore[method-assign]  # noise on one frame
    bench.power_on()
    bench.run(2.5)
    assert says(bench, Text.WAITING_FOR_KEYPAD)
    bench.run(4.0)
    assert bench.screen == "logon"

"""A device's cable is pulled: said within two seconds, and used again without a restart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal.ui.text import Text
from tests.scenarios.cashier import (
    LIFE_S,
    SALE,
    SUPERVISOR,
    booked,
    check_books,
    leave,
    outcomes,
    refund,
    says,
    settle_all,
    start_refund,
)
from tests.scenarios.memory_bench import DEVICES, MemoryBench
from tests.scenarios.memory_links import MemoryLink
from tests.scenarios.sales import menu, sold, start_sale

SHOWN_WITHIN_S = 2.0
NAMES = {
    "keypad": Text.WIRE_KEYPAD,
    "reader": Text.WIRE_READER,
    "scanner": Text.WIRE_SCANNER,
    "printer": Text.WIRE_PRINTER,
}
KIND_AT = 3  # of a keypad frame: STX, length (2), kind
MAKE_MAC, CHECK_MAC = 0x03, 0x04
Go = Callable[[MemoryBench, int], None]


def link(bench: MemoryBench, wire: str) -> MemoryLink:
    found: MemoryLink = bench.links[wire]
    return found


def pull_at(bench: MemoryBench, kind: int) -> None:
    """The keypad's cable goes while this question is written."""
    link(bench, "keypad").pulled_by = lambda frame: frame[KIND_AT] == kind


def mute_at(bench: MemoryBench, kind: int) -> None:
    """The keypad says nothing from this question on."""
    keypad = link(bench, "keypad")

    def silence(frame: bytes) -> bool:
        keypad.is_mute |= frame[KIND_AT] == kind
        return False

    keypad.pulled_by = silence


@pytest.mark.parametrize("wire", NAMES)
def test_pulled_cable_is_said_and_mended(bench: MemoryBench, wire: str) -> None:
    link(bench, wire).pull()
    bench.run(SHOWN_WITHIN_S)
    assert says(bench, NAMES[wire])
    assert says(bench, Text.LOST_WIRE)
    bench.run(20.0)
    assert says(bench, NAMES[wire])
    assert says(bench, Text.LOST_WIRE)
    link(bench, wire).plug()
    bench.run(3.0)
    assert not says(bench, Text.LOST_WIRE)
    assert refund(bench) == "refund.approved"


@pytest.mark.parametrize("wire", ["keypad", "printer"])
def test_silent_device_is_said_and_mended(bench: MemoryBench, wire: str) -> None:
    link(bench, wire).is_mute = True
    bench.run(SHOWN_WITHIN_S + 0.6)
    assert says(bench, NAMES[wire])
    assert says(bench, Text.LOST_WIRE)
    link(bench, wire).is_mute = False
    bench.run(3.0)
    assert not says(bench, Text.LOST_WIRE)


def test_display_that_was_pulled_shows_what_is_true_now(bench: MemoryBench) -> None:
    link(bench, "display").pull()
    bench.run(1.0)
    bench.keys("MENU")
    assert bench.screen == "idle"
    link(bench, "display").plug()
    bench.run(3.0)
    assert bench.screen == "menu"


def ready_refund(bench: MemoryBench) -> None:
    start_refund(bench)


def ready_sale(bench: MemoryBench) -> None:
    start_sale(bench)


def ready_void(bench: MemoryBench) -> None:
    stan = sold(bench)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("debit").keys(SUPERVISOR)


@pytest.mark.parametrize("ready", [ready_refund, ready_sale, ready_void])
def test_nothing_that_is_not_shown_is_agreed_to(
    bench: MemoryBench, ready: Callable[[MemoryBench], None]
) -> None:
    ready(bench)
    shown, before = bench.screen, len(bench.records("intent"))
    assert shown.endswith(".confirm"), bench.rows
    link(bench, "display").pull()
    bench.run(1.0).keys("ENTER ENTER").run(1.0)
    assert len(bench.records("intent")) == before
    link(bench, "display").plug()
    bench.run(3.0)
    assert bench.screen == shown
    bench.keys("ENTER").run(1.0)
    assert bench.screen.endswith(".approved")
    assert len(bench.records("intent")) == before + 1


def test_display_that_says_nothing_is_as_one_that_is_gone(bench: MemoryBench) -> None:
    start_refund(bench)
    link(bench, "display").is_mute = True
    bench.run(SHOWN_WITHIN_S + 0.6).keys("ENTER").run(61.0)
    link(bench, "display").is_mute = False
    bench.run(3.0)
    assert bench.screen == "refund.cancelled"
    assert not bench.records("intent")


@pytest.mark.parametrize("wire", DEVICES)
def test_cable_pulled_while_the_host_is_asked_does_not_harm_the_refund(
    bench: MemoryBench, wire: str
) -> None:
    bench.host.faults.arm("host.late", {"delay_s": 10.0})
    refund(bench, wait_s=2.0)
    link(bench, wire).pull()
    bench.run(3.0)
    link(bench, wire).plug()
    bench.run(30.0)
    assert outcomes(bench) == ["approved"]
    leave(bench)
    check_books(bench)


@pytest.mark.parametrize("wire", DEVICES)
def test_cable_pulled_at_every_screen_of_the_entry_moves_nothing(
    bench: MemoryBench, wire: str
) -> None:
    for keys in ("", "ENTER", "ENTER 1", "ENTER 1 2580"):
        bench.scan(bench.code(bench.sale(**SALE))).keys(keys)
        link(bench, wire).pull()
        bench.run(3.0)
        link(bench, wire).plug()
        bench.run(40.0)
        bench.keys("CANCEL").keys("CANCEL CANCEL").run(2.0)
        leave(bench)
    assert not bench.records("intent")
    assert refund(bench) == "refund.approved"


@pytest.mark.parametrize("go", [pull_at, mute_at])
def test_keypad_gone_during_the_mac_is_certain_and_the_number_is_used_up(
    bench: MemoryBench, go: Go
) -> None:
    start_refund(bench)
    go(bench, MAKE_MAC)
    bench.keys("ENTER").run(6.0)
    assert bench.screen == "refund.not_sent", bench.rows
    assert outcomes(bench) == ["not_sent"]
    assert not booked(bench)
    link(bench, "keypad").plug()
    leave(bench.run(3.0))
    assert refund(bench) == "refund.approved"
    stans = [record.body["stan"] for record in bench.records("intent")]
    assert stans[1] == stans[0] + 1


@pytest.mark.parametrize("go", [pull_at, mute_at])
def test_keypad_gone_during_the_verification_is_unknown(bench: MemoryBench, go: Go) -> None:
    start_refund(bench)
    go(bench, CHECK_MAC)
    bench.keys("ENTER").run(6.0)
    assert bench.screen == "refund.unknown", bench.rows
    assert outcomes(bench) == ["unknown"]
    link(bench, "keypad").plug()
    leave(bench.run(3.0)).run(LIFE_S)
    settle_all(bench)
    check_books(bench)

"""Sign-in of each kind, its keys and check values, the batch, and what the host asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.host.config import ALL_SIGN_INS
from emulator.host.core import Action, Send
from emulator.host.crypto import MakLength, SignInKind
from terminal.domain.host_profile import HostProfile
from terminal.iso8583 import messages
from terminal.iso8583.messages import Message
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.cashier import booked, leave, refund
from tests.scenarios.eyes import shows
from tests.scenarios.memory_bench import MemoryBench

# Where each check value ends in the key block of a kind (4.4): 8 or 16 bytes of key, 4 of check.
CHECKS = {"001": (12, 24), "003": (20, 40), "004": (20, 40, 60)}
EVERY_CHECK = [(kind, end) for kind, ends in CHECKS.items() for end in ends]
KIND_AND_MAK = [("001", "single"), ("003", "single"), ("003", "double"), ("004", "single")]


def bench_of(folder: Path, kind: SignInKind, mak: MakLength = "single") -> MemoryBench:
    """A terminal and a host that sign in this way; set up, nobody logged on."""
    bench = MemoryBench(folder, profile=HostProfile(sign_in_kind=kind))
    desk = bench.host._desk
    terminal = replace(desk.config.terminals[0], sign_in_kinds=ALL_SIGN_INS, mak=mak)
    bench.host._desk = replace(desk, config=replace(desk.config, terminals=(terminal,)))
    return bench.set_up()


def spoil(bench: MemoryBench, end: int) -> None:
    """From now on the byte before this place of the key block is another one."""

    def twisted(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        (send,) = actions
        assert isinstance(send, Send)
        head, reply = send.raw[2:13], messages.decode(send.raw[13:])
        keys = bytearray(reply.raw(62))
        keys[end - 1] ^= 1
        raw = head + messages.encode(Message(reply.mti, {**reply.fields, 62: bytes(keys)}))
        return (Send(send.delay_s, len(raw).to_bytes(2, "big") + raw),)

    bench.links["acquirer"].twist = twisted


@pytest.mark.parametrize(("kind", "mak"), KIND_AND_MAK)
def test_keys_of_each_kind_carry_a_refund(tmp_path: Path, kind: SignInKind, mak: MakLength) -> None:
    bench = bench_of(tmp_path, kind, mak).log_on()
    assert shows(bench, Text.SIGNED_IN)
    assert refund(bench) == "refund.approved"
    assert len(booked(bench)) == 1


@pytest.mark.parametrize(("kind", "end"), EVERY_CHECK)
def test_one_wrong_check_value_refuses_all_keys(tmp_path: Path, kind: SignInKind, end: int) -> None:
    bench = bench_of(tmp_path, kind)
    spoil(bench, end)
    bench.log_on()
    assert shows(bench, Text.KEYS_WRONG)
    bench.keys("ENTER")
    assert shows(bench, Text.NOT_SIGNED_IN)
    assert not bench.records("signed_in")


def test_wrong_keys_leave_no_good_ones_behind_in_the_books(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, "003").log_on()
    spoil(bench, 40)
    bench.keys("MENU 4").run(1.0)
    bench.keys("ENTER").run(1.0).keys("ENTER").links["acquirer"].twist = None
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    assert shows(bench, Text.REFUSED_NOT_SIGNED_IN)


def test_host_of_another_kind_says_no(bench: MemoryBench) -> None:
    desk = bench.host._desk
    terminal = replace(desk.config.terminals[0], sign_in_kinds=("001",))
    bench.host._desk = replace(desk, config=replace(desk.config, terminals=(terminal,)))
    bench.keys("MENU 4").run(1.0)
    assert shows(bench, say(Text.HOST_SAYS_NO, code="40"))


def test_host_that_asks_in_an_echo_gets_its_sign_in_at_once(bench: MemoryBench) -> None:
    before = len(bench.records("signed_in"))
    bench.host.faults.arm("host.sign_in_again")
    bench.keys("MENU 5").run(1.0)
    assert shows(bench, Text.ECHO_GOOD)
    bench.keys("ENTER").run(4.0)
    assert len(bench.records("signed_in")) == before + 1
    assert bench.screen == "idle"


def test_host_that_always_asks_gets_one_sign_in_and_no_more(bench: MemoryBench) -> None:
    before = len(bench.records("signed_in"))
    bench.host.faults.arm("host.sign_in_again", count=20)
    bench.keys("MENU 5").run(60.0)
    assert len(bench.records("signed_in")) == before + 1
    assert bench.screen == "idle"


def test_sign_in_that_fails_after_the_host_asked_is_not_tried_again_by_itself(
    bench: MemoryBench,
) -> None:
    bench.host.faults.arm("host.sign_in_again")
    bench.keys("MENU 5").run(1.0)
    bench.links["acquirer"].is_up = False
    bench.keys("ENTER").run(60.0)
    assert shows(bench, Text.NOT_SIGNED_IN)
    asked = [r for r in bench.records("stan") if r.body["for"] == "sign_in"]
    assert len(asked) == 2


def test_signed_off_terminal_moves_no_money_until_somebody_signs_in(bench: MemoryBench) -> None:
    bench.keys("MENU 7").run(4.0)
    bench.scan(bench.code(bench.sale(rrn="061400000012")))
    assert bench.screen == "refund.refused"
    leave(bench)
    assert shows(bench, Text.NOT_SIGNED_IN)
    bench.keys("MENU 4").run(4.0)
    assert refund(bench) == "refund.approved"


@pytest.mark.parametrize(("booked", "first"), [(False, "approved"), (True, "declined")])
def test_sign_off_that_is_not_answered_is_found_out_by_the_next_refund(
    bench: MemoryBench, booked: bool, first: str
) -> None:
    bench.host.faults.arm("host.no_answer", {"booked": booked})
    bench.keys("MENU 7").run(61.0)
    assert shows(bench, Text.HOST_GAVE_NO_ANSWER)
    bench.keys("ENTER")
    assert shows(bench, Text.SIGNED_IN)
    assert refund(bench, "1000") == f"refund.{first}"
    leave(bench)
    assert refund(bench, "2000") == "refund.approved"


def test_another_sign_in_while_a_batch_is_open_keeps_the_batch(bench: MemoryBench) -> None:
    refund(bench)
    leave(bench)
    totals = bench.runtime.facts.books.totals
    bench.keys("MENU 4").run(4.0)
    assert bench.runtime.facts.books.totals == totals
    assert bench.runtime.facts.books.batch_records == 1

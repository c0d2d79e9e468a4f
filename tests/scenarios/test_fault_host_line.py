"""The line to the host: refused, dropped, and bytes that no host should send."""

from __future__ import annotations

import pytest

from emulator.host.core import Action, Close, Send
from tests.scenarios.cashier import (
    booked,
    leave,
    outcomes,
    paid_minor,
    refund,
    start_refund,
)
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER, HostLine, Twist


def line(bench: MemoryBench) -> HostLine:
    found: HostLine = bench.links[ACQUIRER]
    return found


def answered(*before: bytes, ends: bool = False) -> Twist:
    """These bytes come before the host's answer; or instead of it, and the line is closed."""

    def twist(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        first = tuple(Send(0.0, raw) for raw in before)
        return (*first, Close(0.0)) if ends else (*first, *actions)

    return twist


def requests(bench: MemoryBench) -> list[bytes]:
    return [frame for wire, frame in bench.sent if wire == ACQUIRER]


def check_not_sent_and_go_on(bench: MemoryBench) -> None:
    assert bench.screen == "refund.not_sent", bench.rows
    assert outcomes(bench) == ["not_sent"]
    assert not booked(bench)
    assert not bench.printer.slips
    line(bench).is_up = line(bench).is_there = True
    leave(bench)
    assert refund(bench) == "refund.approved"
    assert outcomes(bench) == ["not_sent", "approved"]


def test_f34_refused_connection_is_certain_and_the_number_is_used_up(bench: MemoryBench) -> None:
    start_refund(bench)
    line(bench).is_up = False
    bench.keys("ENTER").run(1.0)
    check_not_sent_and_go_on(bench)
    stans = [record.body["stan"] for record in bench.records("intent")]
    assert stans[1] == stans[0] + 1


def test_connection_that_never_stands_is_certain(bench: MemoryBench) -> None:
    start_refund(bench)
    line(bench).is_there = False
    bench.keys("ENTER").run(11.0)
    check_not_sent_and_go_on(bench)


def test_line_that_opens_after_the_terminal_gave_up_carries_nothing(bench: MemoryBench) -> None:
    start_refund(bench)
    line(bench).is_there = False
    bench.keys("ENTER").run(11.0)
    sent = len(requests(bench))
    line(bench)._opened()
    bench.run(1.0)
    assert len(requests(bench)) == sent
    assert line(bench).connection is None


@pytest.mark.parametrize("count", [0, 1, 2, 30, 10_000])
def test_f35_line_lost_after_the_write_began_is_unknown(bench: MemoryBench, count: int) -> None:
    start_refund(bench)
    line(bench).drops_after = count
    if count > 1000:
        line(bench).twist = answered(ends=True)
    bench.keys("ENTER").run(1.0)
    assert bench.screen == "refund.unknown"
    assert outcomes(bench) == ["unknown"]
    assert len(booked(bench)) == int(count > 1000)


@pytest.mark.parametrize(
    "raw",
    [
        bytes(65536),
        b"\xff" * 65536,
        b"\x00\x05HELLO",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x00\x20" + bytes(32),
    ],
    ids=["64 KB of zeros", "64 KB of ones", "too short", "a web server", "zeros in a frame"],
)
def test_f54_bytes_that_are_no_answer_never_approve(bench: MemoryBench, raw: bytes) -> None:
    line(bench).twist = answered(raw, ends=True)
    assert refund(bench) == "refund.unknown"
    assert outcomes(bench) == ["unknown"]
    line(bench).twist = None
    leave(bench)


def test_f54_readable_noise_before_the_answer_is_waited_past(bench: MemoryBench) -> None:
    line(bench).twist = answered(b"\x00\x20" + bytes(32))
    assert refund(bench) == "refund.approved"


def test_host_that_never_closes_does_not_hold_the_terminal(bench: MemoryBench) -> None:
    assert refund(bench) == "refund.approved"
    assert line(bench).connection is None, "the terminal hangs up itself"
    leave(bench)
    assert paid_minor(bench) == 10000

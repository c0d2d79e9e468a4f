"""Slow cables: a question waits behind what was sent, and silence is judged by that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.config import Line
from tests.scenarios.cashier import booked, leave, outcomes, paid_minor, refund, start_refund
from tests.scenarios.memory_bench import MemoryBench

SLOW = ("display", "printer")
BITS_A_BYTE = 10
SLIP_BYTES = 2000  # more than a slip, its fence and the questions about it


class SlowTerminal:
    """A terminal whose cables are as slow as it believes them to be."""

    def __init__(self, bench: MemoryBench, baud: int) -> None:
        self.bench = bench
        lines = {name: Line(baudrate=baud) for name in SLOW}
        bench.power_cut()
        bench.setting = replace(bench.setting, device=replace(bench.setting.device, lines=lines))
        bench.power_on()
        bench.log_on()
        for name in SLOW:
            bench.troubles[name].bytes_per_s = baud / BITS_A_BYTE
        self.slip_s = SLIP_BYTES * BITS_A_BYTE / baud + 1.0

    def lost(self) -> frozenset[str]:
        """The devices that are not there, as far as the terminal knows."""
        return self.bench.runtime._wires.lost

    def papers(self) -> tuple[int, int]:
        """Pieces of paper with each copy's name on it, whole or not."""
        texts = ["\n".join(slip.rows) for slip in self.bench.printer.slips]
        merchant, customer = ("MERCHANT COPY", "CARDHOLDER COPY")
        return sum(merchant in text for text in texts), sum(customer in text for text in texts)

    def printed(self) -> list[str]:
        """The copies that the journal holds to be on paper."""
        return [record.body["slip"] for record in self.bench.records("printed")]


@pytest.fixture(params=[9600, 4800, 2400])
def slow(bench: MemoryBench, request: pytest.FixtureRequest) -> SlowTerminal:
    return SlowTerminal(bench, request.param)


def test_f73_both_slips_come_out_once(slow: SlowTerminal) -> None:
    bench = slow.bench
    refund(bench, wait_s=slow.slip_s)
    assert bench.screen == "refund.approved", bench.rows
    bench.keys("ENTER").run(slow.slip_s)
    leave(bench)
    assert slow.papers() == (1, 1)
    assert slow.printed() == ["merchant", "customer"]
    assert len(booked(bench)) == 1
    assert (outcomes(bench), paid_minor(bench)) == (["approved"], 10000)


def test_f73_printer_that_falls_silent_is_noticed(slow: SlowTerminal) -> None:
    bench = slow.bench
    start_refund(bench)
    bench.printer.silent(True)
    bench.keys("ENTER").run(slow.slip_s + 2.0)
    assert bench.screen == "print.paper_out", bench.rows
    assert slow.lost() == {"printer"}
    bench.printer.silent(False)
    bench.run(4.0).keys("ENTER").run(slow.slip_s)
    assert bench.screen == "refund.approved", bench.rows
    bench.keys("ENTER").run(slow.slip_s)
    assert slow.papers() == (1, 1)


def test_display_that_is_drawn_often_is_not_lost(slow: SlowTerminal) -> None:
    slow.bench.keys("MENU")
    for _ in range(40):
        slow.bench.keys("DOWN UP")
        assert not slow.lost()
    slow.bench.run(30.0)
    assert slow.bench.screen == "menu", slow.bench.rows

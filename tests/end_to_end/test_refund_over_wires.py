"""A whole refund, from the log-on to the torn slips, over every kind of wire."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.books import settled
from tests.end_to_end.channel import PATIENCE_S
from tests.end_to_end.running import ROOT, running
from tests.end_to_end.till import Slip, Till

pytestmark = [pytest.mark.emulator, pytest.mark.slow]

LINES = [
    ("--wires", "pty"),
    ("--wires", "tcp"),
    ("--wires", "rfc2217"),
    ("--wires", "pty", "--host-line", "serial"),
    ("--wires", "pty", "--host-line", "serial", "--baud", "57600"),
]


@pytest.mark.parametrize("lines", LINES, ids=" ".join)
def test_refund_is_on_both_books_and_on_two_slips(
    state: Path, shop: Path, lines: tuple[str, ...]
) -> None:
    with running(state, shop, *lines) as bench:
        till = Till(bench.channel)
        till.log_on()
        sale = till.sale(10000)
        slips = till.refund(sale)
        refunds, bookings = settled(bench)
        assert [refund.outcome for refund in refunds] == ["approved"]
        assert [booking["state"] for booking in bookings] == ["booked"]
        assert bookings[0]["original_rrn"] == sale["rrn"]
        assert bookings[0]["amount_minor"] == 10000
        for slip in slips:
            assert_tells(slip, "100.00", bookings[0]["stan"], bookings[0]["rrn"])
        assert till.sale(10000)["remaining_minor"] == 0


def assert_tells(slip: Slip, *values: str) -> None:
    text = "\n".join(slip["rows"])
    for value in values:
        assert value in text


@pytest.mark.parametrize("line", ["tcp", "serial"])
def test_lab_script_gives_a_refund_and_exits_with_0(state: Path, shop: Path, line: str) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "hil_refund.py")]
    with running(state, shop, "--wires", "tcp", "--host-line", line) as bench:
        ended = subprocess.run(
            [*script, "--control", bench.channel.address, "--device", str(state / "device.toml")],
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE_S,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        refunds, bookings = settled(bench)
    assert (len(refunds), len(bookings)) == (1, 1)

"""A customer pays at the terminal in memory, and what the host has of it."""

from __future__ import annotations

from typing import Any

from terminal.flows.home_menu import lines
from terminal.ui.text import Text
from tests.scenarios.cashier import leave
from tests.scenarios.memory_bench import MemoryBench

PIN = "123456"
EARLY_S = 95.0  # a reversal that was answered too early is asked for again after that


def menu(bench: MemoryBench, text: Text) -> MemoryBench:
    """Run a line of the menu by what it says."""
    texts = [line.text for line in lines(bench.runtime.facts)]
    return bench.keys("MENU " + "DOWN " * texts.index(text) + "ENTER")


def start_sale(
    bench: MemoryBench, amount: str = "10000", card: str = "debit", pin: str = PIN
) -> MemoryBench:
    """Everything up to the confirm screen: amount, card, PIN or Enter alone."""
    menu(bench, Text.MENU_SALE).keys(f"{amount} ENTER").swipe(card)
    return bench.keys(f"{pin} ENTER") if bench.screen == "sale.pin" else bench


def sell(bench: MemoryBench, wait_s: float = 1.0, **how: str) -> str:
    """A sale that is confirmed; the screen that stands after so many seconds."""
    start_sale(bench, **how).keys("ENTER").run(wait_s)
    return bench.screen


def sold(bench: MemoryBench, **how: Any) -> int:
    """A good sale, up to the idle screen; its trace number."""
    assert sell(bench, **how) == "sale.approved", bench.rows
    leave(bench)
    stan: int = bench.records("intent")[-1].body["stan"]
    return stan


def bookings(bench: MemoryBench, kind: str = "22") -> list[dict[str, Any]]:
    """What this terminal's sales (22), voids (23) or refunds (25) did on the host's ledger."""
    found = bench.ledger.bookings()
    return [b for b in found if b["transaction_type"] == kind and int(str(b["batch"])) > 1]


def states(bench: MemoryBench, kind: str = "22") -> list[str]:
    """What the host says of each."""
    return [str(b["state"]) for b in bookings(bench, kind)]


def to_the_host(bench: MemoryBench, mti: str) -> list[bytes]:
    """Frames of this message type, from the length on."""
    at = 2 + 5 + 6  # length, TPDU, header
    frames = [frame for wire, frame in bench.sent if wire == "acquirer"]
    return [frame for frame in frames if frame[at : at + 2].hex() == mti]

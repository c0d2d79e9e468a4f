"""Keys as a person of the demo shop presses them, and how many presses a text takes."""

from __future__ import annotations

from typing import Any

from emulator.stories.words import spelled
from tests.scenarios.cashier import refunds
from tests.scenarios.memory_bench import MemoryBench

PASSWORDS = {"01": "2580", "02": "7394", "10": "614283", "11": "950371", "99": "407162"}


def pressed(text: str) -> int:
    """How many presses `MemoryBench.keys` makes of a text."""
    return sum(len(word) if word.isdigit() else 1 for word in text.split())


def press(bench: MemoryBench, key: str) -> MemoryBench:
    """One key by its name, 00 too."""
    bench.answer("keypad", bench.keypad.press(key, bench.clock.now_s))
    bench.run(0.05)
    return bench


def swipe_text(bench: MemoryBench, stripe: str) -> MemoryBench:
    """A stripe as the reader sends it."""
    bench.answer("reader", bench.reader.swipe(stripe))
    bench.run(0.1)
    return bench


def typed_original(sale: dict[str, Any], auth_code: str = "") -> str:
    """The presses for a purchase that is typed, from its reference number to the last Enter."""
    month_and_day, amount = str(sale["date"])[4:], str(sale["amount_minor"])
    parts = (spelled(sale["rrn"]), month_and_day, amount, spelled(auth_code))
    return " ENTER ".join(parts) + " ENTER"


def who(number: str) -> str:
    """Number and password of a person of the demo shop."""
    return f"{number} ENTER {PASSWORDS[number]} ENTER"


def slip_texts(bench: MemoryBench) -> list[str]:
    """Each piece of paper as one text."""
    return ["\n".join(slip.rows) for slip in bench.printer.slips]


def nothing_moved(bench: MemoryBench) -> bool:
    """No intent in the journal, nothing of ours on the ledger."""
    return not bench.records("intent") and not refunds(bench)

"""What a cashier and a supervisor do at the terminal in memory, and what is counted afterwards."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from emulator.host.faults import Value
from terminal.ui.text import Text
from tests.scenarios.memory_bench import MemoryBench

SALE = {"card": "debit", "amount_minor": 10000}
LIFE_S = 91.0  # a little more than the life of a message
ANSWER_S = 61.0  # and than the wait for an answer
SUPERVISOR = "10 ENTER 614283 ENTER"


def start_refund(bench: MemoryBench, amount: str = "", **sale: object) -> MemoryBench:
    """Everything up to the confirm screen: a scanned slip, the card that paid."""
    found = bench.sale(**(sale or SALE))
    bench.scan(bench.code(found)).keys(f"{amount} ENTER 1")
    return one_more(bench).keys("2580 ENTER").swipe(str(found["card"]))


def one_more(bench: MemoryBench) -> MemoryBench:
    """Whoever means a second refund like the first says so where the terminal asks."""
    return bench.keys("ENTER") if bench.screen == "refund.same_again" else bench


def refund(bench: MemoryBench, amount: str = "", wait_s: float = 1.0, **sale: object) -> str:
    """A refund that is confirmed; the screen that stands after so many seconds."""
    start_refund(bench, amount, **sale).keys("ENTER")
    bench.run(wait_s)
    return bench.screen


def refund_with(bench: MemoryBench, fault: str, wait_s: float = 1.0, **params: Value) -> str:
    """A refund during which the host has this fault."""
    bench.host.faults.arm(fault, params)
    return refund(bench, wait_s=wait_s)


def leave(bench: MemoryBench) -> MemoryBench:
    """Enter until the idle screen is back."""
    for _ in range(6):
        if bench.screen == "idle":
            break
        bench.keys("ENTER").run(3.0)
    assert bench.screen == "idle", bench.rows
    return bench


def settle(bench: MemoryBench, was_refunded: bool) -> MemoryBench:
    """A supervisor settles the oldest unresolved one after asking the acquirer."""
    bench.keys(f"MENU 3 1 ENTER {SUPERVISOR}").keys("1 ENTER" if was_refunded else "2")
    assert bench.screen == "pending.settled", bench.rows
    return bench.keys("ENTER")


def settle_all(bench: MemoryBench) -> MemoryBench:
    """Everything unresolved is settled as the host's list says."""
    while bench.runtime.facts.books.unresolved:
        oldest = next(iter(bench.runtime.facts.books.unresolved.values())).intent
        settle(bench, (oldest.batch, oldest.stan) in dict.fromkeys(booked(bench)))
    return bench


def refunds(bench: MemoryBench) -> list[dict[str, Any]]:
    """What this terminal's refunds did on the host's ledger, declines too."""
    return [b for b in bench.ledger.bookings() if b["transaction_type"] == "25" and _is_new(b)]


def _is_new(booking: dict[str, Any]) -> bool:
    return int(booking["batch"]) > 1  # the seeded ones stand in a batch of their own


def booked(bench: MemoryBench) -> list[tuple[int, int]]:
    """Batch and trace number of each refund that the host has booked."""
    done = [b for b in refunds(bench) if b["state"] == "booked"]
    return [(int(b["batch"]), int(b["stan"])) for b in done]


def paid_minor(bench: MemoryBench) -> int:
    """What the host has given back on behalf of this terminal."""
    return sum(b["amount_minor"] for b in refunds(bench) if b["state"] == "booked")


def outcomes(bench: MemoryBench) -> list[str]:
    """The outcome of each intent in the journal by now, in order; `sent` while it has none."""
    found = {r.number: "sent" for r in bench.records("intent")}
    for record in bench.records():
        if record.kind in ("result", "settled"):
            found[record.body["intent"]] = record.body["outcome"]
    return list(found.values())


def check_books(bench: MemoryBench) -> None:
    """Nothing twice, nothing unknown to the journal, and the books say what the ledger says."""
    intents = [(r.body["batch"], r.body["stan"]) for r in bench.records("intent")]
    assert max(Counter(intents).values(), default=1) == 1, "a trace number was used twice"
    assert max(Counter(booked(bench)).values(), default=1) == 1, "booked twice"
    assert set(booked(bench)) <= set(intents), "the host has booked what nobody stored"
    books = bench.runtime.facts.books
    assert not books.unresolved
    assert sum(o.spent_minor for o in books.originals.values()) == paid_minor(bench)


def whole_slips(bench: MemoryBench, word: str) -> int:
    """How many cut slips carry this word, as MERCHANT or CARDHOLDER."""
    return sum(1 for s in bench.printer.slips if s.cut and any(word in r for r in s.rows))


def has_shown_approved(bench: MemoryBench, written: int) -> bool:
    """Whether a frame to the display, or to the printer, said approved since so many writes."""
    said = {"display": b"refund.approved", "printer": b"APPROVED"}
    frames = bench.sent[written:]
    return any(wire in said and said[wire] in frame for wire, frame in frames)


def says(bench: MemoryBench, text: Text) -> bool:
    """Whether the display says this, its values and the ends of its rows aside."""
    words = max(re.split(r"\{\w+\}", text.value.zh_cn), key=len)
    return words in "".join(row.strip() for row in bench.display.rows)

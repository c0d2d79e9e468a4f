"""How many keys the three kinds of refund take: played on the terminal in memory."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts._bench_figures import BenchError, Figure
from scripts._bench_rig import ROOT

GOALS = {"scanned": 11, "approved": 20, "typed": 46}
WHAT = {
    "scanned": "keys of a full refund, original scanned",
    "approved": "keys of a full refund, scanned and approved",
    "typed": "keys of a full refund, original typed",
}
NOTE = "idle to idle, own password and the key after tearing off counted"
TYPED_NOTE = f"{NOTE}; authorisation code of six digits, each letter in it takes 1 to 4 keys more"
AUTH_CODE = "135790"


class Counted:
    """A bench in memory whose keys are counted."""

    def __init__(self, folder: Path) -> None:
        sys.path.insert(0, str(ROOT / "tests/scenarios"))
        story = import_module("memory_bench")
        self.bench: Any = story.MemoryBench(folder).set_up().log_on()
        self.count = 0

    def keys(self, text: str) -> None:
        """Press them: names apart, digits together."""
        self.count += key_count(text)
        self.bench.keys(text)
        self.bench.run(0.5)

    def password(self, role: str) -> str:
        """Of the first person with this role."""
        return next(str(p.password) for p in self.bench.shop.people if p.role == role)

    def number(self, role: str) -> str:
        """Of the same person."""
        return next(str(p.number) for p in self.bench.shop.people if p.role == role)


def key_count(text: str) -> int:
    """Each digit is a key, each name is one."""
    return sum(len(word) if word.isdigit() else 1 for word in text.split())


def counts(folder: Path) -> tuple[Figure, ...]:
    """One figure a kind."""
    stories = {"scanned": _scanned, "approved": _approved, "typed": _typed}
    figures = []
    for name, story in stories.items():
        place = folder / name
        place.mkdir()
        counted = Counted(place)
        story(counted)
        if counted.bench.screen != "idle":
            raise BenchError(f"keys, {name}: ended at {counted.bench.screen}, not at idle")
        note = TYPED_NOTE if name == "typed" else NOTE
        figures.append(
            Figure(f"keys {name}", WHAT[name], counted.count, "keys", GOALS[name], note=note)
        )
    return tuple(figures)


def _scanned(at: Counted) -> None:
    sale = at.bench.sale(card="debit", amount_minor=10000)
    at.bench.scan(at.bench.code(sale))
    _rest(at, sale)


def _approved(at: Counted) -> None:
    sale = at.bench.sale(card="credit", amount_minor=129900)
    at.bench.scan(at.bench.code(sale))
    _rest(at, sale)


def _typed(at: Counted) -> None:
    sale = at.bench.sale(card="debit", amount_minor=10000)
    at.keys("MENU 1")
    at.keys(f"{sale['rrn']} ENTER")
    at.keys(f"{str(sale['date'])[4:]} ENTER")
    at.keys(f"{sale['amount_minor']} ENTER")
    at.keys(f"{AUTH_CODE} ENTER")
    _rest(at, sale)


def _rest(at: Counted, sale: dict[str, Any]) -> None:
    """From the amount screen on: everything remaining, the first reason, own password, card."""
    at.keys("ENTER")
    at.keys("1")
    at.keys(f"{at.password('operator')} ENTER")
    at.bench.swipe(sale["card"])
    if at.bench.screen == "refund.approval":
        at.keys(f"{at.number('supervisor')} ENTER")
        at.keys(f"{at.password('supervisor')} ENTER")
    at.keys("ENTER")
    if not any(b["original_rrn"] == sale["rrn"] for b in at.bench.ledger.bookings()):
        raise BenchError(f"keys: no refund was booked, there is {at.bench.screen}")
    at.keys("ENTER")

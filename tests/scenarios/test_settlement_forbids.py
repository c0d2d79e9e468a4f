"""While a settlement is not over no money moves; the idle screen says so, after a restart too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from terminal.domain.books import Settling, Totals
from terminal.domain.facts import Facts, Identity
from terminal.domain.host_profile import HostProfile
from terminal.domain.parameters import Parameters
from terminal.effects import SendToHost
from terminal.events import Key, KeyPressed, Started
from terminal.flows import settlement
from terminal.ui.text import Text
from tests.scenarios.eyes import shows
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.power_moments import start_again
from tests.scenarios.trading_day import HEAD_BYTES, a_day, settled

VECTORS = Path(__file__).parents[1] / "vectors" / "unionpay_messages.json"


@pytest.fixture
def unfinished(bench: MemoryBench) -> MemoryBench:
    """The question was sent and never answered; the idle screen."""
    a_day(bench)
    bench.host.faults.arm("host.close", {"booked": True, "mti": "0500"})
    settled(bench, 5.0)
    assert bench.screen == "settlement.stuck"
    bench.keys("CANCEL")
    assert bench.screen == "idle"
    return bench


def test_idle_screen_says_so(unfinished: MemoryBench) -> None:
    assert shows(unfinished, Text.SETTLE_UNFINISHED)
    start_again(unfinished)
    assert shows(unfinished, Text.SETTLE_UNFINISHED)


def test_refund_from_the_menu_goes_on_with_the_settlement(unfinished: MemoryBench) -> None:
    intents = len(unfinished.records("intent"))
    unfinished.keys("MENU 1").run(20.0)
    assert len(unfinished.records("intent")) == intents
    assert unfinished.records("batch_closed")
    assert not shows(unfinished, Text.SETTLE_UNFINISHED)


def test_scanned_slip_begins_no_refund(unfinished: MemoryBench) -> None:
    intents = len(unfinished.records("intent"))
    unfinished.links["acquirer"].is_up = False
    unfinished.scan(unfinished.code(unfinished.sale(rrn="061400000012"))).run(2.0)
    assert not unfinished.screen.startswith("refund")
    assert len(unfinished.records("intent")) == intents


def packet(name: str) -> bytes:
    packets = json.loads(VECTORS.read_text("utf-8"))
    whole: Any = next(p["hex"] for p in packets if p["name"].split()[0] == name)
    return bytes.fromhex(whole)[HEAD_BYTES:]


def facts_of_the_samples(stan: int) -> Facts:
    facts = Facts(Identity("12345678", "898310058120001"), Parameters(), HostProfile())
    books = facts.books
    books.stan, books.batch, books.signed_in = stan, 2, True
    books.totals = Totals(10000, 1, 5000, 1)
    return facts


def sent(facts: Facts, *keys: Key) -> list[bytes]:
    """What leaves when the settlement begins and these keys are pressed."""
    flow = settlement.call(facts).make()
    effects = flow.handle(Started())
    for key in keys:
        effects = (*effects, *flow.handle(KeyPressed(key)))
    return [effect.raw for effect in effects if isinstance(effect, SendToHost)]


def test_question_is_the_golden_packet() -> None:
    assert sent(facts_of_the_samples(4), Key.ENTER) == [packet("C11")]


def test_end_is_the_golden_packet() -> None:
    facts = facts_of_the_samples(5)
    facts.books.settling = Settling(
        batch=2,
        stan=5,
        record=1,
        operator="01",
        totals=Totals(),
        foreign_totals=Totals(),
        wall="2026-06-15T01:30:19.800Z",
        domestic="balanced",
        foreign="balanced",
    )
    assert sent(facts) == [packet("C12")]

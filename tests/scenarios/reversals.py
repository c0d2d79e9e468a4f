"""Sales and voids whose answer is lost, and the recovery that takes them back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emulator.host.faults import Value
from emulator.host.message import Message, decode
from terminal.domain.card import card_of_track2
from terminal.domain.original import Original
from terminal.domain.transaction import Intent, Transaction
from terminal.effects import Call
from terminal.events import Started
from terminal.flow import Flow
from terminal.flows import home, host_exchange, recovery
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER

HEAD_BYTES = 13  # length, TPDU and header of a frame
MESSAGE_LIFE_S = 91.0
LOST_S = 62.0
AMOUNT_MINOR = 5000


def begin(bench: MemoryBench, call: Call) -> Flow[Any]:
    """A flow on top of the idle screen, as a line of the menu would start it."""
    assert is_idle(bench), bench.rows
    flow: Flow[Any] = call.make()
    bench.runtime.navigator.top.state = home.S.WORKING
    bench.runtime.navigator._stack.append(flow)
    bench.runtime.step(Started())
    return flow


def recover(bench: MemoryBench, wait_s: float = 5.0) -> str:
    """Recovery from its start to its end, everything it says read away; what its caller hears."""
    heard: list[str] = []
    flow = begin(bench, recovery.call(bench.runtime.facts))
    told = flow.table.result
    flow.table = replace(flow.table, result=lambda state, c: _kept(heard, told(state, c)))
    if flow.finished:
        return str(flow.result)
    to_idle(bench, wait_s)
    return heard[0]


def _kept(heard: list[str], result: object) -> object:
    heard.append(str(result))
    return result


def to_idle(bench: MemoryBench, wait_s: float = 5.0) -> MemoryBench:
    """Time passes, and Enter is pressed, until the idle screen is there."""
    for _ in range(20):
        if is_idle(bench):
            return bench
        bench.run(wait_s)
        if not is_idle(bench):
            bench.keys("ENTER")
    raise AssertionError(bench.rows)


def is_idle(bench: MemoryBench) -> bool:
    """Nothing goes on: the display may be a moment behind."""
    navigator = bench.runtime.navigator
    return navigator.is_home and navigator.top.state is home.S.IDLE


def restart(bench: MemoryBench, wait_s: float = 5.0) -> MemoryBench:
    """The power goes and comes; somebody logs on, and the terminal works up what is due."""
    bench.power_cut()
    bench.power_on()
    bench.run(4.0)
    bench.log_on()
    return to_idle(bench, wait_s)


def lost_sale(bench: MemoryBench, fault: str = "host.no_answer", **params: Value) -> Transaction:
    """A sale whose answer is lost, or can't be believed."""
    bench.host.faults.arm(fault, params)
    return _exchange(bench, "sale", _no_original(bench))


def lost_void(bench: MemoryBench, sale: Transaction, fault: str = "host.no_answer") -> Transaction:
    """A void of this sale, the same way."""
    bench.host.faults.arm(fault)
    return _exchange(bench, "void", sale.purchase)


def good_sale(bench: MemoryBench) -> Transaction:
    """A sale that was approved."""
    return _exchange(bench, "sale", _no_original(bench))


def _no_original(bench: MemoryBench) -> Original:
    books, who = bench.runtime.facts.books, bench.runtime.facts.identity
    today = bench.runtime.facts.today
    return Original(
        "", today, AMOUNT_MINOR, terminal=who.terminal_id, batch=books.batch, stan=books.next_stan
    )


def _exchange(bench: MemoryBench, operation: str, original: Original) -> Transaction:
    facts, card = bench.runtime.facts, card_of_track2(bench.card("debit").track2)
    intent = Intent(
        operation=operation,
        stan=facts.books.next_stan,
        batch=facts.books.batch,
        amount_minor=AMOUNT_MINOR,
        entry="S",
        card=card.masked,
        token=bench.keypad.token_of(card.pan),
        original=original,
        reason="",
        document="",
        operator="01",
    )
    sealed = sealed_card(bench, intent.batch)
    flow = begin(bench, host_exchange.call(facts, intent, card, sealed))
    bench.run(facts.profile.answer_timeout_s + 2.0)
    assert flow.finished
    done = flow.result
    assert isinstance(done, Transaction)
    to_idle(bench)
    return done


def sealed_card(bench: MemoryBench, batch: int) -> bytes:
    """The debit card's number and expiry, as the pad seals them."""
    card = bench.card("debit")
    return bench.keypad._core.seal(batch, card.pan.encode(), card.expiry.encode())


def reversal_frames(bench: MemoryBench) -> list[bytes]:
    """Every 0400 that left, as a frame of the line."""
    frames = (frame for wire, frame in bench.sent if wire == ACQUIRER)
    return [frame for frame in frames if frame[HEAD_BYTES : HEAD_BYTES + 2] == b"\x04\x00"]


def reversals(bench: MemoryBench) -> list[Message]:
    """Every 0400 that left."""
    return [decode(frame[HEAD_BYTES:]) for frame in reversal_frames(bench)]


def state_at_host(bench: MemoryBench, one: Transaction) -> str:
    """What the host's ledger says of this transaction; empty when it holds nothing."""
    key = (f"{one.intent.stan:06d}", f"{one.intent.batch:06d}")
    rows = bench.ledger.bookings()
    return next((str(r["state"]) for r in rows if (r["stan"], r["batch"]) == key), "")


def now(bench: MemoryBench, one: Transaction) -> Transaction:
    """The transaction as the books have it by now."""
    found = bench.runtime.facts.books.transaction(one.record)
    assert found is not None
    return found

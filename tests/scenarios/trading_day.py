"""A day's sales, voids and refunds, its settlement, and what both sides have of it afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emulator.host.message import Message, decode
from emulator.host.records import Booking
from terminal.domain.books import Totals
from terminal.domain.card import card_of_track2
from terminal.domain.original import Original
from terminal.domain.parameters import OWED_MOST
from terminal.domain.transaction import Intent, Transaction
from terminal.flows import host_exchange, settlement
from tests.scenarios.cashier import leave, refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER
from tests.scenarios.opened import opened

HEAD_BYTES = 13  # length, TPDU and header of a frame
REFUNDED = ("061400000012", "061100000007")


def sold(bench: MemoryBench, amount_minor: int = 5000) -> Transaction:
    """A sale that the host approves."""
    books, who = bench.runtime.facts.books, bench.runtime.facts.identity
    paid = Original(
        "",
        bench.runtime.facts.today,
        amount_minor,
        terminal=who.terminal_id,
        batch=books.batch,
        stan=books.next_stan,
    )
    return _exchanged(bench, "sale", paid)


def voided(bench: MemoryBench, sale: Transaction) -> Transaction:
    """That sale taken back."""
    return _exchanged(bench, "void", sale.purchase)


def _exchanged(bench: MemoryBench, operation: str, original: Original) -> Transaction:
    facts, card = bench.runtime.facts, bench.card("debit")
    # Nothing is printed here: slips that are owed must not stop the day, nor the days after it.
    facts.parameters = replace(facts.parameters, owed_slips_max=OWED_MOST)
    bench.setting = replace(bench.setting, parameters=facts.parameters)
    held, batch = card_of_track2(card.track2), facts.books.batch
    sealed = bench.keypad._core.seal(batch, card.pan.encode(), card.expiry.encode())
    intent = Intent(
        operation=operation,
        stan=facts.books.next_stan,
        batch=batch,
        amount_minor=original.amount_minor,
        entry="S",
        card=held.masked,
        token=bench.keypad.token_of(card.pan),
        original=original,
        reason="",
        document="",
        operator="01",
        host_day=facts.books.given.day,
    )
    opened(bench, host_exchange.call(facts, intent, held, sealed), 2.0)
    done = facts.books.last
    assert done is not None
    assert done.intent == intent
    return done


def a_day(bench: MemoryBench, sales: int = 2, refunds: int = 1) -> MemoryBench:
    """So many sales, one of them voided, and so many refunds, up to the idle screen."""
    made = [sold(bench, 5000 + number) for number in range(sales)]
    if made:
        voided(bench, made[0])
    for rrn in REFUNDED[:refunds]:
        assert refund(bench, "4000", rrn=rrn) == "refund.approved"
        leave(bench)
    return bench


def settling(bench: MemoryBench, wait_s: float = 0.5) -> MemoryBench:
    """The settlement on top of the idle screen."""
    return opened(bench, settlement.call(bench.runtime.facts), wait_s)


def settled(bench: MemoryBench, wait_s: float = 30.0) -> MemoryBench:
    """The whole settlement, up to the idle screen or where it is stuck."""
    settling(bench)
    bench.keys("ENTER").run(wait_s)
    return bench


def sent_messages(bench: MemoryBench, mti: str) -> list[Message]:
    """Every message of this type that left."""
    raws = (frame[HEAD_BYTES:] for wire, frame in bench.sent if wire == ACQUIRER)
    return [m for m in map(decode, raws) if m.mti == mti]


def upload_codes(bench: MemoryBench) -> list[str]:
    """60.3 of every 0320 that left: 201 details, 202 and 207 the end; 000 a refund."""
    return [m.text(60)[8:11] for m in sent_messages(bench, "0320")]


def slip(bench: MemoryBench) -> str:
    """The newest piece of paper."""
    return "\n".join(bench.printer.slips[-1].rows)


def hosts_batch(bench: MemoryBench, batch: int) -> dict[str, Any]:
    """What the host has noted of this batch."""
    return next(b for b in bench.ledger.batches.listing() if int(str(b["number"])) == batch)


def hosts_totals(bench: MemoryBench, batch: int) -> Totals:
    """What the host's bookings of this batch add up to, counted anew."""
    who, total = bench.runtime.facts.identity, Totals()
    key = (who.merchant_id, who.terminal_id, f"{batch:06d}")
    for booking in bench.ledger.of_batch(key):
        total = _with(total, booking)
    return total


def _with(total: Totals, booking: Booking) -> Totals:
    if booking.state in ("declined", "reversed"):
        return total
    amount, is_sale = booking.amount_minor, booking.transaction_type == "22"
    if is_sale:
        count = total.debit_count + 1
        return replace(total, debit_minor=total.debit_minor + amount, debit_count=count)
    count = total.credit_count + 1
    return replace(total, credit_minor=total.credit_minor + amount, credit_count=count)

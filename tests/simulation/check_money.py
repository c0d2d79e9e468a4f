"""Money moves at most once a wish (INV-1), and never more of it than was paid (INV-3)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from tests.simulation.check_cases import Case, steps
from tests.simulation.check_run import REFUND, VOID, Booking, Run
from tests.simulation.evidence import Violation, Wish

Want = tuple[str, str, int]
WRONG_PIN: Final = "55"  # the customer types another PIN: a new number without a new wish
PARTLY: Final = "10"


def booked_without_intent(run: Run) -> Iterator[Violation]:
    """Each booking of this terminal has one intent, and no key is booked twice."""
    if not run.trusts_journal:
        return
    seen: set[tuple[int, int]] = set()
    for booking in run.ledger:
        if not booking.is_ours or not booking.has_moved:
            continue
        if booking.key not in run.by_key:
            yield Violation("INV-1", f"the host has booked {booking.key}, which nobody stored")
        if booking.key in seen:
            yield Violation("INV-1", f"the host has booked {booking.key} twice")
        seen.add(booking.key)


def booked_another_amount(run: Run) -> Iterator[Violation]:
    """The host moved what was asked for, or, with code 10, less."""
    for case in run.cases:
        booking, asked = run.booked.get(case.key), case.intent["amount_minor"]
        if booking is None or not booking.has_moved or booking.amount_minor == asked:
            continue
        if booking.response_code != PARTLY or booking.amount_minor > asked:
            story = f"{case.name}: {asked} asked for, {booking.amount_minor} booked"
            yield Violation("INV-11", story)


def more_than_was_wished(run: Run) -> Iterator[Violation]:
    """At every moment there are no more intents of a kind than the cashier has asked for."""
    if run.evidence.was_noisy:
        return  # what the cashier pressed Enter for is not what he saw
    wishes: dict[Want, list[float]] = defaultdict(list)
    for wish in run.evidence.wishes:
        wishes[_wanted(wish)].append(wish.at_s)
    references = {wish.rrn.strip() for wish in run.evidence.wishes}
    intents: dict[Want, list[Case]] = defaultdict(list)
    for case in run.cases:
        intents[_want(case, references)].append(case)
    for want, made in intents.items():
        yield from _not_wished(run, want, sorted(wishes[want]), made)


def _not_wished(run: Run, want: Want, wished: list[float], made: list[Case]) -> Iterator[Violation]:
    counted = sorted((_sent_at(run, case), case.name) for case in _wishes_of_their_own(made))
    for place, (at_s, name) in enumerate(counted):
        if place >= len(wished):
            story = f"{name} was never asked for: {want[0]} of {want[2]} wished {len(wished)} times"
            yield Violation("INV-1", story)
        elif wished[place] > at_s:
            yield Violation("INV-1", f"{name} was sent before anybody asked for it again")


def _wishes_of_their_own(made: Iterable[Case]) -> Iterator[Case]:
    before: Case | None = None
    for case in made:
        if before is None or not _goes_on(before, case):
            yield case
        before = case


def _goes_on(before: Case, case: Case) -> bool:
    if case.intent["operation"] != "sale" or before.outcome != "declined":
        return False
    return before.results[-1].body.get("response_code") == WRONG_PIN


def _wanted(wish: Wish) -> Want:
    return wish.operation, wish.rrn.strip(), wish.amount_minor


def _want(case: Case, references: set[str]) -> Want:
    operation, about = case.intent["operation"], case.intent["original"]
    voucher = str(about.get("voucher", ""))
    reference = voucher if voucher and voucher in references else str(about["rrn"])
    if operation == "sale":
        reference = ""
    return operation, reference.strip(), case.intent["amount_minor"]


def _sent_at(run: Run, case: Case) -> float:
    sent = run.first_sent.get(case.key)
    return sent.at_s if sent else math.inf


def more_than_was_paid_here(run: Run) -> Iterator[Violation]:
    """After every record: what was or may have been given back of an original is no more than it.

    Two intents may name other amounts of it, when it was typed: the largest counts.
    """
    found: dict[int, Case] = {}
    for record in steps(run.journal.records, found):
        if record.kind != "intent" or not found[record.number].original:
            continue
        original = found[record.number].original
        same = [c for c in found.values() if c.original == original]
        given = sum(c.moved_minor for c in same if c.is_open or c.has_moved)
        paid = max(c.intent["original"]["amount_minor"] for c in same)
        if given > paid:
            yield Violation("INV-3", f"{given} of {paid} given back of {original}")


def more_than_was_paid_there(run: Run) -> Iterator[Violation]:
    """On the ledger: standing refunds and voids of a sale are no more than the sale."""
    back: dict[str, list[Booking]] = defaultdict(list)
    for booking in run.ledger:
        if booking.kind in (REFUND, VOID) and booking.stands and booking.original_rrn:
            back[booking.original_rrn].append(booking)
    for sale in run.ledger:
        given = sum(booking.amount_minor for booking in back.get(sale.rrn, ()))
        paid = sale.amount_minor if sale.has_moved else 0
        if given > paid:
            story = f"the host has given back {given} of {paid} of {sale.rrn}"
            yield Violation("INV-3", story)


def paid_back_after_void(run: Run) -> Iterator[Violation]:
    """Nothing is given back of a purchase once it is void, or while it may be."""
    found: dict[int, Case] = {}
    for record in steps(run.journal.records, found):
        case = found.get(record.number)
        if case is None or not case.is_refund:
            continue
        voids = (c for c in found.values() if c.intent["operation"] == "void")
        same = [c for c in voids if c.original == case.original]
        if any(c.is_open or c.has_moved for c in same):
            yield Violation("INV-3", f"{case.name} on a purchase that is, or may be, void")


CHECKS: Final = (
    booked_without_intent,
    booked_another_amount,
    more_than_was_wished,
    more_than_was_paid_here,
    more_than_was_paid_there,
    paid_back_after_void,
)

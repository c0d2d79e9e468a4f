"""What sale and void do alike: how they are left, and what follows their answer.

The context is a Sale or a Void: both have facts, operation, card, pin, left, error and done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from terminal.domain.receipt import Copy
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Effect, ForgetCard
from terminal.events import Returned
from terminal.flows import print_slips, recovery, sale_told
from terminal.flows.leaving import Left

C = TypeVar("C", bound=Any)
Step = tuple[C, tuple[Effect, ...]]

# ---- left before anything was sent


def say_left(c: C, event: Returned) -> Step[C]:
    """Somebody left it: no money moved."""
    return _leave(c, event.result)


def say_cancelled(c: C, event: object) -> Step[C]:
    """Cancel is free until something has left the terminal."""
    return _leave(c, Left.CANCELLED)


def say_expired(c: C, event: object) -> Step[C]:
    """Nobody pressed a key: as if cancelled."""
    return _leave(c, Left.TIMED_OUT)


def _leave(c: C, left: Left) -> Step[C]:
    return forget(replace(c, left=left, error=sale_told.why_left(c.operation, left)))


def forget(c: C, *effects: Effect) -> Step[C]:
    """Card and PIN are not needed any more."""
    card = (ForgetCard(c.card.held),) if c.card else ()
    return replace(c, card=None, pin=None), (*card, *effects)


def card_is_gone(c: Any, event: object) -> bool:
    """Its data was dropped a minute after it was swiped."""
    return c.card is None or not c.card.held.held


# ---- what became of it


def was_approved(c: Any, event: Returned) -> bool:
    """The host has done it."""
    done: Transaction = event.result
    return done.outcome is Outcome.APPROVED


def print_both(c: C, event: Returned) -> Step[C]:
    """Merchant copy, then customer copy."""
    done: Transaction = event.result
    slips = print_slips.call(c.facts, done.record, print_slips.BOTH)
    return forget(replace(c, done=done), slips)


def is_to_be_reversed(c: Any, event: Returned) -> bool:
    """No result: it is taken back at once."""
    done: Transaction = event.result
    return done.outcome is Outcome.TO_REVERSE


def reverse(c: C, event: Returned) -> Step[C]:
    """Before anything else is begun."""
    return forget(replace(c, done=event.result), recovery.call(c.facts))


def keep_reversed(c: C, event: Returned) -> Step[C]:
    """As it stands now."""
    return replace(c, done=c.facts.books.transaction(c.done.record)), ()


def keep_outcome(c: C, event: Returned) -> Step[C]:
    """Declined or not sent: told first, printed after."""
    return forget(replace(c, done=event.result))


def print_one(c: C, event: object) -> Step[C]:
    """One slip for the shop."""
    return forget(c, print_slips.call(c.facts, c.done.record, (Copy.MERCHANT,)))

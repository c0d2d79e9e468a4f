"""What sale and void do alike: how they are left, and what follows their answer.

The context is a Sale or a Void: both have facts, operation, card, pin, left, error and done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from terminal.effects import Effect, ForgetCard
from terminal.events import Returned
from terminal.flows import sale_outcome, sale_told
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


def follow_up(c: C, event: Returned) -> Step[C]:
    """Told, taken back, printed: nobody needs the card for that."""
    ended = sale_outcome.call(c.facts, c.operation, event.result)
    return forget(replace(c, done=event.result), ended)


def keep_done(c: C, event: Returned) -> Step[C]:
    """As it stands in the end."""
    return replace(c, done=event.result), ()

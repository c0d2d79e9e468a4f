"""Which purchase a refund is about, whether it may be given back, and the void offered instead."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain import refund_policy
from terminal.events import Returned
from terminal.flows import original_entry, void_choice
from terminal.flows.hindrance import unresolved
from terminal.flows.home_next import VoidInstead
from terminal.flows.refund_case import Refund, Step, host_rules, refuse, said
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


def ask_original(c: Refund, event: object) -> Step:
    """Which purchase?"""
    return c, (original_entry.call(c.facts, c.scanned, c.qr),)


def is_given(c: Refund, event: object) -> bool:
    """Whoever called knows the purchase, and it can be refunded."""
    return c.original is not None and _original_refusal(c) is None


def keep_given(c: Refund, event: object) -> Step:
    """Next: the amount."""
    return c, ()


def is_refused_already(c: Refund, event: object) -> bool:
    """Whoever called knows the purchase."""
    return c.original is not None


def refuse_given(c: Refund, event: object) -> Step:
    """Say why; no money moved."""
    return refuse(c, _original_refusal(c), "original")


def _original_refusal(c: Refund) -> Say | None:
    day, today, parameters = c.purchase.day, c.facts.today, c.facts.parameters
    refused = refund_policy.original_refusal(c.purchase.is_known, parameters)
    refused = refused or refund_policy.day_refusal(day, today, parameters, host_rules(c.facts))
    if refused is not None:
        return said(c, refused)
    nothing_left = say(Text.REFUSED_NOTHING_LEFT) if c.remaining_minor <= 0 else None
    return unresolved(c.facts, c.purchase.key) or nothing_left


def original_is_refundable(c: Refund, event: Returned) -> bool:
    """Not too old, something remains, nothing of it is unresolved."""
    return _original_refusal(replace(c, original=event.result)) is None


def keep_original(c: Refund, event: Returned) -> Step:
    """Next: the amount."""
    return replace(c, original=event.result, entry="", error=None), ()


def refuse_original(c: Refund, event: Returned) -> Step:
    """Say why; no money moved."""
    known = replace(c, original=event.result)
    return refuse(known, _original_refusal(known), "original")


# ---- void instead


def can_be_voided(c: Refund, event: Returned) -> bool:
    """A sale of this batch and day: the void is offered first, once."""
    return not c.was_offered and void_choice.voidable(c.facts, event.result) is not None


def offer_void(c: Refund, event: Returned) -> Step:
    """1 void, 2 refund."""
    sale = void_choice.voidable(c.facts, event.result)
    assert sale is not None
    return replace(c, was_offered=True), (void_choice.call(c.facts, sale, event.result),)


def wants_void(c: Refund, event: Returned) -> bool:
    """Somebody took the offer."""
    return isinstance(event.result, VoidInstead)


def keep_void(c: Refund, event: Returned) -> Step:
    """The caller begins it."""
    return replace(c, void=event.result), ()

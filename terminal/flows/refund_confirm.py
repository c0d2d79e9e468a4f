"""The last look at a refund: what Enter begins there, from where only the exchange decides."""

from __future__ import annotations

from dataclasses import replace

from terminal.events import Returned
from terminal.flows import refund_sending
from terminal.flows.refund_case import Refund, Step


def begin_sending(c: Refund, event: object) -> Step:
    """It is sent, told of and printed by a flow of its own."""
    return c, (refund_sending.call(c),)


def keep_done(c: Refund, event: Returned) -> Step:
    """What the caller is told; the card is of no use any more."""
    return replace(c, done=event.result, card=None), ()

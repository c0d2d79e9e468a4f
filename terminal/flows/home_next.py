"""How a flow that has ended hands over to another: home runs it, so that calls stay shallow."""

from __future__ import annotations

from dataclasses import dataclass

from terminal.domain.original import Original


@dataclass(frozen=True, slots=True)
class VoidInstead:
    """Result of a refund: this sale is to be voided."""

    stan: int


@dataclass(frozen=True, slots=True)
class RefundInstead:
    """Result of a void: money is to be given back of this purchase, or of one still to be named."""

    original: Original | None = None
    scanned: str | None = None


@dataclass(frozen=True, slots=True)
class SettleSignedIn:
    """Result of a settlement: it goes on behind a sign-in."""


Next = VoidInstead | RefundInstead

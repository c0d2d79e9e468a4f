"""What a slip says beyond the transaction itself: the shop, and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from terminal.domain.phrase import Phrase

NOTHING: Final = Phrase("", "")


@dataclass(frozen=True, slots=True)
class ShopFace:
    """What stands on every slip of the shop; `expected_days` until the money is there."""

    merchant_name: Phrase
    merchant_id: str
    terminal_id: str
    service_phone: str
    footer: Phrase
    expected_days: int


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a slip says beyond the transaction itself.

    `remaining_minor` is what can still be returned, as far as this terminal knows; None leaves it
    out. `code` is the text of the QR code. `declined` is the host's reason in words. `duplicate`
    counts reprints: 0 is the first print. `balance_minor` is what the card has left after a sale,
    if the host told; only its holder reads it.
    """

    reason: Phrase = NOTHING
    remaining_minor: int | None = None
    code: str | None = None
    declined: Phrase | None = None
    approver_name: str = ""
    second_name: str = ""
    duplicate: int = 0
    balance_minor: int | None = None

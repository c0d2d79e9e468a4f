"""The money message of an intent, without its MAC: refund, QR refund, sale or void (3.3 to 3.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from terminal.domain.card import HeldCard
from terminal.domain.facts import Facts
from terminal.domain.original import Original
from terminal.domain.transaction import Intent
from terminal.flows.host_call import identity
from terminal.iso8583 import messages
from terminal.iso8583.matching import Operation
from terminal.iso8583.messages import CardData, Message

BY_QR: Final = "Q"  # Intent.entry of a payment by code
WAYS: Mapping[str, str] = MappingProxyType({"S": "02", "M": "01", BY_QR: "03"})
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "refund": Operation.REFUND,
        "qr_refund": Operation.REFUND,
        "sale": Operation.SALE,
        "void": Operation.VOID,
    }
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the customer gave for this message: card and encrypted PIN, or neither."""

    card: HeldCard | None
    pin_block: bytes | None = field(default=None, repr=False)


def entry_mode(entry: str, pin_block: bytes | None) -> str:
    """F22: how the card came in, and whether a PIN goes with it (2.1)."""
    return WAYS[entry] + ("2" if pin_block is None else "1")


def money_request(intent: Intent, given: Given, facts: Facts) -> Message:
    """The message of this intent. Raises MessageError for what can't be sent so."""
    return BUILDERS[intent.operation](intent, given, facts)


def _refund(intent: Intent, given: Given, facts: Facts) -> Message:
    original, card = intent.original, _card(intent, given)
    request = messages.RefundRequest(
        amount_minor=intent.amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        entry_mode=card.entry_mode,
        original_rrn=original.rrn,
        original_date=original.mmdd,
        original_auth_code=original.auth_code or None,
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
        pan=card.pan,
        expiry=card.expiry,
        track2=card.track2,
    )
    return messages.refund(identity(facts), request, facts.profile)


def _qr_refund(intent: Intent, given: Given, facts: Facts) -> Message:
    original = intent.original
    request = messages.QrRefundRequest(
        amount_minor=intent.amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        voucher=original.voucher,
        original_date=original.mmdd,
        original_rrn=original.rrn or None,
        original_auth_code=original.auth_code or None,
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
    )
    return messages.qr_refund(identity(facts), request, facts.profile)


def _sale(intent: Intent, given: Given, facts: Facts) -> Message:
    request = messages.SaleRequest(
        amount_minor=intent.amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        card=_card(intent, given),
    )
    return messages.sale(identity(facts), request, facts.profile)


def _void(intent: Intent, given: Given, facts: Facts) -> Message:
    original: Original = intent.original
    request = messages.VoidRequest(
        amount_minor=intent.amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        card=_card(intent, given),
        original_rrn=original.rrn,
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
        original_auth_code=original.auth_code or None,
    )
    return messages.void(identity(facts), request, facts.profile)


def _card(intent: Intent, given: Given) -> CardData:
    card = given.card
    assert card is not None
    return CardData(
        entry_mode=entry_mode(intent.entry, given.pin_block),
        pan=card.pan,
        expiry=card.expiry or None,
        track2=card.track2,
        pin_block=given.pin_block,
    )


BUILDERS: Mapping[str, Callable[[Intent, Given, Facts], Message]] = MappingProxyType(
    {"refund": _refund, "qr_refund": _qr_refund, "sale": _sale, "void": _void}
)

"""A refund once more from what is kept of it: for an upload, or for a copy of it (profile 4, 5)."""

from __future__ import annotations

from terminal.domain.keypad_questions import CardOpened
from terminal.domain.transaction import Intent
from terminal.flows.exchange_request import entry_mode
from terminal.iso8583.messages import QrRefundRequest, RefundRequest

AnyRefund = RefundRequest | QrRefundRequest


def sent_entry_mode(intent: Intent) -> str:
    """F22 as it was sent."""
    return intent.entry_mode or entry_mode(intent.entry, None)


def kept_refund(intent: Intent, card: CardOpened, amount_minor: int) -> AnyRefund:
    """Its own trace number and batch; `card` is empty for a payment by code."""
    build = _by_code if intent.operation == "qr_refund" else _by_card
    return build(intent, card, amount_minor)


def _by_card(intent: Intent, card: CardOpened, amount_minor: int) -> AnyRefund:
    original = intent.original
    return RefundRequest(
        amount_minor=amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        entry_mode=sent_entry_mode(intent),
        original_rrn=original.rrn,
        original_date=original.mmdd,
        original_auth_code=original.auth_code or None,
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
        pan=card.pan or None,
        expiry=card.expiry or None,
    )


def _by_code(intent: Intent, card: CardOpened, amount_minor: int) -> AnyRefund:
    original = intent.original
    return QrRefundRequest(
        amount_minor=amount_minor,
        stan=f"{intent.stan:06d}",
        batch=f"{intent.batch:06d}",
        voucher=original.voucher,
        original_date=original.mmdd,
        original_rrn=original.rrn or None,
        original_auth_code=original.auth_code or None,
        original_batch=f"{original.batch:06d}",
        original_stan=f"{original.stan:06d}",
    )

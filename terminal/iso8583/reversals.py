"""Reversal: take back a message that may have been booked (3.6, profile 4)."""

from dataclasses import dataclass, field
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.answers import Operation
from terminal.iso8583.codec import Message
from terminal.iso8583.purchases import SALE_TYPE, VOID_TYPE
from terminal.iso8583.refunds import REFUND_TYPE, refund_original
from terminal.iso8583.request_fields import (
    NO_DATE,
    RETURN_CODE,
    SALE_CODE,
    CardData,
    Fields,
    TerminalIdentity,
    authorisation,
    financial_60,
    kept_card_fields,
    money_fields,
    require_digits,
    require_stan,
)
from terminal.iso8583.tagged import PAYMENT_VOUCHER, QR_CODE, tagged_field

_CODES: Final = {
    Operation.SALE: (SALE_CODE, SALE_TYPE),
    Operation.VOID: (RETURN_CODE, VOID_TYPE),
    Operation.REFUND: (RETURN_CODE, REFUND_TYPE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalRequest:
    """The message to take back, from what is kept of it: its own stan and batch, and `card` with
    its F22, number and expiry.

    `reason` is F39: Answer.reversal_reason, and 06 after a restart. `auth_code` as the answer had
    it, or as a void named it. `date` MMDD is the day of the message; the `original` parts are
    those of a void or refund. `qr_code` or `voucher` stands for the card of a QR payment.
    """

    operation: Operation
    amount_minor: int
    stan: str
    batch: str
    card: CardData
    reason: str
    auth_code: str | None = None
    date: str = NO_DATE
    original_batch: str | None = None
    original_stan: str | None = None
    original_date: str = NO_DATE
    qr_code: str | None = field(default=None, repr=False)
    voucher: str | None = field(default=None, repr=False)
    currency: str = "156"


def reversal(identity: TerminalIdentity, request: ReversalRequest, profile: HostProfile) -> Message:
    """0400 without its MAC. Raises MessageError for what can't be sent so.

    No stripe and no PIN: F26, 35, 36, 37, 52, 53 are dropped.
    """
    code, kind = _CODES[request.operation]
    fields: Fields = {
        **money_fields(identity, code, request),
        **_payer(request),
        **authorisation(request.auth_code),
        39: request.reason,
        60: financial_60(kind, request.batch, request.card.is_fallback, profile),
    }
    original = _original(request, profile)
    return Message("0400", fields | ({61: original} if original else {}))


def _payer(request: ReversalRequest) -> Fields:
    if request.qr_code:
        return {22: request.card.entry_mode, 59: tagged_field(QR_CODE, request.qr_code)}
    if request.voucher:
        return {22: request.card.entry_mode, 59: tagged_field(PAYMENT_VOUCHER, request.voucher)}
    return kept_card_fields(request.card)


def _original(request: ReversalRequest, profile: HostProfile) -> str:
    own = request.batch + request.stan
    if request.operation is Operation.SALE:
        if profile.sale_reversal_original == "absent":
            return ""
        require_digits("field 61", request.date, 4)
        return own + request.date
    if request.operation is Operation.REFUND:
        return _of_refund(request, profile)
    return own if profile.void_reversal_original == "own" else _of_void(request)


def _of_void(request: ReversalRequest) -> str:
    batch, stan = request.original_batch or "", request.original_stan or ""
    require_digits("field 61", batch, 6)
    require_stan(stan, "field 61")
    return batch + stan


def _of_refund(request: ReversalRequest, profile: HostProfile) -> str:
    """No source has one: the rule of the void, with the date that a refund's F61 ends in."""
    sent = refund_original(request, profile)
    own = profile.void_reversal_original == "own"
    return request.batch + request.stan + request.original_date if own else sent

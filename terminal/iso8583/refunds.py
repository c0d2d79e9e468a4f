"""Refund: its first copy, and the later copies under the same trace number (3.5, profile 4)."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message
from terminal.iso8583.request_fields import (
    NO_NUMBER,
    RETURN_CODE,
    CardData,
    Fields,
    TerminalIdentity,
    authorisation,
    card_fields,
    financial_60,
    in_ascii,
    kept_card_fields,
    money_fields,
    require_digits,
    require_rrn,
)
from terminal.iso8583.tagged import PAYMENT_VOUCHER, tagged_field

REFUND_TYPE: Final = "25"
QR_ENTRY: Final = "032"
_NO_RRN: Final = "000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """What a refund says. Digits as text: stan 6, batch 6, dates MMDD, expiry YYMM; amount in fen.

    `entry_mode` is F22; track 2 with `=` or `D`. The original's batch and trace are sent only when
    the profile says so, its authorisation code when it is known. Card data stays out of `repr`.
    """

    amount_minor: int
    stan: str
    batch: str
    entry_mode: str
    original_rrn: str
    original_date: str
    original_auth_code: str | None = None
    original_batch: str | None = None
    original_stan: str | None = None
    currency: str = "156"
    pan: str | None = field(default=None, repr=False)
    expiry: str | None = field(default=None, repr=False)
    track2: str | None = field(default=None, repr=False)
    card_sequence: str | None = field(default=None, repr=False)
    pin_block: bytes | None = field(default=None, repr=False)
    is_fallback: bool = False

    @property
    def card(self) -> CardData:
        """The card on its own."""
        return CardData(
            entry_mode=self.entry_mode,
            pan=self.pan,
            expiry=self.expiry,
            track2=self.track2,
            card_sequence=self.card_sequence,
            pin_block=self.pin_block,
            is_fallback=self.is_fallback,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QrRefundRequest:
    """A refund to the wallet that paid: the payment's voucher in place of a card (3.8).

    `original_rrn` None is sent as zeros; the other parts are as in RefundRequest.
    """

    amount_minor: int
    stan: str
    batch: str
    voucher: str = field(repr=False)
    original_date: str
    original_rrn: str | None = None
    original_auth_code: str | None = None
    original_batch: str | None = None
    original_stan: str | None = None
    currency: str = "156"


AnyRefund = RefundRequest | QrRefundRequest


class OfOriginal(Protocol):
    """How a message names the purchase that a refund returns."""

    @property
    def original_date(self) -> str:
        """61.3, MMDD."""

    @property
    def original_batch(self) -> str | None:
        """61.1 if known."""

    @property
    def original_stan(self) -> str | None:
        """61.2 if known."""


def refund(identity: TerminalIdentity, request: RefundRequest, profile: HostProfile) -> Message:
    """0220 refund without its MAC (3.5). Raises MessageError for what can't be sent so."""
    fields = _card_refund(identity, request, profile)
    return Message("0220", fields | card_fields(request.card, profile))


def qr_refund(
    identity: TerminalIdentity, request: QrRefundRequest, profile: HostProfile
) -> Message:
    """0220 refund of a QR payment without its MAC (3.8). Raises MessageError."""
    return Message("0220", _qr_refund(identity, request, profile))


def resend(identity: TerminalIdentity, request: AnyRefund, profile: HostProfile) -> Message:
    """0220 with the intent's trace number and batch once more, without its MAC (profile 4).

    The stripe is not kept: F2 and F14 stand in its place, F22 stays what it was.
    """
    return Message("0220", _copy(identity, request, profile))


def refund_upload(identity: TerminalIdentity, request: AnyRefund, profile: HostProfile) -> Message:
    """0320 of one refund with its own trace number and batch (3.10).

    At settlement it is sent as it is; as the step batch_upload of recovery it gets a MAC.
    """
    return Message("0320", _copy(identity, request, profile))


def refund_original(request: OfOriginal, profile: HostProfile) -> str:
    """F61 of a refund: 16 digits, batch and trace only when the profile sends them (2.5)."""
    require_digits("field 61", request.original_date, 4)
    known = profile.refund_original == "batch_trace_date"
    batch = (known and request.original_batch) or NO_NUMBER
    stan = (known and request.original_stan) or NO_NUMBER
    return f"{batch}{stan}{request.original_date}"


def _copy(identity: TerminalIdentity, request: AnyRefund, profile: HostProfile) -> Fields:
    if isinstance(request, QrRefundRequest):
        return _qr_refund(identity, request, profile)
    return _card_refund(identity, request, profile) | kept_card_fields(request.card)


def _card_refund(
    identity: TerminalIdentity, request: RefundRequest, profile: HostProfile
) -> Fields:
    fields = _refund(identity, request, request.original_rrn, profile)
    fields[60] = financial_60(REFUND_TYPE, request.batch, request.is_fallback, profile)
    return fields


def _qr_refund(
    identity: TerminalIdentity, request: QrRefundRequest, profile: HostProfile
) -> Fields:
    fields = _refund(identity, request, request.original_rrn or _NO_RRN, profile)
    fields[22] = QR_ENTRY
    fields[59] = tagged_field(PAYMENT_VOUCHER, request.voucher)
    fields[60] = financial_60(REFUND_TYPE, request.batch, False, profile)
    return fields


def _refund(
    identity: TerminalIdentity, request: AnyRefund, rrn: str, profile: HostProfile
) -> Fields:
    require_rrn(rrn)
    fields = money_fields(identity, RETURN_CODE, request)
    fields[37] = rrn
    fields[61] = refund_original(request, profile)
    fields[63] = in_ascii(63, profile.refund_card_organisation)
    is_named = profile.refund_auth_code == "when_known"
    return fields | authorisation(request.original_auth_code if is_named else None)

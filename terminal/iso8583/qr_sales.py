"""Sale by the code that a customer shows (3.8)."""

from dataclasses import dataclass, field

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message
from terminal.iso8583.purchases import SALE_TYPE
from terminal.iso8583.refunds import QR_ENTRY
from terminal.iso8583.request_fields import (
    SALE_CODE,
    Fields,
    TerminalIdentity,
    financial_60,
    money_fields,
)
from terminal.iso8583.tagged import QR_CODE, tagged_field


@dataclass(frozen=True, slots=True, kw_only=True)
class QrSaleRequest:
    """A purchase; `code` is what stood in the customer's QR code, and can pay only once."""

    amount_minor: int
    stan: str
    batch: str
    code: str = field(repr=False)
    currency: str = "156"


def qr_sale(identity: TerminalIdentity, request: QrSaleRequest, profile: HostProfile) -> Message:
    """0200 sale by QR code without its MAC: no card, F59 has the code. Raises MessageError."""
    fields: Fields = {
        **money_fields(identity, SALE_CODE, request),
        22: QR_ENTRY,
        59: tagged_field(QR_CODE, request.code),
        60: financial_60(SALE_TYPE, request.batch, False, profile),
    }
    return Message("0200", fields)

"""Sale and its void: online, reversible, for the amount of the purchase (3.3, 3.4)."""

from dataclasses import dataclass

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message
from terminal.iso8583.request_fields import (
    RETURN_CODE,
    SALE_CODE,
    CardData,
    Fields,
    TerminalIdentity,
    authorisation,
    card_fields,
    financial_60,
    money_fields,
    require_digits,
    require_rrn,
    require_stan,
)

SALE_TYPE = "22"
VOID_TYPE = "23"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRequest:
    """A purchase: minor units, stan and batch of six digits, the card as it was given."""

    amount_minor: int
    stan: str
    batch: str
    card: CardData
    currency: str = "156"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRequest:
    """The purchase to take back whole: its RRN (12), authorisation code if it had one, batch and
    trace number (6 each). `card` is given again, or typed from what is kept: entry mode `012`.
    """

    amount_minor: int
    stan: str
    batch: str
    card: CardData
    original_rrn: str
    original_batch: str
    original_stan: str
    original_auth_code: str | None = None
    currency: str = "156"


def sale(identity: TerminalIdentity, request: SaleRequest, profile: HostProfile) -> Message:
    """0200 sale without its MAC (3.3). Raises MessageError for what can't be sent so."""
    fields = money_fields(identity, SALE_CODE, request)
    fields[60] = financial_60(SALE_TYPE, request.batch, request.card.is_fallback, profile)
    return Message("0200", fields | card_fields(request.card, profile))


def void(identity: TerminalIdentity, request: VoidRequest, profile: HostProfile) -> Message:
    """0200 void of a sale without its MAC (3.4). Raises MessageError for what can't be sent so."""
    require_rrn(request.original_rrn)
    require_digits("field 61", request.original_batch, 6)
    require_stan(request.original_stan, "field 61")
    fields: Fields = {
        **money_fields(identity, RETURN_CODE, request),
        37: request.original_rrn,
        **authorisation(request.original_auth_code),
        60: financial_60(VOID_TYPE, request.batch, request.card.is_fallback, profile),
        61: request.original_batch + request.original_stan,
    }
    return Message("0200", fields | card_fields(request.card, profile))

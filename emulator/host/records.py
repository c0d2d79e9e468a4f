"""What the host's books hold: bookings, sessions, card accounts, reversals and batches."""

from dataclasses import dataclass, field
from typing import Literal

State = Literal["booked", "declined", "voided", "reversed", "settled"]
"""settled: booked, and its batch is closed; it counts as booked does."""

STANDING: tuple[State, ...] = ("booked", "settled")
Key = tuple[str, str, str, str]
"""Merchant, terminal, STAN, batch: what names one request for ever."""
BatchKey = tuple[str, str, str]
"""Merchant, terminal, batch."""
BatchState = Literal["settling", "closed"]
Finding = Literal["known", "not known", "other amount", "other card", "other kind"]


@dataclass(frozen=True, slots=True)
class Booking:
    """One request the host decided on; the fields are the columns of its table.

    time: host time, ISO 8601 with seconds. id: 0 until it is booked. transaction_type: 60.1.
    voucher: of a QR payment. card_name: of the card that paid, or of the wallet's card.
    """

    mti: str
    processing_code: str
    transaction_type: str
    amount_minor: int
    currency: str
    stan: str
    batch: str
    terminal: str
    merchant: str
    rrn: str
    auth_code: str
    response_code: str
    state: State
    card_masked: str
    card_token: str = field(repr=False)
    time: str
    original_rrn: str = ""
    original_id: int | None = None
    card_name: str = ""
    voucher: str = ""
    id: int = 0

    @property
    def stands(self) -> bool:
        """Whether its money moved and was not undone."""
        return self.state in STANDING

    @property
    def day(self) -> str:
        """Its host day, YYYY-MM-DD."""
        return self.time[:10]


@dataclass(frozen=True, slots=True)
class Session:
    """A terminal's sign-in. key_block: its working keys as shipped, under the master key."""

    terminal: str
    merchant: str
    batch: str
    signed_in: bool
    sign_ins: int
    key_block: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """A card at its issuer. limit_minor: what it may spend in a day; wrong_on: a day, or empty."""

    card_token: str = field(repr=False)
    card_name: str
    pin_token: str = field(repr=False)
    limit_minor: int
    wrong_pins: int = 0
    wrong_on: str = ""


@dataclass(frozen=True, slots=True)
class Reversal:
    """A 0400 and what became of it. original_rrn: empty if nothing was found."""

    transaction_type: str
    amount_minor: int
    stan: str
    batch: str
    terminal: str
    merchant: str
    reason: str
    response_code: str
    rrn: str
    original_rrn: str
    time: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was settled. Totals as 62 digits of field 48; end_code: 202, 207 or empty."""

    merchant: str
    terminal: str
    number: str
    state: BatchState
    own_totals: str
    told_totals: str
    end_code: str
    time: str


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded record and what the host found beside its own books."""

    merchant: str
    terminal: str
    batch: str
    kind: Literal["detail", "refund"]
    stan: str
    amount_minor: int
    finding: Finding

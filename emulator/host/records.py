"""What the host's books hold: bookings, sessions and the tables they are stored in."""

from dataclasses import dataclass, field
from typing import Literal

State = Literal["booked", "declined", "voided"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS booking (
    id INTEGER PRIMARY KEY,
    mti TEXT NOT NULL,
    processing_code TEXT NOT NULL,
    transaction_type TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    stan TEXT NOT NULL,
    batch TEXT NOT NULL,
    terminal TEXT NOT NULL,
    merchant TEXT NOT NULL,
    rrn TEXT NOT NULL UNIQUE,
    auth_code TEXT NOT NULL,
    original_rrn TEXT NOT NULL,
    original_id INTEGER REFERENCES booking (id),
    response_code TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('booked', 'declined', 'voided')),
    card_masked TEXT NOT NULL,
    card_token TEXT NOT NULL,
    card_name TEXT NOT NULL,
    time TEXT NOT NULL,
    UNIQUE (merchant, terminal, stan, batch)
) STRICT;
CREATE INDEX IF NOT EXISTS booking_of_original ON booking (original_id);
CREATE TABLE IF NOT EXISTS session (
    terminal TEXT NOT NULL,
    merchant TEXT NOT NULL,
    batch TEXT NOT NULL,
    signed_in INTEGER NOT NULL,
    sign_ins INTEGER NOT NULL,
    key_block BLOB NOT NULL,
    PRIMARY KEY (terminal, merchant)
) STRICT;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Booking:
    """One request the host decided on; the fields are the columns of its table.

    time: host time, ISO 8601 with seconds. id: 0 until it is booked. transaction_type: 60.1.
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
    id: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A terminal's sign-in. key_block: its working keys as shipped, under the master key."""

    terminal: str
    merchant: str
    batch: str
    signed_in: bool
    sign_ins: int
    key_block: bytes = field(repr=False)

"""The tables of the host's books."""

VERSION = 2
"""Kept in the file; a file of another version is refused, not guessed at."""

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
    state TEXT NOT NULL
        CHECK (state IN ('booked', 'declined', 'voided', 'reversed', 'settled')),
    card_masked TEXT NOT NULL,
    card_token TEXT NOT NULL,
    card_name TEXT NOT NULL,
    voucher TEXT NOT NULL,
    time TEXT NOT NULL,
    UNIQUE (merchant, terminal, stan, batch)
) STRICT;
CREATE INDEX IF NOT EXISTS booking_of_original ON booking (original_id);
CREATE INDEX IF NOT EXISTS booking_of_card ON booking (card_token);
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
CREATE TABLE IF NOT EXISTS account (
    card_token TEXT PRIMARY KEY,
    card_name TEXT NOT NULL,
    pin_token TEXT NOT NULL,
    limit_minor INTEGER NOT NULL CHECK (limit_minor >= 0),
    wrong_pins INTEGER NOT NULL,
    wrong_on TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS reversal (
    id INTEGER PRIMARY KEY,
    transaction_type TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    stan TEXT NOT NULL,
    batch TEXT NOT NULL,
    terminal TEXT NOT NULL,
    merchant TEXT NOT NULL,
    reason TEXT NOT NULL,
    response_code TEXT NOT NULL,
    rrn TEXT NOT NULL,
    original_rrn TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS closed_number (
    merchant TEXT NOT NULL,
    terminal TEXT NOT NULL,
    stan TEXT NOT NULL,
    batch TEXT NOT NULL,
    PRIMARY KEY (merchant, terminal, stan, batch)
) STRICT;
CREATE TABLE IF NOT EXISTS batch (
    merchant TEXT NOT NULL,
    terminal TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('settling', 'closed')),
    own_totals TEXT NOT NULL,
    told_totals TEXT NOT NULL,
    end_code TEXT NOT NULL,
    time TEXT NOT NULL,
    PRIMARY KEY (merchant, terminal, number)
) STRICT;
CREATE TABLE IF NOT EXISTS upload (
    merchant TEXT NOT NULL,
    terminal TEXT NOT NULL,
    batch TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('detail', 'refund')),
    stan TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    finding TEXT NOT NULL,
    PRIMARY KEY (merchant, terminal, batch, kind, stan)
) STRICT;
"""

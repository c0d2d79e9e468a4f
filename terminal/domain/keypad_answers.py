"""What the encrypting PIN pad may answer. Pure data: the wire form is in drivers/keypad.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class EntryOutcome(Enum):
    """How a secure entry (password, one-time code, PIN) at the pad ended."""

    WRONG = 0
    RIGHT = 1
    CANCELLED = 2
    TIMED_OUT = 3
    DIFFERENT = 4  # the second typing of a new password was not the first
    WEAK = 5
    SPENT = 6  # the one-time code was used before
    BYPASSED = 7  # Enter without a PIN


@dataclass(frozen=True, slots=True)
class PadStatus:
    """Answer to AskStatus. `boot_id` changes each time the pad restarts."""

    serial: str
    boot_id: int
    has_master_key: bool
    has_working_keys: bool
    has_shop_key: bool
    code_unspent: bool
    record_number: int
    record_hash: bytes
    master_key_check: str


@dataclass(frozen=True, slots=True)
class KeysLoaded:
    """Answer to LoadKeys: every check value was right."""


@dataclass(frozen=True, slots=True)
class MacMade:
    """Answer to MakeMac: the 8 bytes of F64."""

    mac: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Answer to CheckMac and CheckSlip."""

    right: bool


@dataclass(frozen=True, slots=True)
class CardProtected:
    """Answer to ProtectCard. Token: 4 hex characters of the key's id, 12 of the number's token."""

    token: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardOpened:
    """Answer to OpenCard; the expiry is empty when it was not known."""

    pan: str = field(repr=False)
    expiry: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinEntered:
    """Answer to EnterPin; the block is empty unless the outcome is RIGHT."""

    outcome: EntryOutcome
    block: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class SlipSigned:
    """Answer to SignSlip: 8 hex characters."""

    mac: str


@dataclass(frozen=True, slots=True)
class EntryEnded:
    """Answer to CheckPassword and CheckCode."""

    outcome: EntryOutcome


@dataclass(frozen=True, slots=True)
class PasswordMade:
    """Answer to MakePassword; salt and verifier are empty unless the outcome is RIGHT."""

    outcome: EntryOutcome
    salt: bytes = b""
    verifier: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """Answer to SpendCode, DestroySeal and CancelEntry."""


Answer = (
    PadStatus
    | KeysLoaded
    | MacMade
    | Verdict
    | CardProtected
    | CardOpened
    | PinEntered
    | SlipSigned
    | EntryEnded
    | PasswordMade
    | Done
)


class Refusal(Enum):
    """Why the pad would not do what it was asked (codes of drivers/keypad.md)."""

    NO_MASTER_KEY = 0x10
    CHECK_VALUE = 0x11
    KEY_LENGTH = 0x12
    NO_WORKING_KEY = 0x13
    NO_SHOP_KEY = 0x14
    OLDER_RECORD = 0x20
    OTHER_RECORD = 0x21
    BUSY = 0x30
    BAD_COMMAND = 0x31
    UNKNOWN = 0xFF

"""What the firmware may ask of the encrypting PIN pad; its answers are in `keypad_answers`.

Pure data: the wire form is in drivers/keypad.md. No key, PIN or password is ever in one of these.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from terminal.domain.keypad_answers import (
    Answer,
    CardOpened,
    CardProtected,
    Done,
    EntryEnded,
    EntryOutcome,
    KeysLoaded,
    MacMade,
    PadStatus,
    PasswordMade,
    PinEntered,
    Refusal,
    SlipSigned,
    Verdict,
)

__all__ = [
    "Answer",
    "AskStatus",
    "CancelEntry",
    "CardOpened",
    "CardProtected",
    "CheckCode",
    "CheckMac",
    "CheckPassword",
    "CheckSlip",
    "DestroySeal",
    "Done",
    "EnterPin",
    "EntryEnded",
    "EntryOutcome",
    "KeysLoaded",
    "LoadKeys",
    "MacMade",
    "MakeMac",
    "MakePassword",
    "OpenCard",
    "PadStatus",
    "PasswordMade",
    "PinEntered",
    "ProtectCard",
    "Question",
    "Refusal",
    "SignSlip",
    "SlipSigned",
    "SpendCode",
    "Verdict",
]


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Who are you, which keys do you hold, which journal record do you remember?"""


@dataclass(frozen=True, slots=True)
class LoadKeys:
    """Load the working keys of a sign-in answer (F62) under the master key; scheme 1, 3 or 4."""

    scheme: int
    block: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class MakeMac:
    """MAC over `data`. The runtime fills in the journal's head, which the pad remembers."""

    algorithm: str
    data: bytes = field(repr=False)
    record_number: int = 0
    record_hash: bytes = b""


@dataclass(frozen=True, slots=True)
class CheckMac:
    """Is `mac` (the 8 bytes of F64) right for `data`?"""

    algorithm: str
    data: bytes = field(repr=False)
    mac: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProtectCard:
    """Token of the card number, and the number and expiry sealed under the key of the batch."""

    batch: int
    pan: str = field(repr=False)
    expiry: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenCard:
    """The number and expiry that were sealed under the key of a batch, for a later message."""

    batch: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DestroySeal:
    """What was sealed under this batch can't be opened any more."""

    batch: int


@dataclass(frozen=True, slots=True)
class EnterPin:
    """Take a PIN in secure entry; the pad answers with the encrypted block (format 2: F53)."""

    pan: str = field(repr=False)
    shortest: int = 4
    longest: int = 12
    timeout_s: int = 60
    block_format: int = 2


@dataclass(frozen=True, slots=True)
class SignSlip:
    """Eight hex characters of a MAC under the shop's key (profile 7)."""

    text: str


@dataclass(frozen=True, slots=True)
class CheckSlip:
    """Is `mac` the shop's mark on `text`?"""

    text: str
    mac: str


@dataclass(frozen=True, slots=True)
class CheckPassword:
    """Take a password in secure entry and compare it with the verifier."""

    salt: bytes
    verifier: bytes
    cost: int
    shortest: int
    longest: int
    timeout_s: int = 30


@dataclass(frozen=True, slots=True)
class MakePassword:
    """Take a new password twice in secure entry; the pad refuses weak ones."""

    operator: str
    shortest: int
    longest: int
    cost: int
    timeout_s: int = 60


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Take the one-time code that came with the pad, in secure entry."""

    timeout_s: int = 60


@dataclass(frozen=True, slots=True)
class SpendCode:
    """The set-up is on disk: the one-time code is used up."""


@dataclass(frozen=True, slots=True)
class CancelEntry:
    """End the secure entry that is going on; the entry itself is answered as cancelled."""


Question = (
    AskStatus
    | LoadKeys
    | MakeMac
    | CheckMac
    | ProtectCard
    | OpenCard
    | DestroySeal
    | EnterPin
    | SignSlip
    | CheckSlip
    | CheckPassword
    | MakePassword
    | CheckCode
    | SpendCode
    | CancelEntry
)

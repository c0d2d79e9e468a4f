"""Card numbers and stripe data: checked, masked, and forgotten as soon as they are not needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

_EXPIRY: Final = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])")  # YYMM


class EntryMode(Enum):
    """How the card number came in: the letter of the slip (6.5)."""

    SWIPED = "S"
    TYPED = "M"


def mask(pan: str) -> str:
    """First six and last four, at least four hidden; a short number shows nothing."""
    if len(pan) < 14:
        return "*" * len(pan)
    return f"{pan[:6]}{'*' * (len(pan) - 10)}{pan[-4:]}"


def short_card(masked: str) -> str:
    """A masked number for a screen: first six and last four, two dots between them."""
    return f"{masked[:6]}..{masked[-4:]}" if masked[:1].isdigit() else masked[-4:]


def luhn_is_right(pan: str) -> bool:
    """The check digit of ISO/IEC 7812-1, annex B."""
    total = 0
    for index, digit in enumerate(reversed(pan)):
        doubled = int(digit) * (1 + index % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


@dataclass(frozen=True, slots=True)
class MaskedCard:
    """What may be shown, stored and printed of a card."""

    masked: str
    mode: EntryMode
    token: str = ""

    @property
    def ends(self) -> str:
        """First six and last four, the form of the slip's code."""
        return (self.masked[:6] + self.masked[-4:]) if self.masked[:1].isdigit() else ""


class HeldCard:
    """A card's number and stripe while an operation needs them; `forget` drops them for good.

    Deliberately mutable: whoever still holds it after `forget` holds nothing.
    """

    __slots__ = ("_expiry", "_pan", "_track2", "masked", "mode")

    def __init__(self, pan: str, mode: EntryMode, expiry: str | None, track2: str | None) -> None:
        self._pan: str | None = pan
        self._track2 = track2
        self._expiry = expiry
        self.mode = mode
        self.masked = mask(pan)

    @property
    def held(self) -> bool:
        """False once forgotten."""
        return self._pan is not None

    @property
    def pan(self) -> str:
        """The full number; a programmer's error once forgotten."""
        assert self._pan is not None, "the card was forgotten"
        return self._pan

    @property
    def track2(self) -> str | None:
        """Track 2 between its sentinels, `D` as separator; None for a typed number."""
        return self._track2

    @property
    def expiry(self) -> str | None:
        """YYMM when known."""
        return self._expiry

    def forget(self) -> None:
        """Drop number, stripe and expiry."""
        self._pan = self._track2 = self._expiry = None

    def __repr__(self) -> str:
        return f"HeldCard({self.masked} {self.mode.value})"


class TrackError(Exception):
    """A stripe that can't be used; the text never holds any of it."""


def card_of_track2(text: str) -> HeldCard:
    """The card of a track 2 text `;PAN=YYMM…?` (ISO/IEC 7813); the start sentinel may be missing.

    Raises TrackError when the number, a separator, the end, the expiry or the length is wrong.
    """
    track = text.removeprefix(";")
    body = track.removesuffix("?").replace("=", "D")
    pan, separator, rest = body.partition("D")
    if not track.endswith("?") or not separator or "D" in rest:
        raise TrackError("track 2: sentinel or separator")
    if not (body.replace("D", "").isascii() and body.replace("D", "").isdigit()):
        raise TrackError("track 2: a character that is not a digit")
    if not 12 <= len(pan) <= 19 or len(body) > 37 or len(rest) < 7:
        raise TrackError("track 2: length")
    if not luhn_is_right(pan):
        raise TrackError("track 2: check digit")
    if not _EXPIRY.fullmatch(rest[:4]):
        raise TrackError("track 2: expiry month")
    return HeldCard(pan, EntryMode.SWIPED, rest[:4], body)


def card_of_number(pan: str, expiry: str | None = None) -> HeldCard:
    """The card of a typed number; raises TrackError for a wrong length, check digit or expiry."""
    if not (pan.isascii() and pan.isdigit() and 12 <= len(pan) <= 19):
        raise TrackError("card number: length")
    if not luhn_is_right(pan):
        raise TrackError("card number: check digit")
    if expiry is not None and not _EXPIRY.fullmatch(expiry):
        raise TrackError("card number: expiry")
    return HeldCard(pan, EntryMode.TYPED, expiry, None)

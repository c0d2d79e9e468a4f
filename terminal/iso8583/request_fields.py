"""What the requests have in common: who asks, how much, with which card (2.1 to 2.5, 3.3)."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import MessageError
from terminal.iso8583.masking import FieldValue

Fields = dict[int, FieldValue]

SALE_CODE: Final = "000000"
RETURN_CODE: Final = "200000"  # void and refund alike: 60.1 tells them apart
NO_NUMBER: Final = "000000"
NO_DATE: Final = "0000"
_STRIPE: Final = frozenset({"02"})
_TYPED: Final = frozenset({"01"})
_CHIP: Final = frozenset({"05", "07"})


@dataclass(frozen=True, slots=True)
class TerminalIdentity:
    """Terminal number (8), merchant number (15), and F62 of the sign-in as the acquirer wants it.

    `device_info` is sent as it stands; `device_info()` makes the usual form.
    """

    tid: str
    mid: str
    device_info: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardData:
    """How a card was given and what it gave: `entry_mode` is F22, expiry YYMM, track 2 with
    `=` or `D`, `pin_block` 8 bytes under the PIN key. Nothing of it is in `repr`.
    """

    entry_mode: str
    pan: str | None = field(default=None, repr=False)
    expiry: str | None = field(default=None, repr=False)
    track2: str | None = field(default=None, repr=False)
    card_sequence: str | None = field(default=None, repr=False)
    pin_block: bytes | None = field(default=None, repr=False)
    is_fallback: bool = False


class MoneyRequest(Protocol):
    """What every message about money says: amount in minor units, numbers as text of digits."""

    @property
    def amount_minor(self) -> int:
        """F4."""

    @property
    def stan(self) -> str:
        """F11, six digits."""

    @property
    def batch(self) -> str:
        """60.2, six digits."""

    @property
    def currency(self) -> str:
        """F49, three digits."""


def money_fields(identity: TerminalIdentity, code: str, request: MoneyRequest) -> Fields:
    """F3, 4, 11, 25, 41, 42, 49. Raises MessageError for a number that can't be sent."""
    if not 0 < request.amount_minor < 10**12:
        raise MessageError("field 4", "the amount must be from 1 to 999999999999")
    require_stan(request.stan)
    require_digits("field 60", request.batch, 6)
    return {
        3: code,
        4: f"{request.amount_minor:012d}",
        11: request.stan,
        25: "00",
        41: identity.tid,
        42: identity.mid,
        49: request.currency,
    }


def financial_60(kind: str, batch: str, is_fallback: bool, profile: HostProfile) -> str:
    """F60 of sale, void, refund and their reversals; `kind` is 60.1 (2.4)."""
    condition = "2" if is_fallback else "0"
    partial = "1" if profile.partial_approval else "0"
    whole = f"{kind}{batch}000{profile.terminal_capability}{condition}{partial}"
    return whole[: profile.financial_f60_digits]


def card_fields(card: CardData, profile: HostProfile) -> Fields:
    """F22 and the card, with F26, 52, 53 as they belong to it. Raises MessageError."""
    if (card.entry_mode[2:] == "1") != (card.pin_block is not None):
        raise MessageError("field 22", "its third digit and the PIN block disagree")
    values = _card(card)
    return {22: card.entry_mode} | values | _security(card, 35 in values, profile)


def kept_card_fields(card: CardData) -> Fields:
    """F22 as it was, F2 and F14: what is left of a card in later messages (profile 5)."""
    if not card.pan:
        raise MessageError("field 2", "the card number is needed")
    number = present({2: card.pan, 14: card.expiry, 23: card.card_sequence})
    return {22: card.entry_mode} | number


def require_stan(stan: str, place: str = "field 11") -> None:
    """Raise MessageError unless it is six digits, not all zero."""
    if not if_digits(stan, 6).strip("0"):
        raise MessageError(place, "must be six digits, not all zero")


def require_digits(place: str, text: str, count: int) -> None:
    """Raise MessageError unless it is just so many digits."""
    if not if_digits(text, count):
        raise MessageError(place, f"must hold {count} digits here")


def require_rrn(rrn: str) -> None:
    """Raise MessageError unless F37 is full."""
    if len(rrn) != 12:
        raise MessageError("field 37", "must be 12 characters")


def authorisation(code: str | None) -> Fields:
    """F38 where there was one; a shorter one has blanks on its right, as `an` has (1.5)."""
    return {38: f"{code:6}"} if code else {}


def if_digits(text: str, count: int) -> str:
    """The text when it is just so many digits, else nothing."""
    return text if len(text) == count and text.isascii() and text.isdigit() else ""


def present(values: dict[int, str | None]) -> Fields:
    """Those that say something."""
    return {number: value for number, value in values.items() if value}


def in_ascii(number: int, text: str) -> bytes:
    """The bytes of a field; raises MessageError for other characters."""
    if not text.isascii():
        raise MessageError(f"field {number}", "must be ASCII")
    return text.encode("ascii")


def _card(card: CardData) -> Fields:
    """Presence rules of 3.3: a swiped card sends its stripe only, so no number stands twice."""
    way, track2 = card.entry_mode[:2], card.track2
    if way in _STRIPE and track2:
        return {35: _packed_track(track2)}
    if way in _TYPED and card.pan:
        return present({2: card.pan, 14: card.expiry})
    if way in _CHIP and card.pan:
        stripe = _packed_track(track2) if track2 else None
        return present({2: card.pan, 14: card.expiry, 23: card.card_sequence, 35: stripe})
    raise MessageError("field 22", f"no card data that fits entry mode {way}")


def _security(card: CardData, has_track: bool, profile: HostProfile) -> Fields:
    """F53 stands with a stripe or a PIN; F26 and F52 with a PIN only (2.3)."""
    algorithm = "0" if profile.sign_in_kind == "001" else "6"
    if card.pin_block is not None:
        pin: Fields = {26: profile.pin_max, 52: card.pin_block}
        return pin | {53: f"2{algorithm}".ljust(16, "0")}
    return {53: f"0{algorithm}".ljust(16, "0")} if has_track else {}


def _packed_track(track2: str) -> str:
    return track2.upper().replace("=", "D")

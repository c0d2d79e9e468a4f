"""The purchase that money is given back for, and the code that its slip carries (profile 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

NO_RRN: Final = "000000000000"  # of a purchase that nobody can name


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of a purchase. Unknown texts are empty.

    `source` is scanned, typed or journal.
    """

    rrn: str  # F37, 12 characters
    day: date  # the host's date of the purchase
    amount_minor: int
    auth_code: str = ""
    terminal: str = ""
    batch: int = 0
    stan: int = 0
    card_ends: str = ""  # first six and last four
    token: str = ""
    voucher: str = ""  # of a QR payment
    notes: tuple[str, ...] = ()  # what the host wrote beside its answer: fees, instalments
    source: str = "typed"

    @property
    def mmdd(self) -> str:
        """The date as F61.3 wants it."""
        return f"{self.day:%m%d}"

    @property
    def is_known(self) -> bool:
        """Can anybody find it again? Without a slip there is no number."""
        return bool(self.voucher) or self.rrn != NO_RRN

    @property
    def key(self) -> str:
        """What returns on one purchase are counted under: date and reference number, or voucher.

        Empty for a purchase without a number: each of those stands for itself.
        """
        if not self.is_known:
            return ""
        return f"Q{self.voucher}" if self.voucher else f"{self.day:%Y%m%d}{self.rrn}"


class SlipCodeError(Exception):
    """Not a code of ours; the text is one of `not_ours`, `version`, `merchant`, `field`."""


VERSION: Final = "R1"
_ANYTHING: Final = re.compile(r"[ -:<-~]{0,40}")
# What the parts may look like, in their order: they go into messages, so none may be too long.
_SHAPES: Final = (
    re.compile(VERSION),
    _ANYTHING,  # merchant, compared before
    re.compile(r"[ -:<-~]{0,8}"),  # terminal
    re.compile(r"[0-9]{1,6}"),  # batch
    re.compile(r"[0-9]{1,6}"),  # STAN
    re.compile(r"[0-9A-Za-z ]{12}"),  # RRN
    re.compile(r"[0-9A-Za-z ]{0,6}"),  # authorisation code
    re.compile(r"20[0-9]{6}"),  # day
    re.compile(r"[0-9]{1,12}"),  # amount
    re.compile(r"156"),
    re.compile(r"([0-9]{10})?"),  # first six and last four
    re.compile(r"([0-9A-Fa-f]{16})?"),  # token
    _ANYTHING,  # voucher
    re.compile(r"[0-9A-Fa-f]{8}"),  # mark
)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A parsed code: its purchase, the text that the mark covers, and the mark."""

    original: Original
    signed: str
    mark: str


def code_text(merchant: str, original: Original, currency: str = "156") -> str:
    """The text of a slip's code up to before its mark, with the last semicolon."""
    return (
        f"{VERSION};{merchant};{original.terminal};{original.batch:06d};{original.stan:06d};"
        f"{original.rrn};{original.auth_code};{original.day:%Y%m%d};{original.amount_minor};"
        f"{currency};{original.card_ends};{original.token};{original.voucher};"
    )


def parse_code(text: str, merchant: str) -> SlipCode:
    """The purchase of a scanned code; whether its mark is right is for the pad to say.

    Raises SlipCodeError: `not_ours` (another kind of code), `version`, `merchant` (another shop's
    slip), `field` (a part of it is impossible).
    """
    parts = text.strip().split(";")
    if len(text) > 400 or not text.isascii() or len(parts) < 2 or not parts[0].startswith("R"):
        raise SlipCodeError("not_ours")
    if parts[0] != VERSION:
        raise SlipCodeError("version")
    if len(parts) != len(_SHAPES):
        raise SlipCodeError("field")
    if parts[1] != merchant:
        raise SlipCodeError("merchant")
    try:
        original = _original(parts)
    except ValueError:
        raise SlipCodeError("field") from None
    return SlipCode(original, text.strip()[: -len(parts[13])], parts[13])


def _original(parts: list[str]) -> Original:
    if not _plausible(parts):
        raise ValueError
    return Original(
        rrn=parts[5],
        day=date.fromisoformat(parts[7]),
        amount_minor=int(parts[8]),
        auth_code=parts[6],
        terminal=parts[2],
        batch=int(parts[3]),
        stan=int(parts[4]),
        card_ends=parts[10],
        token=parts[11],
        voucher=parts[12],
        source="scanned",
    )


def _plausible(parts: list[str]) -> bool:
    fits = all(shape.fullmatch(part) for shape, part in zip(_SHAPES, parts, strict=True))
    return fits and int(parts[8]) > 0

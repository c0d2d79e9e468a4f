"""Sub-fields of the private fields, read by length: a shorter field has fewer of them (2.4 to 2.8).

Nothing here raises: an absent or odd part is empty, because these parts never decide about money.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from terminal.iso8583.masking import readable, scrubbed

# Digits of each part of F60 and F61, characters or bytes of each part of F63, in their order.
WIDTHS_60: Final = (2, 6, 3, 1, 1, 1, 3)
WIDTHS_61: Final = (6, 6, 4, 2, 11)
WIDTHS_63: Final = (3, 20, 20, 20, 100)
TOTALS_WIDTHS: Final = (12, 3, 12, 3, 1)

Whole = TypeVar("Whole", str, bytes)
_AVAILABLE: Final = "02"


@dataclass(frozen=True, slots=True)
class Field60:
    """60.1 to 60.7, digits; empty where the field ends earlier."""

    transaction_type: str
    batch: str
    management_code: str
    terminal_capability: str
    chip_condition: str
    partial_flag: str
    account_type: str


@dataclass(frozen=True, slots=True)
class Field61:
    """The original transaction: batch, trace number, date MMDD, authorisation mode, institution."""

    batch: str
    stan: str
    date: str
    authorisation_mode: str
    institution: str


@dataclass(frozen=True, slots=True)
class Field44:
    """Issuer and acquirer of an answer, without their padding."""

    issuer: str
    acquirer: str


@dataclass(frozen=True, slots=True)
class Field63:
    """63.1 (card organisation, or operator in management messages) and the remarks of 63.2."""

    code: str
    issuer_remark: str
    centre_remark: str
    acquirer_remark: str
    reserved: str

    @property
    def remarks(self) -> tuple[str, ...]:
        """The texts of 63.2 that say something, for the slip."""
        every = (self.issuer_remark, self.centre_remark, self.acquirer_remark, self.reserved)
        return tuple(text for text in every if text)


@dataclass(frozen=True, slots=True)
class Totals:
    """One half of F48 in settlement: sums in minor units, counts, flag 0 asked 1 equal 2 not 3."""

    debit_minor: int
    debit_count: int
    credit_minor: int
    credit_count: int
    flag: str


@dataclass(frozen=True, slots=True)
class AdditionalAmount:
    """One amount of F54."""

    account_type: str
    amount_type: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """One part of F59."""

    tag: str
    value: str


def field_60(digits: str) -> Field60:
    """Split F60 of 0 to 17 digits."""
    return Field60(*_cut(digits, WIDTHS_60))


def field_61(digits: str) -> Field61:
    """Split F61 of 0 to 29 digits."""
    return Field61(*_cut(digits, WIDTHS_61))


def field_44(raw: bytes) -> Field44:
    """Split F44: 11 characters issuer, 11 acquirer."""
    return Field44(readable(raw[:11]).strip(), readable(raw[11:22]).strip())


def field_63(raw: bytes) -> Field63:
    """Split F63: 3 characters, then three remarks of 20 bytes and the rest, in GB18030."""
    return Field63(*(remark(part) for part in _cut(raw, WIDTHS_63)))


def totals(digits: str) -> tuple[Totals, ...]:
    """F48 of a settlement: domestic and foreign; nothing when it has not 62 digits."""
    if len(digits) != 62:
        return ()
    return _totals(digits[:31]), _totals(digits[31:])


def additional_amounts(raw: bytes) -> tuple[AdditionalAmount, ...]:
    """The amounts of F54, 20 characters each; `D` makes one negative. Odd ones are left out."""
    text = raw.decode("ascii", errors="replace")
    parts = (text[start : start + 20] for start in range(0, len(text), 20))
    return tuple(
        AdditionalAmount(part[:2], part[2:4], part[4:7], _signed(part))
        for part in parts
        if len(part) == 20 and part[8:].isdecimal() and part[8:].isascii()
    )


def tagged_parts(raw: bytes) -> tuple[Tagged, ...]:
    """The parts of F59: tag of 2 characters, length of 3 digits, value; until one is odd."""
    return tuple(_tagged_parts(raw))


def tagged_value(raw: bytes, tag: str) -> str:
    """The first part of F59 with this tag; empty when there is none."""
    return next((part.value for part in tagged_parts(raw) if part.tag == tag), "")


def available_minor(raw: bytes, currency: str) -> int | None:
    """The available balance (amount type 02) of F54 in this currency; None when not told."""
    amounts = (a for a in additional_amounts(raw) if a.amount_type == _AVAILABLE)
    return next((a.amount_minor for a in amounts if a.currency == currency), None)


def remark(raw: bytes) -> str:
    """A host's text for paper or screen, in GB18030: no control character, no card number."""
    text = raw.decode("gb18030", errors="replace").replace("\ufffd", "?")
    return scrubbed("".join(c if c.isprintable() else " " for c in text)).strip()


def _tagged_parts(raw: bytes) -> Iterator[Tagged]:
    while len(raw) >= 5 and raw[2:5].isdigit():
        end = 5 + int(raw[2:5])
        if end > len(raw):
            return
        yield Tagged(readable(raw[:2]), readable(raw[5:end]))
        raw = raw[end:]


def _cut(whole: Whole, widths: tuple[int, ...]) -> Iterator[Whole]:
    start = 0
    for width in widths:
        yield whole[start : start + width]
        start += width


def _totals(half: str) -> Totals:
    debit, debits, credit, credits_, flag = _cut(half, TOTALS_WIDTHS)
    return Totals(int(debit), int(debits), int(credit), int(credits_), flag)


def _signed(part: str) -> int:
    return -int(part[8:]) if part[7] == "D" else int(part[8:])

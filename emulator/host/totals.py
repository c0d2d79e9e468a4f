"""Field 48 of a settlement: what was taken and given in a batch (fact sheet, 3.9)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from emulator.host.answers import DOMESTIC, organisation
from emulator.host.checks import REFUND_TYPE, SALE_TYPE, VOID_TYPE
from emulator.host.records import Booking

Flag = Literal["0", "1", "2", "3"]
"""0: in a request; 1: balanced; 2: not; 3: an error."""

DIGITS, HALF = 62, 31
COUNTED_SALES = ("booked", "voided", "settled")
"""A voided sale stays in the debit, and its void is added to the credit."""


@dataclass(frozen=True, slots=True)
class Half:
    """Cards of this country, or of others. Debit: sales; credit: refunds and voids."""

    debit_minor: int = 0
    debit_count: int = 0
    credit_minor: int = 0
    credit_count: int = 0

    def text(self, flag: Flag) -> str:
        """31 digits."""
        debit = f"{self.debit_minor:012d}{self.debit_count:03d}"
        return f"{debit}{self.credit_minor:012d}{self.credit_count:03d}{flag}"


@dataclass(frozen=True, slots=True)
class Totals:
    """Both halves of field 48."""

    domestic: Half = Half()
    foreign: Half = Half()

    def text(self, flags: tuple[Flag, Flag] = ("0", "0")) -> str:
        """62 digits."""
        return self.domestic.text(flags[0]) + self.foreign.text(flags[1])


def read_totals(text: str) -> Totals | None:
    """The totals of 62 digits; None if they are not that."""
    if len(text) != DIGITS or not text.isdecimal():
        return None
    return Totals(_half(text[:HALF]), _half(text[HALF:]))


def totals_of(bookings: Iterable[Booking]) -> Totals:
    """The host's own totals of the bookings of one batch."""
    domestic, foreign = Half(), Half()
    for booking in bookings:
        if organisation(booking.card_masked) == DOMESTIC:
            domestic = _with(domestic, booking)
        else:
            foreign = _with(foreign, booking)
    return Totals(domestic, foreign)


def shifted(
    totals: Totals, debit_minor: int, credit_minor: int, is_foreign: bool = False
) -> Totals:
    """The same with other sums of one half, as a host that counts wrongly has them."""
    half = totals.foreign if is_foreign else totals.domestic
    debit, credit = half.debit_minor + debit_minor, half.credit_minor + credit_minor
    half = replace(half, debit_minor=max(debit, 0), credit_minor=max(credit, 0))
    return replace(totals, **{"foreign" if is_foreign else "domestic": half})


def flags_of(own: Totals, told: Totals) -> tuple[Flag, Flag]:
    """1 for a half that is the same on both sides, else 2."""
    return (
        "1" if own.domestic == told.domestic else "2",
        "1" if own.foreign == told.foreign else "2",
    )


def _half(text: str) -> Half:
    return Half(int(text[:12]), int(text[12:15]), int(text[15:27]), int(text[27:30]))


def _with(half: Half, booking: Booking) -> Half:
    amount_minor = booking.amount_minor
    if booking.transaction_type == SALE_TYPE and booking.state in COUNTED_SALES:
        count, debit = half.debit_count + 1, half.debit_minor + amount_minor
        return replace(half, debit_count=count, debit_minor=debit)
    if booking.transaction_type in (VOID_TYPE, REFUND_TYPE) and booking.stands:
        count, credit = half.credit_count + 1, half.credit_minor + amount_minor
        return replace(half, credit_count=count, credit_minor=credit)
    return half

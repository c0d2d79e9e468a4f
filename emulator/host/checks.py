"""What a request is judged by, and how tables of checks are read: the first that fails counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from emulator.host.config import HostProfile
from emulator.host.records import Booking

SALE_TYPE, VOID_TYPE, REFUND_TYPE = "22", "23", "25"
PARTIAL = "10"
NOT_FOUND = "25"
BY_AMOUNT = range(888000, 889000)
"""Amounts of 8880.00 to 8889.99 ask for the response code of their last two digits."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request beside the original the ledger has for it, if any.

    batch: the request's; transaction_type: its 60.1; card_token: empty without a card.
    """

    amount_minor: int
    card_token: str = field(repr=False)
    original: Booking | None
    remaining_minor: int
    today: date
    batch: str
    transaction_type: str
    profile: HostProfile


@dataclass(frozen=True, slots=True)
class Check:
    """A reason to decline and the response code for it."""

    name: str
    fails: Callable[[Case, Booking], bool]
    code: Callable[[HostProfile], str]


def always(code: str) -> Callable[[HostProfile], str]:
    """A code that no profile changes."""
    return lambda _: code


def first_failure(checks: tuple[Check, ...], case: Case) -> str | None:
    """The code of the first check that fails: 25 without an original; None if all pass."""
    if case.original is None:
        return NOT_FOUND
    for check in checks:
        if check.fails(case, case.original):
            return check.code(case.profile)
    return None


def code_by_amount(amount_minor: int) -> str | None:
    """The code that an amount of 888x.YY asks for; None for others and for YY = 00."""
    code = f"{amount_minor % 100:02d}"
    return code if amount_minor in BY_AMOUNT and code != "00" else None


def booked_minor(amount_minor: int, code: str) -> int:
    """What is booked of an amount: half of it on a partial approval."""
    return amount_minor // 2 if code == PARTIAL else amount_minor


def asked_the_same(booking: Booking, amount_minor: int) -> bool:
    """Whether the request that was booked asked for this amount."""
    return booking.amount_minor == booked_minor(amount_minor, booking.response_code)


def age_days(case: Case, original: Booking) -> int:
    """Host days between the original and now."""
    return (case.today - date.fromisoformat(original.day)).days


def has_refunds(case: Case, original: Booking) -> bool:
    """Whether something of a sale was given back."""
    return original.transaction_type == SALE_TYPE and case.remaining_minor < original.amount_minor


def other_card(case: Case, original: Booking) -> bool:
    """Whether the card is not the original's."""
    return case.card_token != original.card_token

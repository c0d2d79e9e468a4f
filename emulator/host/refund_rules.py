"""What the host checks on a refund, in order, as a table (fact sheet, 6.2)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from emulator.host.config import HostProfile
from emulator.host.records import Booking

SALE_TYPE = "22"
BY_AMOUNT = range(888000, 889000)
"""Amounts of 8880.00 to 8889.99 ask for the response code of their last two digits."""


@dataclass(frozen=True, slots=True)
class RefundCase:
    """A refund request beside the original the ledger has for it, if any."""

    amount_minor: int
    card_token: str = field(repr=False)
    original: Booking | None
    remaining_minor: int
    today: date
    profile: HostProfile


@dataclass(frozen=True, slots=True)
class Check:
    """A reason to decline and the response code for it."""

    name: str
    fails: Callable[[RefundCase, Booking], bool]
    code: Callable[[HostProfile], str]


def _age_days(case: RefundCase, original: Booking) -> int:
    return (case.today - date.fromisoformat(original.time[:10])).days


def _same_day_is_refused(case: RefundCase, original: Booking) -> bool:
    return case.profile.same_day_refund == "refused" and _age_days(case, original) == 0


REFUND_CHECKS: tuple[Check, ...] = (
    Check(
        "original is no sale",
        lambda _, original: original.transaction_type != SALE_TYPE,
        lambda _: "25",
    ),
    Check(
        "original is voided",
        lambda _, original: original.state == "voided",
        lambda profile: profile.voided_code,
    ),
    Check("original is of today", _same_day_is_refused, lambda _: "25"),
    Check(
        "original is too old",
        lambda case, original: _age_days(case, original) > case.profile.refund_window_days,
        lambda _: "22",
    ),
    Check(
        "card is not the original's",
        lambda case, original: case.card_token != original.card_token,
        lambda profile: profile.other_card_code,
    ),
    Check("amount is zero", lambda case, _: case.amount_minor == 0, lambda _: "13"),
    Check(
        "more than remains",
        lambda case, _: case.amount_minor > case.remaining_minor,
        lambda profile: profile.over_amount_code,
    ),
)


def refund_refusal(case: RefundCase) -> str | None:
    """The code of the first check that fails: 25 without an original; None if all pass."""
    if case.original is None:
        return "25"
    for check in REFUND_CHECKS:
        if check.fails(case, case.original):
            return check.code(case.profile)
    return None


def code_by_amount(amount_minor: int) -> str | None:
    """The code that an amount of 888x.YY asks for; None for others and for YY = 00."""
    code = f"{amount_minor % 100:02d}"
    return code if amount_minor in BY_AMOUNT and code != "00" else None


def original_day(month_day: str, today: date) -> date | None:
    """The latest day with this MMDD that is not after today: this year's or last year's."""
    for year in (today.year, today.year - 1):
        try:
            day = date(year, int(month_day[:2]), int(month_day[2:]))
        except ValueError:
            continue
        if day <= today:
            return day
    return None

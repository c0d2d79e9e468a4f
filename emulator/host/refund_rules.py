"""What the host checks on a refund, in order, as a table (fact sheet, 6.2)."""

from datetime import date

from emulator.host.checks import SALE_TYPE, Case, Check, age_days, always, other_card
from emulator.host.records import Booking

UNDONE = ("voided", "reversed")


def _same_day_is_refused(case: Case, original: Booking) -> bool:
    return case.profile.same_day_refund == "refused" and age_days(case, original) == 0


REFUND_CHECKS: tuple[Check, ...] = (
    Check(
        "original is no sale",
        lambda _, original: original.transaction_type != SALE_TYPE,
        always("25"),
    ),
    Check(
        "original is voided or reversed",
        lambda _, original: original.state in UNDONE,
        lambda profile: profile.voided_code,
    ),
    Check("original is of today", _same_day_is_refused, always("25")),
    Check(
        "original is too old",
        lambda case, original: age_days(case, original) > case.profile.refund_window_days,
        always("22"),
    ),
    Check("card is not the original's", other_card, lambda profile: profile.other_card_code),
    Check("amount is zero", lambda case, _: case.amount_minor == 0, always("13")),
    Check(
        "more than remains",
        lambda case, _: case.amount_minor > case.remaining_minor,
        lambda profile: profile.over_amount_code,
    ),
)


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

"""Which day an acquirer's MMDD means, and which second of it its hhmmss."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

BACK: Final = timedelta(days=30)  # so far a host may correct its date; further back is next year


@lru_cache(maxsize=64)  # an unresolved refund asks for its own day again and again
def nearest(mmdd: str, here: date) -> date | None:
    """The day with this month and day that is nearest to `here`; None for what is no date."""
    days = (_day(here.year + shift, mmdd) for shift in (-1, 0, 1))
    return min((d for d in days if d), key=lambda d: abs((d - here).days), default=None)


def day_of_host(mmdd: str, trusted: date | None, here: date) -> date | None:
    """The day that an answer of the host is of; None for what is no date.

    Of the year that begins a little before `trusted`, the last day the host has said. Our own
    clock (`here`) says the year only of the first one: a clock that jumps must not move the host.
    """
    if trusted is None:
        return nearest(mmdd, here)
    first = max(trusted, date.min + BACK) - BACK
    days = (_day(first.year + shift, mmdd) for shift in (0, 1))
    return next((d for d in days if d and 0 <= (d - first).days < 366), None)


def second_of_day(hhmmss: str) -> int | None:
    """The second of the day; None for what is no time."""
    if len(hhmmss) != 6 or not (hhmmss.isascii() and hhmmss.isdigit()):
        return None
    hour, minute, second = int(hhmmss[:2]), int(hhmmss[2:4]), int(hhmmss[4:])
    is_time = hour < 24 and minute < 60 and second < 60
    return hour * 3600 + minute * 60 + second if is_time else None


def _day(year: int, mmdd: str) -> date | None:
    if len(mmdd) != 4 or not (mmdd.isascii() and mmdd.isdigit()):
        return None
    try:
        return date(year, int(mmdd[:2]), int(mmdd[2:]))
    except ValueError:
        return None

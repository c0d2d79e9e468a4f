"""Which day an acquirer's MMDD means."""

from __future__ import annotations

from datetime import date


def nearest(mmdd: str, here: date) -> date | None:
    """The day with this month and day that is nearest to `here`; None for what is no date."""
    days = (_day(here.year + shift, mmdd) for shift in (-1, 0, 1))
    return min((d for d in days if d), key=lambda d: abs((d - here).days), default=None)


def _day(year: int, mmdd: str) -> date | None:
    if len(mmdd) != 4 or not (mmdd.isascii() and mmdd.isdigit()):
        return None
    try:
        return date(year, int(mmdd[:2]), int(mmdd[2:]))
    except ValueError:
        return None

"""Which day it was: the acquirer's days, told from what stands in the records."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from tests.simulation.check_cases import Case
from tests.simulation.check_chain import Record

HOST_ZONE: Final = timedelta(hours=8)


def wall_day(record: Record) -> date:
    """The day at the acquirer's, by the clock of the terminal."""
    return (datetime.fromisoformat(record.wall) + HOST_ZONE).date()


def day_of(text: object) -> date | None:
    """An ISO day; None for anything else."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def request_days(case: Case) -> frozenset[str]:
    """All that its day may be for the terminal, as MMDD: by its clock, its purchase, the host."""
    days = (wall_day(case.record), day_of(case.intent["original"].get("day")))
    said = (r.body.get("host_date", "") for r in case.results)
    return frozenset([*(f"{day:%m%d}" for day in days if day), *said]) - {""}

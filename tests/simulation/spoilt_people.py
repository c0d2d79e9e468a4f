"""Days on which nobody decided, or somebody who could not (INV-10), or tries were lost (INV-15)."""

from __future__ import annotations

from typing import Any

from tests.simulation.evidence import Evidence
from tests.simulation.made_evidence import BATCH, INTENT, STAN, Day, Spoil, intent, unknown

RIGHT = 4  # its place in the day's records


def asked(count: int, locked_s: int = 0) -> tuple[str, dict[str, Any]]:
    return "password_asked", {"number": "10", "count": count, "locked_remaining_s": locked_s}


def by_nobody(day: Day) -> None:
    day.records[INTENT] = intent(operator="")


def by_somebody_else(day: Day) -> None:
    day.records[INTENT] = intent(operator="10")


def logged_on_without_password(day: Day) -> None:
    day.records[RIGHT] = ("language", {"language": "zh"})


def exception_without_approver(day: Day) -> None:
    day.records[INTENT] = intent(exceptions=["above_limit"])


def approved_without_password(day: Day) -> None:
    day.records[INTENT] = intent(exceptions=["above_limit"], approver="10")


def settled_by_nobody(day: Day) -> Evidence:
    settled(unknown(day), password=False)
    return day.evidence(settled_by_hand={(BATCH, STAN): True})


def settled_otherwise(day: Day) -> Evidence:
    settled(unknown(day), password=True)
    return day.evidence(settled_by_hand={(BATCH, STAN): False})


def settled(day: Day, password: bool) -> None:
    """A supervisor settles the refund as done."""
    if password:
        day.records += [asked(1), ("password_right", {"number": "10"})]
    body = {"intent": INTENT + 1, "outcome": "done_by_hand", "settled_by": "10", "operator": "01"}
    day.records.append(("settled", body))


def tries_given_back_by_a_cut(day: Day) -> None:
    day.records += [asked(1), asked(2), ("boot", {"remembered": 12}), asked(1)]


def tries_not_counted(day: Day) -> None:
    day.records += [asked(1), asked(1)]


def asked_while_locked(day: Day) -> None:
    day.records += [asked(1), asked(2), asked(3, 600), ("boot", {"remembered": 9}), asked(1)]


def lock_of_two_minutes(day: Day) -> None:
    day.records += [("minute", {}), ("minute", {})]  # a second apart, as all records of the day


def right_without_question(day: Day) -> None:
    day.records.append(("password_right", {"number": "10"}))


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-10", by_nobody),
    ("INV-10", by_somebody_else),
    ("INV-10", logged_on_without_password),
    ("INV-10", exception_without_approver),
    ("INV-10", approved_without_password),
    ("INV-10", settled_by_nobody),
    ("INV-10", settled_otherwise),
    ("INV-15", tries_given_back_by_a_cut),
    ("INV-15", tries_not_counted),
    ("INV-15", asked_while_locked),
    ("INV-15", lock_of_two_minutes),
    ("INV-15", right_without_question),
)

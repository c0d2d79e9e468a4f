"""A good day violates nothing; each way to spoil it is found, under its invariant's name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulation import (
    spoilt_begun,
    spoilt_lines,
    spoilt_money,
    spoilt_open,
    spoilt_people,
    spoilt_secrets,
    spoilt_told,
    spoilt_undone,
)
from tests.simulation.check_run import read_run
from tests.simulation.checker import INVARIANTS, check
from tests.simulation.evidence import Wish
from tests.simulation.made_evidence import Day, Spoil, unknown

PARTS = (
    *(spoilt_money, spoilt_told, spoilt_open, spoilt_people, spoilt_secrets),
    *(spoilt_begun, spoilt_undone, spoilt_lines),
)
SPOILT = [entry for part in PARTS for entry in part.SPOILT]


def names(day: Day, **changes: Any) -> set[str]:
    return {v.invariant for v in check(day.evidence(**changes))}


def test_good_day_is_good() -> None:
    assert check(Day().evidence()) == ()


def test_day_without_answer_is_good() -> None:
    assert names(unknown(Day())) == set()


def test_wish_that_came_to_nothing_is_good() -> None:
    day = Day()
    day.wishes.append(Wish(3.0, "sale", "", 100))
    assert names(day) == set()


def test_nothing_at_all_is_good() -> None:
    day = Day()
    day.records, day.passed, day.shown, day.papers = [], [], [], []
    day.wishes = []
    assert names(day, disk={}, bookings=()) == set()


@pytest.mark.parametrize(("invariant", "spoil"), SPOILT, ids=lambda x: getattr(x, "__name__", x))
def test_spoilt_day_is_found(invariant: str, spoil: Spoil) -> None:
    day = Day()
    changed = spoil(day)
    found = check(changed or day.evidence())
    assert invariant in {v.invariant for v in found}, found


def test_every_check_can_fail() -> None:
    found: set[object] = set()
    for _, spoil in SPOILT:
        day = Day()
        run = read_run(spoil(day) or day.evidence())
        found.update(invariant for invariant in INVARIANTS if any(invariant(run)))
    silent = [i for i in INVARIANTS if i not in found]
    assert not silent, [i.__name__ for i in silent]

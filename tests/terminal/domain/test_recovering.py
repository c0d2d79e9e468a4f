"""Which step of the profile's list is due for an unknown refund, and how long it waits."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from terminal.domain.facts import Facts, Identity
from terminal.domain.host_profile import HostProfile
from terminal.domain.message_clocks import HostTime
from terminal.domain.parameters import Parameters
from terminal.domain.recovering import (
    MARGIN_S,
    due_in_s,
    is_recovered,
    needs_host_time,
    next_due_in_s,
    requested_on,
    step_of,
    was_its_day,
)
from terminal.domain.transaction import Outcome
from tests.terminal.domain.slip_material import INTENT, SENT

UNKNOWN = replace(SENT, outcome=Outcome.UNKNOWN)  # of 2024-05-31, on a purchase of 05-20
NUMBER = UNKNOWN.record
NOON = HostTime(date(2024, 5, 31), 43_200, 100.0)


@pytest.fixture
def facts() -> Facts:
    """The day of the refund, 100 seconds after the start; nothing was tried yet."""
    profile = HostProfile(
        refund_recovery=("inquiry", "resend_same_stan", "reverse", "manual"),
        recovery_tries=3,
        message_life_s=90,
    )
    facts = Facts(Identity("12345678", "898310058120001"), Parameters(), profile)
    facts.wall_day, facts.now_s = date(2024, 5, 31), 100.0
    facts.clocks.begun[NUMBER] = 40.0
    facts.clocks.host_time = NOON
    return facts


@pytest.mark.parametrize(
    ("told", "step"),
    [
        ({}, "inquiry"),
        ({"recovery_step": "inquiry", "recovery_tries": 2}, "inquiry"),
        ({"recovery_step": "inquiry", "recovery_tries": 3}, "resend_same_stan"),
        ({"recovery_step": "inquiry", "recovery_over": True}, "resend_same_stan"),
        ({"recovery_step": "resend_same_stan", "recovery_tries": 3}, "reverse"),
        ({"recovery_step": "reverse", "recovery_over": True}, "manual"),
        ({"recovery_step": "batch_upload", "recovery_over": True}, "inquiry"),
    ],
)
def test_a_step_ends_when_it_is_over_or_used_up(
    facts: Facts, told: dict[str, Any], step: str
) -> None:
    one = replace(UNKNOWN, **told)
    assert step_of(facts, one) == step
    assert is_recovered(facts, one) is (step != "manual")


LATEST_S = 86_400 - 60 - 90 - MARGIN_S  # the answer may be old, a copy on its way for long


@pytest.mark.parametrize(
    ("said", "step"),
    [
        (NOON, "resend_same_stan"),
        (None, "reverse"),
        (replace(NOON, day=date(2024, 6, 1)), "reverse"),
        (replace(NOON, second=60 + MARGIN_S), "resend_same_stan"),
        (replace(NOON, second=59 + MARGIN_S), "reverse"),
        (replace(NOON, second=59 + MARGIN_S, at_s=99.0), "resend_same_stan"),
        (replace(NOON, second=LATEST_S - 1), "resend_same_stan"),
        (replace(NOON, second=LATEST_S), "reverse"),
        (replace(NOON, second=LATEST_S - 1, at_s=99.0), "reverse"),
    ],
)
def test_a_copy_leaves_only_on_the_hosts_day_of_the_refund(
    facts: Facts, said: HostTime | None, step: str
) -> None:
    facts.clocks.host_time = said
    asked = replace(UNKNOWN, recovery_step="inquiry", recovery_over=True)
    assert step_of(facts, UNKNOWN) == "inquiry"
    assert step_of(facts, asked) == step


@pytest.mark.parametrize(
    ("mmdd", "hhmmss", "is_certain"),
    [
        ("0531", "120000", True),
        ("0531", "000200", True),
        ("0531", "000159", False),
        ("0601", "120000", False),
        ("0530", "120000", False),
        ("", "120000", False),
        ("0531", "", False),
        ("0531", "240000", False),
        ("0231", "120000", False),
    ],
)
def test_an_answer_is_of_the_requests_day_when_that_day_is_older(
    facts: Facts, mmdd: str, hhmmss: str, is_certain: bool
) -> None:
    assert was_its_day(facts, UNKNOWN, mmdd, hhmmss) is is_certain


@pytest.mark.parametrize(
    ("host_day", "is_certain"), [("", False), ("2024-05-30", False), ("2024-05-31", True)]
)
def test_of_an_earlier_run_the_host_must_have_said_the_day_before_it(
    facts: Facts, host_day: str, is_certain: bool
) -> None:
    facts.clocks.begun.clear()
    one = replace(UNKNOWN, intent=replace(INTENT, host_day=host_day))
    assert was_its_day(facts, one, "0531", "120000") is is_certain
    assert not was_its_day(facts, one, "0531", "000100"), "it is older than that at least"


def test_the_time_is_asked_for_where_a_copy_is_the_next_step(facts: Facts) -> None:
    facts.books.unresolved = {NUMBER: UNKNOWN}
    facts.clocks.host_time = None
    assert not needs_host_time(facts), "an inquiry brings it"
    facts.books.unresolved = {NUMBER: replace(UNKNOWN, recovery_step="resend_same_stan")}
    assert needs_host_time(facts)
    facts.clocks.host_time = NOON
    assert not needs_host_time(facts)


def test_the_day_of_a_message_is_the_hosts_when_the_clock_fell_back() -> None:
    assert requested_on(UNKNOWN) == date(2024, 5, 31)
    later = replace(INTENT.original, day=date(2024, 6, 2))
    assert requested_on(replace(UNKNOWN, intent=replace(INTENT, original=later))) == later.day
    assert requested_on(replace(UNKNOWN, wall="")) == INTENT.original.day


@pytest.mark.parametrize("operation", ["sale", "void"])
def test_only_an_unknown_refund_is_recovered(facts: Facts, operation: str) -> None:
    for other in (
        replace(UNKNOWN, outcome=Outcome.MANUAL),
        replace(UNKNOWN, intent=replace(INTENT, operation=operation)),
    ):
        assert not is_recovered(facts, other)
        assert due_in_s(facts, other) == math.inf


@pytest.mark.parametrize(
    ("tries", "unsent", "gap_s"),
    [(0, 0, 10), (1, 0, 30), (2, 0, 90), (1, 1, 90), (0, 3, 270), (0, 4, 270), (2, 99, 270)],
)
def test_gaps_grow_with_each_try_to_a_limit(
    facts: Facts, tries: int, unsent: int, gap_s: int
) -> None:
    one = replace(UNKNOWN, recovery_step="inquiry", recovery_tries=tries)
    assert due_in_s(facts, one) == 0
    facts.clocks.unsent[NUMBER] = unsent
    for ago_s, left_s in ((0.0, gap_s), (4.5, gap_s - 4), (gap_s, 0), (gap_s + 9.0, 0)):
        facts.clocks.asked_s[NUMBER] = facts.now_s - ago_s
        assert due_in_s(facts, one) == left_s


def test_what_waits_for_the_life_of_a_message(facts: Facts) -> None:
    facts.clocks.any_s[NUMBER] = 60.0
    facts.clocks.copy_s[NUMBER] = 40.0
    reversing = replace(UNKNOWN, recovery_step="reverse")
    assert due_in_s(facts, reversing) == 50
    assert due_in_s(facts, replace(UNKNOWN, outcome=Outcome.TO_REVERSE)) == 50
    assert due_in_s(facts, replace(UNKNOWN, recovery_early=True)) == 30
    assert due_in_s(facts, UNKNOWN) == 0


def test_nobody_is_asked_when_no_number_is_left(facts: Facts) -> None:
    facts.books.stans_in_batch = 999_999
    assert due_in_s(facts, UNKNOWN) == math.inf
    assert due_in_s(facts, replace(UNKNOWN, recovery_step="resend_same_stan")) == 0


def test_the_next_of_all_is_the_one_that_is_due_first(facts: Facts) -> None:
    assert next_due_in_s(facts) == math.inf
    other = replace(UNKNOWN, record=9)
    facts.books.unresolved = {NUMBER: UNKNOWN, 9: other}
    facts.clocks.asked_s = {NUMBER: 95.0, 9: 98.0}
    assert next_due_in_s(facts) == 5

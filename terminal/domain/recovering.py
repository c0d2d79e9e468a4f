"""At which step of the profile's list an unknown refund is, and when it is tried next (profile 4).

A step ends with a final answer, with its tries used up, or when it can't be done. The last one is
`manual`: a person's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.host_day import second_of_day
from terminal.domain.host_profile import DUPLICATE_CODE, RecoveryStep
from terminal.domain.message_clocks import COPIES, DAY_S
from terminal.domain.receipt_rows import day_of
from terminal.domain.transaction import REFUNDS, Outcome, Transaction

FIRST_GAP_S: Final = 10
GROWTH: Final = 3
LONGEST_GAP_S: Final = 270
MARGIN_S: Final = 60  # between the clocks of a host that has several, and for the work on an answer


def requested_on(one: Transaction) -> date:
    """The host day of its message, as far as this terminal knows."""
    # After a clock that fell back, the day in the intent is the later, and the host's.
    return max(day_of(one) or date.min, one.intent.original.day)


def was_its_day(facts: Facts, one: Transaction, mmdd: str, hhmmss: str) -> bool:
    """Certain that the request left on the day of an answer of the host's with this F13 and F12.

    A host may forget what it did yesterday: then "not found" says nothing, and a copy pays.
    """
    day, second = facts.host_day(mmdd), second_of_day(hhmmss)
    return day is not None and second is not None and _has_left(facts, one, day, second)


def _has_left(facts: Facts, one: Transaction, day: date, second: float) -> bool:
    # Our clock may be wrong: the request has to be younger than the host's day is, too.
    is_young = facts.age_s(one.record) + MARGIN_S <= second
    # Nobody knows how old one of an earlier run is. The host must have said this day before it.
    is_known = one.record in facts.clocks.begun or one.intent.host_day == day.isoformat()
    return is_young and is_known and f"{day:%m%d}" == f"{requested_on(one):%m%d}"


def may_be_copied(facts: Facts, one: Transaction) -> bool:
    """Certain that it is its day still, for as long as a copy may be on its way."""
    said, profile = facts.clocks.host_time, facts.profile
    if facts.practice or said is None:
        return facts.practice  # whose host forgets nothing
    second = said.second + facts.now_s - said.at_s
    # Said so long ago at most; and what leaves now arrives within its life.
    latest = second + profile.answer_timeout_s + profile.message_life_s + MARGIN_S
    return latest < DAY_S and _has_left(facts, one, said.day, second)


def needs_host_time(facts: Facts) -> bool:
    """A copy is the next step of one, and the host has not said yet what time it is."""
    if facts.practice or facts.clocks.host_time is not None:
        return False
    unknown = (t for t in facts.books.unresolved.values() if _is_unknown_refund(t))
    return any(next(_left(facts, t)) in COPIES for t in unknown)


def step_of(facts: Facts, one: Transaction) -> RecoveryStep:
    """The step that is due, whenever that is."""
    may_copy = may_be_copied(facts, one)
    return next(step for step in _left(facts, one) if may_copy or step not in COPIES)


def _left(facts: Facts, one: Transaction) -> Iterator[RecoveryStep]:
    if one.response_code == DUPLICATE_CODE:
        yield "manual"  # the number may be another's: "found" would be that one, and so a reversal
        return
    steps = facts.profile.refund_recovery
    names = list(map(str, steps))
    at = names.index(one.recovery_step) if one.recovery_step in names else 0
    is_begun = one.recovery_step in names
    is_used_up = one.recovery_over or one.recovery_tries >= facts.profile.recovery_tries
    yield from steps[at + 1 :] if is_begun and is_used_up else steps[at:]


def is_recovered(facts: Facts, one: Transaction) -> bool:
    """An unknown refund for which the machine has something left to try."""
    return _is_unknown_refund(one) and step_of(facts, one) != "manual"


def _is_unknown_refund(one: Transaction) -> bool:
    return one.outcome is Outcome.UNKNOWN and one.intent.operation in REFUNDS


def due_in_s(facts: Facts, one: Transaction) -> float:
    """Seconds until it may be tried, 0 for now; infinite when it is a person's."""
    if one.outcome is Outcome.TO_REVERSE and one.intent.operation in REFUNDS:
        # No copy can arrive after it, and no answer to it is taken for that to a later one.
        return facts.settle_wait_s(one.record)
    if not is_recovered(facts, one):
        return math.inf
    step = step_of(facts, one)
    if step == "reverse":
        return facts.settle_wait_s(one.record)
    if step in COPIES and facts.books.settling is not None:
        return math.inf  # it may pay, and the totals are being compared
    if step == "inquiry" and facts.books.numbers_are_used_up:
        return math.inf  # no number is left to ask with before the settlement
    life_s = facts.life_left_s(one.record) if one.recovery_early else 0
    return max(life_s, _gap_left_s(facts, one))


def _gap_left_s(facts: Facts, one: Transaction) -> int:
    asked_s = facts.clocks.asked_s.get(one.record)
    if asked_s is None:
        return 0
    count = one.recovery_tries + facts.clocks.unsent.get(one.record, 0)
    gap_s = min(FIRST_GAP_S * int(GROWTH ** min(count, 9)), LONGEST_GAP_S)
    return max(0, math.ceil(asked_s + gap_s - facts.now_s))


def next_due_in_s(facts: Facts) -> float:
    """Seconds until the first of all may be tried; infinite when there is none."""
    return min((due_in_s(facts, t) for t in facts.books.unresolved.values()), default=math.inf)

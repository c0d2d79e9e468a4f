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
from terminal.domain.host_profile import RecoveryStep
from terminal.domain.message_clocks import COPIES
from terminal.domain.receipt_rows import day_of
from terminal.domain.transaction import REFUNDS, Outcome, Transaction

FIRST_GAP_S: Final = 10
GROWTH: Final = 3
LONGEST_GAP_S: Final = 270


def requested_on(one: Transaction) -> date:
    """The host day of its message, as far as this terminal knows."""
    # After a clock that fell back, the day in the intent is the later, and the host's.
    return max(day_of(one) or date.min, one.intent.original.day)


def is_its_day(facts: Facts, one: Transaction) -> bool:
    """A host may forget what it did yesterday: then "not found" says nothing, and a copy pays."""
    return facts.today == requested_on(one)


def step_of(facts: Facts, one: Transaction) -> RecoveryStep:
    """The step that is due, whenever that is."""
    is_today = is_its_day(facts, one)
    return next(step for step in _left(facts, one) if is_today or step not in COPIES)


def _left(facts: Facts, one: Transaction) -> Iterator[RecoveryStep]:
    steps = facts.profile.refund_recovery
    names = list(map(str, steps))
    at = names.index(one.recovery_step) if one.recovery_step in names else 0
    is_begun = one.recovery_step in names
    is_used_up = one.recovery_over or one.recovery_tries >= facts.profile.recovery_tries
    yield from steps[at + 1 :] if is_begun and is_used_up else steps[at:]


def is_recovered(facts: Facts, one: Transaction) -> bool:
    """An unknown refund for which the machine has something left to try."""
    is_unknown = one.outcome is Outcome.UNKNOWN and one.intent.operation in REFUNDS
    return is_unknown and step_of(facts, one) != "manual"


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

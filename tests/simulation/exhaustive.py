"""The power goes at every effect, frame and disk call of one operation of each kind, in turn.

And, for pairs, once more at each of the moments that follow the first return of the power.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from tests.simulation.day import Day, live
from tests.simulation.plan import Operation, Plan
from tests.simulation.trouble_kinds import Trouble

Live = Callable[[Plan], Day]
PICK: Final = 9
BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "void": ("sale",),
    "refund_own_sale": ("sale",),
    "reprint": ("refund",),
    "settle": ("sale", "partial"),
}
"""What has to have happened before, so that there is something to do."""
KINDS: Final = (
    *("refund", "partial", "refund_over_limit", "qr_refund", "typed_refund", "sale", "void"),
    *("refund_own_sale", "other_card", "reprint", "settle", "sign_off", "echo"),
)
PLACES: Final = ("power.moment", "power.disk_call")


def single_cuts(kind: str, profile: str, run: Live = live) -> Iterator[Day]:
    """A day for each place of the operation that the power can go at."""
    for place in PLACES:
        for number in count(1):
            day = run(plan_with(kind, profile, Trouble(place, number, 2.0)))
            if not day.cuts:
                break
            yield day


def paired_cuts(kind: str, profile: str, first: int, step: int = 1) -> Iterator[Day]:
    """The power goes at moment `first`, and again at each `step`th moment after its return."""
    for number in count(1, step):
        again = Trouble("power.again", number, 2.0)
        day = live(plan_with(kind, profile, Trouble("power.moment", first, 2.0), again))
        if day.cuts < 2:
            break
        yield day


def plan_with(kind: str, profile: str, *troubles: Trouble) -> Plan:
    """A day with this operation, and before it what it needs."""
    before = tuple(Operation(one, PICK, 1250) for one in BEFORE.get(kind, ()))
    seed = sum(t.at * weight for t, weight in zip(troubles, (1, 1000), strict=False))
    return Plan(seed, profile, 0.0, (*before, Operation(kind, PICK, 1250, troubles)))

"""The slips after the power cuts beside the journal: whole copies of the channel's `paper`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scripts._power_cut_books import Case, Row
from tests.simulation.check_slips import APPROVED, MERCHANT, Slip, read_slips
from tests.simulation.evidence import Paper


def whole(papers: Iterable[Row]) -> list[Slip]:
    """The whole copies that name an operation and an amount."""
    told = (Paper(0.0, tuple(p["rows"]), (), p["cut"]) for p in papers)
    return [slip for slip in read_slips(told) if slip.cut and slip.amount_minor is not None]


def differences(here: Sequence[Case], printed: Sequence[Slip]) -> list[str]:
    """What paper and journal tell differently, and what is approved and on no paper."""
    missing = (f"{case.name} has no slip" for case in without_slip(here, printed))
    return [*wrong_slips(here, printed), *missing]


def wrong_slips(here: Sequence[Case], printed: Sequence[Slip]) -> Iterator[str]:
    """No paper tells of something else than the journal."""
    known = {case.key: case for case in here}
    for slip in printed:
        case = known.get(slip.key)
        if case is None:
            yield f"a slip of STAN {slip.key[1]:06d}, which is not in the journal"
        elif slip.heading == APPROVED and not case.has_moved:
            yield f"a slip says approved, {case.name} is {case.outcome}"
        elif slip.amount_minor != case.amount_minor:
            yield f"{case.name}: {slip.amount_minor} on paper, {case.amount_minor} in the journal"


def without_slip(here: Sequence[Case], printed: Sequence[Slip]) -> list[Case]:
    """What is approved and on no whole paper of the shop's: it must be printed once more."""
    on_paper = {s.key for s in printed if MERCHANT in s.text and s.heading == APPROVED}
    return [case for case in here if case.outcome == "approved" and case.key not in on_paper]

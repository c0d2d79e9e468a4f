"""The slips after the power cuts beside the journal: whole copies of the channel's `paper`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scripts._power_cut_books import Case, Key, Row

COPY, MERCHANT, APPROVED = " COPY", "MERCHANT COPY", "APPROVED"
BATCH: Final = re.compile(r"BATCH\s+(\d{6})")
STAN: Final = re.compile(r"(?<!ORIG )STAN\s+(\d{6})")
AMOUNT: Final = re.compile(r"金额 AMOUNT\s+RMB ([\d,]+\.\d\d)")


@dataclass(frozen=True, slots=True)
class Slip:
    """One whole copy about one operation."""

    key: Key
    amount_minor: int
    is_merchants: bool
    is_approved: bool


def whole(papers: Iterable[Row]) -> list[Slip]:
    """The whole copies; what hangs above the last one was cut off by a power cut."""
    found = []
    for paper in papers:
        starts = [n for n, row in enumerate(paper["rows"]) if row.endswith(COPY)]
        text = "\n".join(paper["rows"][starts[-1] :]) if starts and paper["cut"] else ""
        batch, stan, amount = BATCH.search(text), STAN.search(text), AMOUNT.search(text)
        if batch and stan and amount:
            minor = int(amount[1].replace(",", "").replace(".", ""))
            key = (int(batch[1]), int(stan[1]))
            found.append(Slip(key, minor, MERCHANT in text, APPROVED in text))
    return found


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
        elif slip.is_approved and not case.has_moved:
            yield f"a slip says approved, {case.name} is {case.outcome}"
        elif slip.amount_minor != case.amount_minor:
            yield f"{case.name}: {slip.amount_minor} on paper, {case.amount_minor} in the journal"


def without_slip(here: Sequence[Case], printed: Sequence[Slip]) -> list[Case]:
    """What is approved and on no whole paper of the shop's: it must be printed once more."""
    on_paper = {slip.key for slip in printed if slip.is_merchants and slip.is_approved}
    return [case for case in here if case.outcome == "approved" and case.key not in on_paper]

"""Papers say what is so (INV-5, INV-11), and what counts as printed is on paper (INV-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tests.simulation.check_cases import Case
from tests.simulation.check_chain import is_later
from tests.simulation.check_run import Run
from tests.simulation.check_slips import APPROVED, CUSTOMER, MERCHANT, REMAINING, minor
from tests.simulation.evidence import Violation

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"merchant": MERCHANT, "customer": CUSTOMER, "reversal_failed": "TRIES"}
)


def paper_says_approved(run: Run) -> Iterator[Violation]:
    """No paper says approved that the journal and the host do not say; nor declined."""
    for slip in run.slips:
        case, booking = run.by_key.get(slip.key), run.booked.get(slip.key)
        if slip.heading == APPROVED and (booking is None or not booking.has_moved):
            yield Violation("INV-5", f"a paper says {slip.key} is approved, the host does not")
        if not run.trusts_journal or not slip.heading:
            continue
        stored = case.outcome if case else "not there"
        if stored != slip.heading.lower():
            story = f"a paper says {slip.key} is {slip.heading}, in the journal it is {stored}"
            yield Violation("INV-5", story)
        elif case and run.evidence.one_clock and _is_early(case, slip.at_s):
            yield Violation("INV-5", f"{case.name} was on paper before it was stored")


def _is_early(case: Case, at_s: float) -> bool:
    return case.deciding is not None and is_later(case.deciding, at_s)


def paper_amounts(run: Run) -> Iterator[Violation]:
    """The amount on each paper is what moved, or, where nothing did, what was asked for."""
    for slip in run.slips:
        case = run.by_key.get(slip.key)
        if case is None or slip.amount_minor is None:
            if slip.heading and slip.cut:
                yield Violation("INV-11", f"a slip of {slip.key} has no amount with two decimals")
            continue
        asked = case.intent["amount_minor"]
        right = {case.moved_minor} if slip.heading == APPROVED else {asked, case.moved_minor}
        if slip.amount_minor not in right:
            story = f"{case.name}: {asked} stored, {slip.amount_minor} printed"
            yield Violation("INV-11", story)


def paper_says_what_remains(run: Run) -> Iterator[Violation]:
    """No slip promises more of a purchase than is left of it after all returns up to this one."""
    for slip in run.slips:
        case, found = run.by_key.get(slip.key), REMAINING.search(slip.text)
        if case is None or found is None:
            continue
        earlier = run.cases[: run.cases.index(case) + 1]
        given = sum(c.moved_minor for c in earlier if c.has_moved and c.original == case.original)
        left = case.intent["original"]["amount_minor"] - given
        if minor(found[1]) > left:
            story = f"{case.name}: {found[1]} remain on paper, {left} of the purchase"
            yield Violation("INV-11", story)


def printed_is_on_paper(run: Run) -> Iterator[Violation]:
    """A copy that the journal holds for printed has left the printer whole."""
    whole = [slip for slip in run.slips if slip.cut]
    for case in run.cases:
        for record in case.printed:
            copy = WORDS.get(record.body["slip"], "")
            if not any(s.key == case.key and copy in s.text for s in whole):
                story = f"{case.name}: the {record.body['slip']} copy counts as printed"
                yield Violation("INV-4", f"{story}, and is on no paper")


def approved_has_paper(run: Run) -> Iterator[Violation]:
    """When all is calm and over, an approval is on paper, or its record can still be printed.

    It can as long as nothing says that it was printed.
    """
    if not run.is_settled:
        return
    merchant = {s.key for s in run.slips if s.cut and MERCHANT in s.text}
    for case in run.cases:
        says_printed = any(r.body["slip"] == "merchant" for r in case.printed)
        if case.outcome == "approved" and says_printed and case.key not in merchant:
            yield Violation("INV-2", f"{case.name} is approved, and no merchant copy is there")


def duplicates_are_marked(run: Run) -> Iterator[Violation]:
    """A second whole copy for the same person is marked as one: it is worth cash elsewhere."""
    seen: set[tuple[tuple[int, int], str]] = set()
    for slip in run.slips:
        copy = next((c for c in (MERCHANT, CUSTOMER) if c in slip.text), "")
        if slip.heading != APPROVED or not slip.cut or "DUPLICATED" in slip.text:
            continue
        if (slip.key, copy) in seen:
            yield Violation("INV-10", f"{slip.key}: two {copy} that both look like the first")
        seen.add((slip.key, copy))


CHECKS: Final = (
    paper_says_approved,
    paper_amounts,
    paper_says_what_remains,
    printed_is_on_paper,
    approved_has_paper,
    duplicates_are_marked,
)

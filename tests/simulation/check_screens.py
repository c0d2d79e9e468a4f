"""What the cashier was shown is so (INV-5), in the amount that was sent (INV-11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tests.simulation.check_cases import Case
from tests.simulation.check_chain import is_later
from tests.simulation.check_run import Run
from tests.simulation.check_slips import minor
from tests.simulation.evidence import Shown, Violation

TRACE: Final = re.compile(r"(?:凭证号|Trace)\s+(\d{6})")
MONEY: Final = re.compile(r"([\d,]+\.\d\d)(?!\d)")
OPERATIONS: Final = ("refund", "void", "sale")
APPROVED: Final = frozenset(f"{name}.approved" for name in OPERATIONS)
DECLINED: Final = frozenset(f"{name}.declined" for name in OPERATIONS)
TITLES: Final = frozenset(("APPROVED", "退货成功", "PAID", "消费成功", "SALE IS VOID", "撤销成功"))
DECLINED_TITLE: Final = re.compile("DECLINED|交易拒绝")
CONFIRM: Final = frozenset(f"{name}.confirm" for name in OPERATIONS)


def shown_approved(run: Run) -> Iterator[Violation]:
    """No screen said approved, or declined, that the journal and the host do not say."""
    for shown in run.evidence.shown:
        is_approved = _says_approved(run, shown)
        if not is_approved and not _says_declined(run, shown):
            continue
        case = _about(run, shown)
        if case is None:
            continue
        if is_approved:
            yield from _not_so(run, shown, case, "approved")
            booking = run.booked.get(case.key)
            if booking is None or not booking.has_moved:
                yield Violation("INV-5", f"{case.name} was shown as approved, the host has not")
        else:
            yield from _not_so(run, shown, case, "declined")


def _says_approved(run: Run, shown: Shown) -> bool:
    """By the screen's name, or by what stands above; by both where noise mixes two screens."""
    named, titled = shown.name in APPROVED, _title(shown) in TITLES
    return named and titled if run.evidence.was_noisy else named or titled


def _says_declined(run: Run, shown: Shown) -> bool:
    """By the screen's name; what stands above has to agree where noise mixes two screens."""
    is_whole = not run.evidence.was_noisy or DECLINED_TITLE.match(_title(shown))
    return shown.name in DECLINED and bool(is_whole)


def _title(shown: Shown) -> str:
    return shown.rows[0].strip() if shown.rows else ""


def _not_so(run: Run, shown: Shown, case: Case, outcome: str) -> Iterator[Violation]:
    if not run.trusts_journal:
        return
    if case.outcome != outcome:
        story = f"{case.name} was shown as {outcome}, in the journal it is {case.outcome}"
        yield Violation("INV-5", story)
    decided = case.deciding
    if run.evidence.one_clock and decided and is_later(decided, shown.at_s):
        yield Violation("INV-5", f"{case.name} was shown as {outcome} before it was stored")


def _about(run: Run, shown: Shown) -> Case | None:
    """The newest intent with the trace number on the screen that was sent by then."""
    found = TRACE.search("\n".join(shown.rows))
    if found is None:
        return None
    for case in reversed(run.cases):
        sent = run.first_sent.get(case.key)
        if case.key[1] == int(found[1]) and sent and sent.at_s <= shown.at_s:
            return case
    return None


def shown_for_nothing(run: Run) -> Iterator[Violation]:
    """A screen that says approved names something that was sent."""
    for shown in run.evidence.shown:
        text = "\n".join(shown.rows)
        if shown.name in APPROVED and TRACE.search(text) and _about(run, shown) is None:
            yield Violation("INV-5", f"{shown.name} was shown, and nothing like it was sent")


def confirmed_amounts(run: Run) -> Iterator[Violation]:
    """The amount on the last confirm screen before a message left is the one in the message.

    After a power cut it can be an older intent's copy that leaves first; noise mixes screens.
    """
    if run.evidence.was_noisy:
        return
    events: list[tuple[float, int, object]] = [
        *((shown.at_s, 0, shown) for shown in run.evidence.shown if shown.name in CONFIRM),
        *((sent.at_s, 1, sent) for sent in run.first_sent.values()),
        *((at_s, 2, None) for at_s in run.evidence.cuts),
    ]
    confirmed: int | None = None
    for _, _, event in sorted(events, key=lambda e: e[:2]):
        if isinstance(event, Shown):
            found = MONEY.search("\n".join(event.rows))
            confirmed = minor(found[1]) if found else None
            if found is None:
                yield Violation("INV-11", f"{event.name} shows no amount with two decimals")
            continue
        amount = getattr(event, "amount_minor", confirmed)
        if confirmed is not None and amount != confirmed:
            yield Violation("INV-11", f"{confirmed} was confirmed, {amount} was sent")
        confirmed = None


CHECKS: Final = (shown_approved, shown_for_nothing, confirmed_amounts)

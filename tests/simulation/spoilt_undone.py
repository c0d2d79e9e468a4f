"""Days on which what was unknown came to a wrong end, or too early."""

from __future__ import annotations

from typing import Any

from tests.simulation.check_pad_frames import ANSWER as PAD_ANSWER
from tests.simulation.check_pad_frames import MAC as PAD_MAC
from tests.simulation.evidence import Evidence
from tests.simulation.made_evidence import (
    ANSWER,
    BATCH,
    INTENT,
    REFUND,
    REQUEST,
    STAN,
    Day,
    Spoil,
    heard,
    out,
    pad,
    result,
    unknown,
)

NAMED = f"{BATCH:06d}{STAN:06d}0615"
ASKS = {k: REFUND[k] for k in (41, 42, 64)} | {3: "310100", 60: f"02{BATCH:06d}00050", 61: NAMED}
TAKEN_BACK = {k: ANSWER[k] for k in (3, 11, 41, 42, 60, 64)}
SALE = REFUND | {3: "000000", 60: f"22{BATCH:06d}00050"}


def sale(day: Day) -> Day:
    """The same day with a sale that nobody answered."""
    unknown(day)
    day.records[INTENT][1]["operation"] = "sale"
    day.passed[REQUEST] = out(9.0, "0200", SALE)
    return day


def add(day: Day, kind: str, **body: Any) -> None:
    day.records.append((kind, {"intent": INTENT + 1, **body}))


def reverse(day: Day, number: int, at_s: float) -> None:
    add(day, "reversal_try", number=number, reason="98")
    day.passed.append(out(at_s, "0400", REFUND | {39: "98"}))


def ask(day: Day, at_s: float, code: str, stan: int, **more: str) -> None:
    """A question about the intent, and its answer."""
    asks = ASKS | {11: f"{stan:06d}"}
    add(day, "recovery_try", step="inquiry", number=1, stan=stan)
    fields = asks | {39: code} | {int(k[1:]): v for k, v in more.items()}
    day.passed += [out(at_s, "0200", asks), heard(at_s + 0.5, "0210", fields)]


def sale_settled_too_soon(day: Day) -> None:
    sale(day)
    add(day, "settled", outcome="not_done_by_hand", settled_by="10", operator="01")


def sale_asked_about(day: Day) -> None:
    ask(sale(day), 200.0, "09", STAN + 1)


def sale_sent_again(day: Day) -> None:
    sale(day).passed.append(out(200.0, "0200", SALE))


def asked_about_nothing(day: Day) -> None:
    day.passed.append(out(200.0, "0200", ASKS | {11: "000008", 61: f"{BATCH + 1:06d}" + NAMED[6:]}))


def given_up_too_soon(day: Day) -> None:
    sale(day)
    for number in (1, 2):
        reverse(day, number, 100.0 * number)
    add(day, "reversal_try", number=3, reason="98")
    add(day, "result", outcome="manual", detail="reversal tries")
    day.records[INTENT][1]["sealed_digest"] = "00"


def refused_by_nobody(day: Day) -> Evidence:
    reverse(sale(day), 1, 200.0)
    forged = heard(200.5, "0410", TAKEN_BACK | {39: "12"})
    day.passed.append(forged)
    add(day, "result", outcome="manual", response_code="12")
    return day.evidence(forged=frozenset({forged.raw}))


def reversed_at(day: Day, at_s: float, host_date: str) -> None:
    reverse(sale(day), 1, at_s)
    day.passed.append(heard(at_s + 0.5, "0410", TAKEN_BACK | {13: host_date, 39: "25"}))
    result(day, outcome="to_reverse")
    add(day, "result", outcome="reversed", response_code="25")


def reversed_too_early(day: Day) -> None:
    reversed_at(day, 98.0, "0615")


def reversed_on_another_day(day: Day) -> None:
    reversed_at(day, 200.0, "0616")


def not_done(day: Day, *asked_s: float) -> None:
    unknown(day)
    for stan, at_s in enumerate(asked_s, start=STAN + 1):
        ask(day, at_s, "25", stan, f13="0615")
    add(day, "result", outcome="not_done", response_code="25", recovered="inquiry")


def asked_once(day: Day) -> None:
    not_done(day, 200.0)


def asked_too_early(day: Day) -> None:
    not_done(day, 20.0, 200.0)


def seen_before(day: Day) -> None:
    result(unknown(day), outcome="unknown", response_code="94")
    checked = pad(9.6, False, PAD_MAC + PAD_ANSWER, 2)
    day.passed += [heard(9.5, "0230", ANSWER | {39: "94"}), checked]


def seen_and_asked_about(day: Day) -> None:
    seen_before(day)
    ask(day, 200.0, "09", STAN + 1)


def seen_and_sent_again(day: Day) -> None:
    seen_before(day)
    day.passed.append(out(200.0, "0220", REFUND))


def seen_and_reversed(day: Day) -> None:
    seen_before(day)
    reverse(day, 1, 200.0)


def copy_was_declined(day: Day) -> None:
    unknown(day)
    day.passed += [out(200.0, "0220", REFUND), heard(200.5, "0230", ANSWER | {39: "61"})]
    add(day, "result", outcome="declined", response_code="61", recovered="resend_same_stan")


def settled_before_its_life(day: Day) -> Evidence:
    unknown(day)
    asked = {"number": "10", "count": 1, "locked_remaining_s": 0}
    day.records += [("password_asked", asked), ("password_right", {"number": "10"})]
    add(day, "settled", outcome="not_done_by_hand", settled_by="10", operator="01")
    return day.evidence(settled_by_hand={(BATCH, STAN): False}, bookings=tuple(day.bookings[:1]))


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-9", sale_settled_too_soon),
    ("INV-9", sale_asked_about),
    ("INV-1", sale_sent_again),
    ("INV-9", asked_about_nothing),
    ("INV-9", given_up_too_soon),
    ("INV-9", refused_by_nobody),
    ("INV-9", seen_and_asked_about),
    ("INV-9", seen_and_sent_again),
    ("INV-9", seen_and_reversed),
    ("INV-2", reversed_too_early),
    ("INV-2", reversed_on_another_day),
    ("INV-2", asked_once),
    ("INV-2", asked_too_early),
    ("INV-2", copy_was_declined),
    ("INV-2", settled_before_its_life),
)

"""Days on which something was begun that should not have been, or a batch was not kept whole."""

from __future__ import annotations

from typing import Any

from tests.simulation.evidence import Evidence, Paper
from tests.simulation.made_evidence import (
    AMOUNT_MINOR,
    ANSWER,
    BATCH,
    INTENT,
    REFUND,
    Day,
    Record,
    Spoil,
    heard,
    intent,
    out,
    result,
    second,
    settlement_slip,
    slip,
    unknown,
)

NOTHING = {"debit_minor": 0, "debit_count": 0, "credit_minor": 0, "credit_count": 0}
ORIGINAL: dict[str, Any] = dict(intent()[1]["original"])


def purchase(made: Day, **changes: Any) -> None:
    """The intent says something else of the purchase."""
    made.records[INTENT][1]["original"] |= changes


def to_be_reversed(day: Day, *then: Record) -> Day:
    """A sale that nobody answered; then these records, and one more refund."""
    unknown(day)
    day.records[INTENT][1]["operation"] = "sale"
    result(day, outcome="to_reverse", reversal_reason="98")
    day.records += then
    second(day, amount_minor=1, token="00aa112233445577")
    return day


def about(kind: str, **body: Any) -> Record:
    return kind, {"intent": INTENT + 1, **body}


EARLY = about("reversal_early", response_code="25")


def begun_before_the_reversal(day: Day) -> None:
    to_be_reversed(day)


def begun_before_the_next_try(day: Day) -> None:
    failed = about("result", outcome="to_reverse", detail="time-out")
    to_be_reversed(day, about("reversal_try", number=1), EARLY, failed)


def asked_for_totals(day: Day, **found: str) -> None:
    totals = NOTHING | {"credit_minor": AMOUNT_MINOR, "credit_count": 1}
    body = {"stan": 8, "batch": BATCH, "by": "01", "totals": totals, "foreign": NOTHING}
    day.records.append(("settle_asked", body))
    halves = {"domestic": "balanced", "foreign": "balanced"} | found
    day.records.append(("settle_answered", {"batch": BATCH, "items": 1, **halves}))


def closed(day: Day) -> None:
    day.papers.append(settlement_slip(BATCH, 8))
    day.records.append(("batch_closed", {"batch": BATCH, "next": BATCH + 1}))


def begun_during_the_settlement(day: Day) -> None:
    asked_for_totals(day)
    second(day)


def opened_again_behind_a_lost_answer(day: Day) -> None:
    body = {"stan": 8, "batch": BATCH, "by": "01", "totals": NOTHING, "foreign": NOTHING}
    day.records += [("settle_asked", body), ("settle_asked", body | {"stan": 9})]
    day.records.append(("settle_refused", {"batch": BATCH, "code": "96"}))


def above_the_largest(day: Day) -> Evidence:
    return day.evidence(refund_max_minor=AMOUNT_MINOR - 1)


def to_another_card(day: Day) -> None:
    purchase(day, token="00aa999999999999")


def too_old(day: Day) -> None:
    purchase(day, day="2026-05-15")


def too_old_for_the_host_alone(day: Day) -> None:
    day.records[INTENT + 1][1]["trusted_day"] = "2026-07-15"
    second(day)


def void_of_another_batch(day: Day) -> None:
    day.records[INTENT] = intent(operation="void", original=ORIGINAL | {"day": "2026-06-15"})


def void_of_another_day(day: Day) -> None:
    day.records[INTENT] = intent(operation="void", original=ORIGINAL | {"batch": BATCH})


def another_batch_too_early(day: Day) -> None:
    day.records.append(("signed_in", {"batch": BATCH + 1}))


def closed_without_paper(day: Day) -> None:
    day.records.append(("batch_closed", {"batch": BATCH, "next": BATCH + 1}))


def seal_of_what_is_open(day: Day) -> None:
    unknown(day).records.append(("seal_destroyed", {"batch": BATCH}))


def cursor_stands(day: Day) -> None:
    asked_for_totals(day, foreign="different")
    day.records.append(("uploaded", {"batch": BATCH, "item": 0}))


def left_out_too_early(day: Day) -> None:
    """After two tries, and by one who typed no password for it."""
    asked_for_totals(day, foreign="different")
    message = {"batch": BATCH, "item": 1}
    day.records += [("upload_refused", message | {"code": "silent"})] * 2
    day.records.append(("upload_skipped", message | {"by": "01", "why": "silent"}))


def uploaded_without_answer(day: Day) -> None:
    asked_for_totals(day, foreign="different")
    day.records.append(("uploaded", {"batch": BATCH, "item": 1}))
    day.passed.append(out(20.0, "0320", REFUND))
    day.passed.append(heard(20.5, "0330", ANSWER | {41: "87654321"}))


def difference_not_sent_up(day: Day) -> None:
    asked_for_totals(day, foreign="different")
    closed(day)


def more_remains_on_paper(day: Day) -> None:
    remaining = "本机可退余额 REMAINING RMB 60.01"
    made = slip()
    day.papers[0] = Paper(made.at_s, (*made.rows, remaining), (), cut=True)


def amount_with_one_decimal(day: Day) -> None:
    day.papers[0] = slip(amount="40.0")


def older_one_not_on_the_slip(day: Day) -> None:
    unknown(day)
    day.records.append(
        ("settle_asked", {"stan": 8, "batch": 3, "by": "01", "totals": NOTHING, "foreign": NOTHING})
    )
    day.papers.append(settlement_slip(3, 8))


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-8", begun_before_the_reversal),
    ("INV-8", begun_before_the_next_try),
    ("INV-2", begun_during_the_settlement),
    ("INV-2", opened_again_behind_a_lost_answer),
    ("INV-3", above_the_largest),
    ("INV-3", to_another_card),
    ("INV-15", too_old),
    ("INV-15", too_old_for_the_host_alone),
    ("INV-3", void_of_another_batch),
    ("INV-3", void_of_another_day),
    ("INV-2", another_batch_too_early),
    ("INV-4", closed_without_paper),
    ("INV-9", seal_of_what_is_open),
    ("INV-2", cursor_stands),
    ("INV-2", left_out_too_early),
    ("INV-10", left_out_too_early),
    ("INV-2", uploaded_without_answer),
    ("INV-2", difference_not_sent_up),
    ("INV-11", more_remains_on_paper),
    ("INV-11", amount_with_one_decimal),
    ("INV-9", older_one_not_on_the_slip),
)

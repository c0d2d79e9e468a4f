"""Days on which something open was forgotten, or did not keep others out (INV-8, INV-9, INV-12)."""

from __future__ import annotations

from tests.simulation.evidence import Evidence, Passed, Wish
from tests.simulation.made_evidence import (
    BATCH,
    INTENT,
    REFUND,
    SALE_RRN,
    Day,
    Spoil,
    out,
    result,
    second,
    settlement_slip,
    unknown,
)


def begun_while_open(day: Day) -> None:
    second(unknown(day), amount_minor=1)
    day.wishes.append(Wish(30.0, "refund", SALE_RRN, 1))


def begun_with_the_same_card(day: Day) -> None:
    other = {"rrn": "061400000013", "day": "2026-06-14", "amount_minor": 500, "voucher": ""}
    second(unknown(day), amount_minor=1, original=other)
    day.wishes.append(Wish(30.0, "refund", "061400000013", 1))


def begun_though_all_is_blocked(day: Day) -> Evidence:
    second(unknown(day), operation="sale", amount_minor=1, token="00aa112233445577")
    day.wishes.append(Wish(30.0, "sale", "", 1))
    return day.evidence(unknown_blocks_all=True)


def not_on_the_slip(day: Day) -> None:
    nothing = {"debit_minor": 0, "debit_count": 0, "credit_minor": 0, "credit_count": 0}
    body = {"stan": 8, "batch": BATCH, "by": "01", "totals": nothing, "foreign": nothing}
    unknown(day).records.append(("settle_asked", body))
    day.papers.append(settlement_slip(BATCH, 8))


def tried_for_ever(day: Day) -> None:
    unknown(day)
    for number in range(1, 5):
        body = {"intent": INTENT + 1, "number": number, "reason": "98"}
        day.records.append(("reversal_try", body))
        day.passed.append(out(80.0 + number, "0400", REFUND | {39: "98"}))


def reversed_without_a_record(day: Day) -> None:
    unknown(day).passed.append(out(80.0, "0400", REFUND | {39: "98"}))


def off_the_list_again(day: Day) -> None:
    result(unknown(day), outcome="manual")
    day.records.append(("result", {"intent": INTENT + 1, "outcome": "unknown"}))


def result_of_nothing(day: Day) -> None:
    day.records.append(("result", {"intent": 3, "outcome": "unknown"}))


def open_for_ever(day: Day) -> Evidence:
    later = Passed(2000.0, "keypad", False, b"")
    unknown(day).passed.append(later)
    return day.evidence(recovery=("inquiry", "manual"))


def sale_open_for_ever(day: Day) -> None:
    unknown(day).passed.append(Passed(2000.0, "keypad", False, b""))
    day.records[INTENT][1]["operation"] = "sale"
    result(day, outcome="to_reverse", reversal_reason="98")


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-8", begun_while_open),
    ("INV-8", begun_with_the_same_card),
    ("INV-8", begun_though_all_is_blocked),
    ("INV-9", not_on_the_slip),
    ("INV-9", tried_for_ever),
    ("INV-9", reversed_without_a_record),
    ("INV-9", off_the_list_again),
    ("INV-9", result_of_nothing),
    ("INV-12", open_for_ever),
    ("INV-12", sale_open_for_ever),
)

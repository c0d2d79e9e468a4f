"""The demonstration's last word: journal, ledger and slips tell the same, or it says what not."""

from typing import Any

import pytest

from emulator.demo_books import disagreements, refund_of

RRN = "112200000016"
BOOKING: dict[str, Any] = {
    "mti": "0220",
    "state": "booked",
    "amount_minor": 123456,
    "stan": "000002",
    "batch": "000003",
    "rrn": RRN,
    "original_rrn": "112100000009",
}
INTENT: dict[str, Any] = {
    "number": 9,
    "kind": "intent",
    "body": {"batch": 3, "stan": 2, "amount_minor": 123456},
}
RESULT: dict[str, Any] = {
    "number": 10,
    "kind": "result",
    "body": {"intent": 9, "outcome": "approved", "rrn": RRN},
}
SLIP: dict[str, Any] = {
    "rows": ["AMOUNT RMB 1,234.56", "STAN 000002", f"RRN {RRN}"],
    "codes": [],
    "cut": True,
}


def changed(row: dict[str, Any], **body: Any) -> dict[str, Any]:
    return {**row, "body": {**row["body"], **body}}


def slip_without(text: str) -> dict[str, Any]:
    return {**SLIP, "rows": [row for row in SLIP["rows"] if text not in row]}


def test_equal_books_agree() -> None:
    assert disagreements(BOOKING, [INTENT, RESULT], [SLIP, SLIP]) == ()


@pytest.mark.parametrize(
    ("records", "slips", "what"),
    [
        ([], [SLIP, SLIP], "0 intents"),
        ([INTENT, INTENT, RESULT], [SLIP, SLIP], "2 intents"),
        ([changed(INTENT, amount_minor=1), RESULT], [SLIP, SLIP], "another amount"),
        ([INTENT], [SLIP, SLIP], "approved, once"),
        ([INTENT, RESULT, RESULT], [SLIP, SLIP], "approved, once"),
        ([INTENT, changed(RESULT, outcome="unknown")], [SLIP, SLIP], "approved, once"),
        ([INTENT, changed(RESULT, rrn="x")], [SLIP, SLIP], "another RRN"),
        ([INTENT, RESULT], [SLIP], "1 slips"),
        ([INTENT, RESULT], [SLIP, {**SLIP, "cut": False}], "1 slips"),
        ([INTENT, RESULT], [SLIP, slip_without("AMOUNT")], "slip 2 has not the amount"),
        ([INTENT, RESULT], [slip_without("STAN"), SLIP], "slip 1 has not the STAN"),
        ([INTENT, RESULT], [slip_without("RRN"), SLIP], "slip 1 has not the RRN"),
        ([INTENT, RESULT], [SLIP, {**SLIP, "rows": [*SLIP["rows"], "DECLINED"]}], "outcome"),
    ],
)
def test_each_difference_is_named(
    records: list[dict[str, Any]], slips: list[dict[str, Any]], what: str
) -> None:
    found = disagreements(BOOKING, records, slips)
    assert len(found) == 1
    assert what in found[0]


@pytest.mark.parametrize("booking", [None, {**BOOKING, "state": "declined"}])
def test_refund_that_the_host_has_not_approved_is_a_difference(booking: Any) -> None:
    assert len(disagreements(booking, [INTENT, RESULT], [SLIP, SLIP])) == 1


def test_last_refund_of_the_purchase_is_taken() -> None:
    older = {**BOOKING, "rrn": "old"}
    sale = {**BOOKING, "mti": "0200", "original_rrn": ""}
    assert refund_of([sale, older, BOOKING], "112100000009") is BOOKING
    assert refund_of([sale, older], "other") is None

"""Days on which money, books or journal and ledger went wrong (INV-1 to INV-3)."""

from __future__ import annotations

from tests.simulation.evidence import Evidence, Wish
from tests.simulation.made_evidence import (
    AMOUNT_MINOR,
    ANSWER,
    BATCH,
    INTENT,
    PRINTED,
    REFUND,
    REPLY,
    SALE_RRN,
    STAN,
    Day,
    Spoil,
    booking,
    heard,
    intent,
    out,
    result,
    second,
)


def booked_again(day: Day) -> None:
    day.bookings.append(booking(stan="000008", rrn="061500000020"))


def nobody_asked(day: Day) -> None:
    day.wishes = []


def asked_once_sent_twice(day: Day) -> None:
    second(day)
    day.wishes.append(Wish(30.0, "refund", SALE_RRN, AMOUNT_MINOR))
    day.passed.append(out(12.0, "0220", REFUND | {11: f"{STAN + 1:06d}"}))


def approved_and_not_booked(day: Day) -> None:
    del day.bookings[1]


def declined_and_booked(day: Day) -> None:
    result(day, outcome="declined", response_code="51")
    day.passed[REPLY] = heard(9.5, "0230", ANSWER | {39: "51"})
    del day.records[PRINTED:], day.shown[1]
    day.papers = []


def reversed_at_the_host(day: Day) -> None:
    day.bookings[1] |= {"state": "reversed"}


def half_of_it_booked(day: Day) -> None:
    day.bookings[1] |= {"amount_minor": 2000, "response_code": "10"}


def totals_without_the_refund(day: Day) -> None:
    nothing = {"debit_minor": 0, "debit_count": 0, "credit_minor": 0, "credit_count": 0}
    body = {"stan": 8, "batch": BATCH, "by": "01", "totals": nothing, "foreign": nothing}
    day.records.append(("settle_asked", body))


def more_than_the_purchase(day: Day) -> None:
    second(day, amount_minor=6001)
    day.wishes.append(Wish(20.0, "refund", SALE_RRN, 6001))


def host_gave_too_much(day: Day) -> None:
    day.bookings.append(booking(stan="000009", amount_minor=6001, terminal="87654321"))


def another_amount_booked(day: Day) -> None:
    result(day, outcome="approved", response_code="00", approved_minor=2000)
    day.bookings[1] |= {"amount_minor": 2000}


def refunded_after_void(day: Day) -> None:
    void = intent(operation="void", stan=5, amount_minor=10000)
    day.records.insert(INTENT, ("result", {"intent": 9, "outcome": "unknown"}))
    day.records.insert(INTENT, void)


def changed_its_mind(day: Day) -> None:
    day.records.append(("result", {"intent": INTENT + 1, "outcome": "declined"}))


def broken_chain(day: Day) -> Evidence:
    raw = day.evidence().disk["journal.db"]
    return day.evidence(disk={"journal.db": raw.replace(b'"number":"10"', b'"number":"11"')})


def settled_sums_differ(day: Day) -> None:
    day.bookings.append(booking(stan="000008", rrn="061500000020"))


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-1", booked_again),
    ("INV-1", nobody_asked),
    ("INV-1", asked_once_sent_twice),
    ("INV-2", approved_and_not_booked),
    ("INV-2", declined_and_booked),
    ("INV-2", reversed_at_the_host),
    ("INV-2", half_of_it_booked),
    ("INV-2", totals_without_the_refund),
    ("INV-3", more_than_the_purchase),
    ("INV-3", host_gave_too_much),
    ("INV-11", another_amount_booked),
    ("INV-3", refunded_after_void),
    ("INV-9", changed_its_mind),
    ("INV-10", broken_chain),
    ("INV-2", settled_sums_differ),
)

"""Days on which something wrong was sent, believed, shown or printed (INV-4 to INV-6, 11, 13)."""

from __future__ import annotations

from dataclasses import replace

from tests.simulation.evidence import Evidence, Shown
from tests.simulation.made_evidence import (
    AMOUNT_MINOR,
    ANSWER,
    BATCH,
    MERCHANT,
    REFUND,
    REPLY,
    REQUEST,
    SIGN_IN,
    SIGNED_IN,
    STAN,
    TERMINAL,
    Day,
    Spoil,
    heard,
    out,
    result,
    slip,
    unknown,
)


def printed_on_nothing(day: Day) -> None:
    del day.papers[1]


def printed_in_halves(day: Day) -> None:
    day.papers[0] = replace(day.papers[0], cut=False)


def paper_says_more(day: Day) -> None:
    unknown(day).papers = [slip()]


def screen_says_more(day: Day) -> None:
    unknown(day).shown.append(Shown(10.0, "refund.approved", "en", ("Trace         000007",)))


def title_says_more(day: Day) -> None:
    rows = ("APPROVED", "Trace         000007")
    unknown(day).shown.append(Shown(10.0, "refund.unknown", "en", rows))


def screen_before_the_disk(day: Day) -> None:
    day.shown[1] = replace(day.shown[1], at_s=9.9)


def paper_before_the_disk(day: Day) -> None:
    day.papers[0] = replace(day.papers[0], at_s=9.9)


def sent_before_the_disk(day: Day) -> None:
    day.passed[REQUEST] = replace(day.passed[REQUEST], at_s=8.95)


def sent_and_not_stored(day: Day) -> None:
    day.passed.append(out(20.0, "0220", REFUND | {11: "000008"}))


def number_of_the_sign_in(day: Day) -> None:
    day.records.append(("stan", {"stan": STAN, "for": "upload"}))


def number_on_the_line(day: Day) -> None:
    day.passed[0] = out(7.0, "0800", SIGN_IN | {11: f"{STAN:06d}"})


def another_refund_in_its_place(day: Day) -> None:
    day.passed.append(out(20.0, "0220", REFUND | {4: f"{AMOUNT_MINOR:012d}", 37: "061400000013"}))


def question_nobody_stored(day: Day) -> None:
    day.passed.append(out(20.0, "0820", SIGN_IN | {11: "000009"}))


def another_amount_sent(day: Day) -> None:
    day.passed[REQUEST] = out(9.0, "0220", REFUND | {4: "000000004001"})


def another_currency_sent(day: Day) -> None:
    day.passed[REQUEST] = out(9.0, "0220", REFUND | {49: "840"})


def another_amount_printed(day: Day) -> None:
    day.papers[0] = slip(amount="40.01")


def another_amount_confirmed(day: Day) -> None:
    day.shown[0] = replace(day.shown[0], rows=("Refund     CNY 40.01",))


def another_total_sent(day: Day) -> None:
    totals = {"debit_minor": 0, "debit_count": 0, "credit_minor": AMOUNT_MINOR, "credit_count": 1}
    nothing = dict.fromkeys(totals, 0)
    body = {"stan": 8, "batch": BATCH, "by": "01", "totals": totals, "foreign": nothing}
    day.records.append(("settle_asked", body))
    figures = f"{0:015d}{AMOUNT_MINOR:012d}0020" + "0" * 31
    fields = {11: "000008", 41: TERMINAL, 42: MERCHANT, 48: figures, 60: f"00{BATCH:06d}201"}
    day.passed.append(out(20.0, "0500", fields))


def two_firsts(day: Day) -> None:
    day.papers.append(slip())


def shown_for_another(day: Day) -> None:
    day.shown.append(Shown(11.0, "refund.approved", "en", ("Trace         000099",)))


def shown_as_declined(day: Day) -> None:
    rows = day.shown[1].rows
    day.shown[1] = Shown(11.0, "refund.declined", "zh", rows)


def not_sent_and_sent(day: Day) -> None:
    unknown(day)
    result(day, outcome="not_sent")


def asked_twice_in_one_number(day: Day) -> None:
    asks = {3: "310100", 11: "000008", 41: TERMINAL, 42: MERCHANT, 60: f"02{BATCH:06d}00050"}
    day.records.append(("stan", {"stan": 8, "for": "inquiry"}))
    day.passed += [out(20.0, "0200", asks), out(90.0, "0200", asks)]


def answer_without_mac(day: Day) -> None:
    day.passed[REPLY] = heard(9.5, "0230", {k: v for k, v in ANSWER.items() if k != 64})


def answer_of_another_terminal(day: Day) -> None:
    day.passed[REPLY] = heard(9.5, "0230", ANSWER | {41: "87654321"})


def answer_of_another_amount(day: Day) -> None:
    day.passed[REPLY] = heard(9.5, "0230", ANSWER | {4: "000000000001"})


def answer_of_another_number(day: Day) -> None:
    day.passed[REPLY] = heard(9.5, "0230", ANSWER | {11: "000005"})


def answer_with_another_code(day: Day) -> None:
    day.passed[REPLY] = heard(9.5, "0230", ANSWER | {39: "94"})


def forged_answer(day: Day) -> Evidence:
    return day.evidence(forged=frozenset({day.passed[REPLY].raw}))


def repetition_is_taken_for_a_decline(day: Day) -> None:
    unknown(day)
    result(day, outcome="declined", response_code="94")
    day.passed.append(heard(9.5, "0230", ANSWER | {39: "94"}))


def batch_out_of_nowhere(day: Day) -> None:
    del day.passed[SIGNED_IN]


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-4", printed_on_nothing),
    ("INV-4", printed_in_halves),
    ("INV-5", paper_says_more),
    ("INV-5", screen_says_more),
    ("INV-5", title_says_more),
    ("INV-5", screen_before_the_disk),
    ("INV-5", paper_before_the_disk),
    ("INV-5", sent_before_the_disk),
    ("INV-5", sent_and_not_stored),
    ("INV-6", number_of_the_sign_in),
    ("INV-6", number_on_the_line),
    ("INV-6", another_refund_in_its_place),
    ("INV-6", question_nobody_stored),
    ("INV-11", another_amount_sent),
    ("INV-11", another_currency_sent),
    ("INV-11", another_amount_printed),
    ("INV-11", another_amount_confirmed),
    ("INV-11", another_total_sent),
    ("INV-10", two_firsts),
    ("INV-5", shown_for_another),
    ("INV-5", shown_as_declined),
    ("INV-13", not_sent_and_sent),
    ("INV-6", asked_twice_in_one_number),
    ("INV-13", answer_without_mac),
    ("INV-13", answer_of_another_terminal),
    ("INV-13", answer_of_another_amount),
    ("INV-13", answer_of_another_number),
    ("INV-13", answer_with_another_code),
    ("INV-13", forged_answer),
    ("INV-13", repetition_is_taken_for_a_decline),
    ("INV-13", batch_out_of_nowhere),
)

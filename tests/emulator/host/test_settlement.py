"""Settlement: whose totals, when they balance, and when the next batch begins."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.host.message import Message
from emulator.host.totals import Half, Totals, read_totals
from tests.emulator.host.counter import (
    counter_till,
    profile,
    qr_fields,
    reverse,
    sale_fields,
    sell,
    settle,
    state_of,
    upload,
    void,
)
from tests.emulator.host.till import Till, body_of, framed, packet, sent, signed_in_till

NOTHING = Totals()


def told(debit: tuple[int, int] = (0, 0), credit: tuple[int, int] = (0, 0)) -> str:
    """Field 48 of a terminal with (sum, count) of domestic cards only."""
    return Totals(Half(*debit, *credit)).text()


def flags(answer: Message) -> str:
    return answer.text(48)[30] + answer.text(48)[61]


def test_an_empty_batch_balances() -> None:
    answer = settle(signed_in_till(), told())
    assert answer.mti == "0510"
    assert set(answer.fields) == {11, 12, 13, 15, 32, 37, 41, 42, 48, 49, 60}
    assert answer.text(48) == NOTHING.text(("1", "1"))


def test_the_sample_settlement_is_compared_with_the_books() -> None:
    till = counter_till()
    sell(till, 10000)
    till.refund(till.sale(amount_minor=1000000), 5000)
    (raw,) = sent(till.line.receive(packet("C11"), 0.0))
    assert body_of(raw).text(48) == Totals(Half(10000, 1, 5000, 1)).text(("1", "1"))


def test_a_voided_sale_stays_in_the_debit_and_its_void_is_a_credit() -> None:
    till = counter_till()
    void(till, sell(till, 10000))
    assert flags(settle(till, told((10000, 1), (10000, 1)))) == "11"


def test_what_was_reversed_or_declined_is_not_counted() -> None:
    till = counter_till()
    fields = sale_fields(till, 700)
    till.ask(till.signed(fields, "0200"))
    reverse(till, fields)
    sell(till, 888051)
    till.refund(till.sale(amount_minor=10000), 20000)
    assert flags(settle(till, told())) == "11"


def test_foreign_cards_are_in_the_other_half() -> None:
    till = counter_till()
    sell(till, 300, "foreign")
    answer = settle(till, Totals(foreign=Half(300, 1)).text())
    assert flags(answer) == "11"
    assert flags(settle(till, told((300, 1)))) == "22"


def test_qr_sales_are_domestic() -> None:
    till = counter_till()
    till.ask(till.signed(qr_fields(till, 700), "0200"))
    assert flags(settle(till, told((700, 1)))) == "11"


def test_totals_that_differ_are_answered_with_the_hosts_own() -> None:
    till = counter_till()
    sell(till, 10000)
    answer = settle(till, told((9000, 1)))
    assert answer.text(48) == Totals(Half(10000, 1)).text(("2", "1"))


def test_a_refund_that_the_terminal_does_not_know_is_the_difference() -> None:
    till = counter_till()
    till.host.faults.arm("host.no_answer", {"booked": True})
    fields = till.refund_fields(till.sale(amount_minor=10000), 4000)
    assert till.line.receive(framed(till.signed(fields)), 0.0) == ()
    own = read_totals(settle(till, told()).text(48))
    assert own == Totals(Half(credit_minor=4000, credit_count=1))


def test_wrong_totals_of_the_host_by_fault() -> None:
    till = counter_till()
    sell(till, 10000)
    till.host.faults.arm("host.wrong_totals", {"debit_delta": -2500, "credit_delta": 300})
    answer = settle(till, told((10000, 1)))
    assert answer.text(48) == Totals(Half(7500, 1, 300, 0)).text(("2", "1"))
    assert flags(settle(till, told((10000, 1)))) == "11"


@pytest.mark.parametrize(
    "changes",
    [{"f41": "99999999"}, {"f60": "00000009201"}, {"f48": "1" * 61}, {"f48": None}, {"f49": None}],
)
def test_what_cannot_be_settled_is_flag_3_without_a_code(changes: dict[str, Any]) -> None:
    answer = settle(signed_in_till(), told(), **changes)
    assert flags(answer) == "33"
    assert 39 not in answer.fields


def test_the_end_closes_the_batch_and_begins_the_next() -> None:
    till = counter_till()
    sold = sell(till, 10000)
    settle(till, told((10000, 1)))
    assert upload(till, "207", "0000").text(39) == "00"
    assert state_of(till, sold.text(11)) == "settled"
    (batch,) = till.host.ledger.batches.listing()
    assert (batch["number"], batch["state"], batch["end_code"]) == (till.batch, "closed", "207")
    assert read_totals(str(batch["own_totals"])) == Totals(Half(10000, 1))
    assert sell(till, 100).text(39) == "77"
    old, till.batch = till.batch, f"{int(till.batch) + 1:06d}"
    assert sell(till, 100).text(39) == "00"
    till.sign_in()
    assert int(till.batch) == int(old) + 1


def test_settled_sales_can_be_refunded_but_not_voided_or_reversed() -> None:
    till = counter_till()
    fields = sale_fields(till, 10000)
    sold = till.ask(till.signed(fields, "0200"))
    settle(till, told((10000, 1)))
    upload(till, "207", "0000")
    old_fields, old = dict(fields), sold
    till.sign_in()
    assert void(till, old).text(39) == "25"
    assert reverse(till, old_fields).text(39) == "12"
    assert till.refund(till.sale(rrn=old.text(37)), 10000).text(39) == "00"
    assert till.sale(rrn=old.text(37))["remaining_minor"] == 0


def test_end_and_settlement_of_a_closed_batch_may_be_repeated() -> None:
    till = counter_till()
    sell(till, 10000)
    for _ in range(2):
        assert flags(settle(till, told((10000, 1)))) == "11"
        assert upload(till, "207", "0000").text(39) == "00"
    assert len(till.host.ledger.batches.listing()) == 1


@pytest.mark.parametrize(
    ("asked", "text", "code"),
    [(False, "0000", "12"), (True, "0001", "95"), (True, "00", "30"), (True, "0000", "00")],
)
def test_the_end_is_checked(asked: bool, text: str, code: str) -> None:
    till = counter_till()
    if asked:
        settle(till, told())
    assert upload(till, "202", text).text(39) == code


def test_the_end_of_another_batch_is_77() -> None:
    till = counter_till()
    settle(till, told())
    till.batch = "000077"
    assert upload(till, "207", "0000").text(39) == "77"


def test_a_balanced_settlement_ends_the_batch_if_the_profile_has_it_so() -> None:
    till = counter_till(profile(batch_ends="balanced"))
    sell(till, 10000)
    settle(till, told((9, 1)))
    assert till.host.ledger.batches.listing()[0]["state"] == "settling"
    settle(till, told((10000, 1)))
    assert till.host.ledger.batches.listing()[0]["state"] == "closed"
    assert upload(till, "207", "0000").text(39) == "00"


@dataclass
class Model:
    """What a shop assistant would add up with a pencil."""

    debit_minor: int = 0
    debit_count: int = 0
    credit_minor: int = 0
    credit_count: int = 0


def _do(till: Till, model: Model, step: tuple[str, int]) -> None:
    kind, amount_minor = step
    if kind == "refund":
        if till.refund(till.sale(amount_minor=1000000), amount_minor).text(39) == "00":
            model.credit_minor += amount_minor
            model.credit_count += 1
        return
    fields = sale_fields(till, amount_minor)
    sold = till.ask(till.signed(fields, "0200"))
    if sold.text(39) != "00" or (kind == "reversed" and reverse(till, fields).text(39) == "00"):
        return
    model.debit_minor += amount_minor
    model.debit_count += 1
    if kind == "voided" and void(till, sold).text(39) == "00":
        model.credit_minor += amount_minor
        model.credit_count += 1


STEPS = st.tuples(
    st.sampled_from(["sale", "voided", "reversed", "refund"]),
    st.one_of(st.integers(0, 400_000), st.sampled_from([888051, 6_000_000])),
)


@settings(max_examples=15)
@given(st.lists(STEPS, max_size=6))
def test_totals_are_those_of_a_plain_model(steps: list[tuple[str, int]]) -> None:
    till, model = counter_till(), Model()
    for step in steps:
        _do(till, model, step)
    half = Half(model.debit_minor, model.debit_count, model.credit_minor, model.credit_count)
    assert settle(till, Totals(half).text()).text(48) == Totals(half).text(("1", "1"))


@given(st.integers(0, 10**12 - 1), st.integers(0, 999), st.integers(0, 10**12 - 1))
def test_totals_read_as_written(debit_minor: int, count: int, credit_minor: int) -> None:
    totals = Totals(Half(debit_minor, count, credit_minor, count), Half(1, 2, 3, 4))
    assert read_totals(totals.text()) == totals
    assert read_totals(totals.text()[1:]) is None

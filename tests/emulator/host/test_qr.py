"""QR payments: sale by code, refund by voucher, and neither with a card."""

from typing import Any

import pytest

from emulator.host.message import Message, Value
from emulator.host.tagged import tagged, tagged_parts
from tests.emulator.host.counter import changed, counter_till, profile, qr_fields, sell, void
from tests.emulator.host.till import Till


def qr_refund(till: Till, sale: dict[str, Any], amount_minor: int, **changes: Any) -> Message:
    """A refund by the voucher of a QR sale."""
    fields = till.refund_fields({**sale, "card": "debit"}, amount_minor)
    for number in (35, 53):
        del fields[number]
    fields |= {22: "032", 59: tagged("A4", sale["voucher"])}
    return till.ask(till.signed(changed(fields, changes)))


def seeded(till: Till) -> dict[str, Any]:
    return till.sale(amount_minor=2350)


def test_qr_sales_are_listed_with_voucher_and_without_card_number() -> None:
    till = counter_till()
    assert len(seeded(till)["voucher"]) == 20
    assert seeded(till)["card_masked"] == ""
    assert till.sale(amount_minor=18880)["remaining_minor"] == 10000
    assert all(not sale["voucher"] for sale in till.host.sales() if sale["card_masked"])


def test_a_qr_sale_is_answered_with_its_voucher() -> None:
    till = counter_till()
    answer = till.ask(till.signed(qr_fields(till, 700), "0200"))
    assert answer.text(39) == "00"
    assert {2, 14} & set(answer.fields) == set()
    voucher = till.sale(rrn=answer.text(37))["voucher"]
    assert tagged_parts(answer.text(59)) == {"A4": voucher}
    assert till.verifies(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"f59": None},
        {"f59": "A3005"},
        {"f59": "A3xx5"},
        {"f59": tagged("A3", "62")},
        {"f59": tagged("A4", "62" * 10)},
        {"f2": "6212345678901232"},
    ],
)
def test_qr_sales_without_a_code_are_format_errors(changes: dict[str, Value | None]) -> None:
    till = counter_till()
    fields = changed(qr_fields(till, 700), changes)
    assert till.ask(till.signed(fields, "0200")).text(39) == "30"


def test_a_declined_qr_sale_has_no_voucher() -> None:
    till = counter_till()
    answer = till.ask(till.signed(qr_fields(till, 888051), "0200"))
    assert (answer.text(39), 59 in answer.fields) == ("51", False)


def test_a_qr_refund_needs_no_card() -> None:
    till = counter_till()
    answer = qr_refund(till, seeded(till), 1000)
    assert answer.text(39) == "00"
    assert {2, 14, 59} & set(answer.fields) == set()
    assert seeded(till)["remaining_minor"] == 1350


@pytest.mark.parametrize(
    ("changes", "amount_minor", "code"),
    [
        ({"f37": "000000000000"}, 2350, "00"),
        ({"f37": "000000000000", "f61": "0" * 16}, 2350, "00"),
        ({"f37": "999999999999"}, 100, "25"),
        ({"f61": "0000000000000101"}, 100, "25"),
        ({"f59": tagged("A4", "1" * 20)}, 100, "25"),
        ({}, 2351, "61"),
        ({}, 0, "13"),
        ({"f59": None}, 100, "30"),
    ],
)
def test_each_check_of_a_qr_refund_has_its_code(
    changes: dict[str, Any], amount_minor: int, code: str
) -> None:
    till = counter_till()
    assert qr_refund(till, seeded(till), amount_minor, **changes).text(39) == code


def test_the_window_holds_for_qr_too() -> None:
    till = counter_till(profile(refund_window_days=1))
    assert qr_refund(till, seeded(till), 100).text(39) == "22"


def test_a_card_cannot_take_the_money_of_a_qr_sale_nor_a_voucher_that_of_a_card() -> None:
    till = counter_till()
    assert till.refund(seeded(till), 100).text(39) == "14"
    card_sale = {**till.sale(amount_minor=10000), "voucher": seeded(till)["voucher"]}
    assert qr_refund(till, card_sale, 100).text(39) == "25"


def test_a_qr_refund_is_booked_once() -> None:
    till = counter_till()
    fields = till.refund_fields(seeded(till), 1000)
    rest = changed(fields, {"f35": None, "f53": None, "f22": "032"})
    raw = till.signed({**rest, 59: tagged("A4", seeded(till)["voucher"])})
    assert [till.ask(raw).text(39) for _ in range(2)] == ["00", "94"]
    assert seeded(till)["remaining_minor"] == 1350


def test_a_qr_sale_is_voided_by_its_voucher() -> None:
    till = counter_till()
    sold = till.ask(till.signed(qr_fields(till, 700), "0200"))
    without_card = {"f2": None, "f14": None, "f22": "032"}
    wrong = void(till, sold, **without_card, f59=tagged("A4", "1" * 20))
    right = void(till, sold, **without_card, f59=sold.text(59))
    assert (wrong.text(39), right.text(39)) == ("25", "00")


def test_a_card_sale_has_no_voucher() -> None:
    till = counter_till()
    assert 59 not in sell(till, 100).fields

"""What the host says to sales."""

from typing import Any

import pytest

from emulator.host.crypto import encrypt
from emulator.host.message import Message
from emulator.host.pin import clear_pin
from tests.emulator.host.counter import (
    Clock,
    booking_of,
    changed,
    counter_till,
    pin_block,
    profile,
    sale_fields,
    sample_till,
    sell,
)
from tests.emulator.host.till import TODAY, Till, packet, sent

ANSWER_FIELDS = {2, 3, 4, 11, 12, 13, 14, 15, 25, 32, 37, 38, 39, 41, 42, 44, 49, 60, 63, 64}
PAN = "6212345678901232"


def answered(till: Till, fields: dict[int, Any]) -> Message:
    return till.ask(till.signed(fields, "0200"))


def test_the_sample_sale_gets_the_sample_answer_byte_for_byte() -> None:
    till = sample_till(Clock(TODAY.replace(month=6, day=1, hour=10, minute=15, second=30)))
    till.host.ledger.set_counter("rrn", 10153001)
    till.host.ledger.set_counter("auth_code", 12344)
    assert sent(till.line.receive(packet("C3"), 0.0)) == [packet("C4")]


def test_sale_is_approved_signed_and_booked() -> None:
    till = counter_till()
    answer = sell(till, 12345, pin="123456")
    assert (answer.mti, answer.text(39)) == ("0210", "00")
    assert set(answer.fields) == ANSWER_FIELDS
    assert till.verifies(answer)
    booking = booking_of(till, answer.text(11))
    assert booking["state"] == "booked"
    assert booking["auth_code"] == answer.text(38)
    assert booking["card_name"] == "debit"
    assert till.sale(rrn=answer.text(37))["remaining_minor"] == 12345


def test_typed_card_is_sold_to_like_a_swiped_one() -> None:
    till = counter_till()
    typed: dict[str, Any] = {"f2": PAN, "f14": "3012", "f22": "012", "f35": None, "f53": None}
    assert answered(till, changed(sale_fields(till, 100), typed)).text(39) == "00"


def test_a_sale_can_be_refunded() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    assert till.refund(till.sale(rrn=sold.text(37)), 5000).text(39) == "00"
    assert till.refund(till.sale(rrn=sold.text(37)), 1).text(39) == "61"


@pytest.mark.parametrize(
    ("amount_minor", "card", "code"),
    [
        (0, "debit", "13"),
        (100, "wrong-luhn", "14"),
        (100, "expired", "54"),
        (5_000_001 - 5680, "debit", "51"),
        (5_000_000 - 5680, "debit", "00"),  # a sale of today is seeded
        (30001, "gift", "51"),
        (888051, "debit", "51"),
        (888900, "debit", "00"),
    ],
)
def test_each_check_of_a_sale_has_its_code(amount_minor: int, card: str, code: str) -> None:
    till = counter_till()
    answer = sell(till, amount_minor, card)
    assert answer.text(39) == code
    assert till.verifies(answer)
    assert (38 in answer.fields) == (code == "00")
    approved = booking_of(till, answer.text(11))["state"] == "booked"
    assert approved == (code == "00")


def test_what_was_spent_today_is_gone_and_comes_back_tomorrow() -> None:
    clock = Clock()
    till = counter_till(clock=clock)
    assert sell(till, 20000, "gift").text(39) == "00"
    assert sell(till, 10001, "gift").text(39) == "51"
    assert sell(till, 10000, "gift").text(39) == "00"
    clock.go(days=1)
    assert sell(till, 30000, "gift").text(39) == "00"


def test_declined_sales_are_not_offered_for_refunds() -> None:
    till = counter_till()
    before = len(till.host.sales())
    sell(till, 888051)
    assert len(till.host.sales()) == before


def test_wrong_pin_is_55_and_after_three_the_card_is_locked_until_tomorrow() -> None:
    clock = Clock()
    till = counter_till(clock=clock)
    codes = [sell(till, 100, pin="000000").text(39) for _ in range(3)]
    assert codes == ["55"] * 3
    assert sell(till, 100, pin="123456").text(39) == "75"
    assert sell(till, 100, "credit", pin="246810").text(39) == "00"
    clock.go(days=1)
    assert sell(till, 100, pin="123456").text(39) == "00"


def test_the_right_pin_forgets_the_wrong_ones() -> None:
    till = counter_till()
    pins = ["000000", "000000", "123456", "000000", "000000", "123456"]
    assert [sell(till, 100, pin=pin).text(39) for pin in pins] == ["55", "55", "00"] * 2


def test_a_locked_card_has_the_code_of_the_profile() -> None:
    till = counter_till(profile(pin_locked_code="38"))
    for _ in range(3):
        sell(till, 100, pin="000000")
    assert sell(till, 100, pin="123456").text(39) == "38"


def test_the_same_sale_again_does_not_try_its_pin_again() -> None:
    till = counter_till()
    raw = till.signed(sale_fields(till, 100, pin="000000"), "0200")
    assert [till.ask(raw).text(39) for _ in range(5)] == ["55"] + ["94"] * 4
    assert sell(till, 100, pin="123456").text(39) == "00"


def test_a_pin_block_that_cannot_be_read_is_99() -> None:
    till = counter_till()
    assert till.keys is not None
    fields = sale_fields(till, 100, pin="123456")
    garbage = encrypt(till.keys.pik, bytes.fromhex("0F" * 8))
    assert answered(till, {**fields, 52: garbage}).text(39) == "99"
    single = {**sale_fields(till, 100, pin="123456"), 53: "2000000000000000"}
    assert answered(till, single).text(39) == "99"


def test_pin_block_of_the_samples_is_opened() -> None:
    assert clear_pin(bytes.fromhex("061217139876FEDC"), PAN) == "123456"
    assert clear_pin(bytes.fromhex("06123456FFFFFFFF"), "") == "123456"
    assert clear_pin(bytes.fromhex("061217139876FEDC"), "") is None


def test_pin_block_without_card_number_is_read_if_field_53_says_so() -> None:
    till = counter_till()
    assert till.keys is not None
    fields = sale_fields(till, 100, pin="123456")
    block = encrypt(till.keys.pik, bytes.fromhex("06123456FFFFFFFF"))
    assert answered(till, {**fields, 52: block, 53: "1600000000000000"}).text(39) == "00"


@pytest.mark.parametrize(
    "changes",
    [
        {"f22": None},
        {"f22": "021"},
        {"f53": None},
        {"f35": None},
        {"f35": None, "f2": PAN},
        {"f22": "012"},
        {"f22": "032"},
        {"f49": "840"},
        {"f60": "22000002"},
        {"f52": bytes(8)},
        {"f25": None},
    ],
)
def test_sales_that_lack_or_contradict_something_are_format_errors(changes: Any) -> None:
    till = counter_till()
    assert answered(till, changed(sale_fields(till, 100), changes)).text(39) == "30"
    assert till.movements() == []


def test_a_sale_is_booked_once_and_answered_94_or_as_before() -> None:
    for duplicate, code in (("94", "94"), ("old_answer", "00")):
        till = counter_till(profile(duplicate=duplicate))
        raw = till.signed(sale_fields(till, 100), "0200")
        first, again = till.ask(raw), till.ask(raw)
        assert (first.text(39), again.text(39)) == ("00", code)
        assert len(till.movements()) == 1


def test_partial_approval_of_a_sale_books_half() -> None:
    till = counter_till()
    answer = sell(till, 888010)
    assert (answer.text(39), answer.text(4)) == ("10", "000000444005")
    assert booking_of(till, answer.text(11))["amount_minor"] == 444005


def test_a_fault_declines_a_sale_without_trying_its_pin() -> None:
    till = counter_till()
    till.host.faults.arm("host.decline", {"code": "91", "mti": "0200"}, count=4)
    assert [sell(till, 100, pin="000000").text(39) for _ in range(4)] == ["91"] * 4
    assert sell(till, 100, pin="123456").text(39) == "00"


def test_no_pin_and_no_card_number_is_on_the_books_or_in_the_trace() -> None:
    till = counter_till()
    till.host.on_traffic = till.traffic.append
    sell(till, 100, pin="123456")
    seen = repr(till.traffic) + repr(till.host.ledger.bookings()) + repr(till.host.sales())
    assert PAN not in seen
    block = pin_block(till, PAN, "123456")
    assert all(block not in item.raw for item in till.traffic)
    assert len(till.traffic) == 2

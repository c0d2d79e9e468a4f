"""What the host says to voids."""

from typing import Any

import pytest

from emulator.host.message import Message
from emulator.host.undo_rules import REVERSAL_CHECKS, VOID_CHECKS
from tests.emulator.host.counter import (
    Clock,
    booking_of,
    counter_till,
    profile,
    sale_fields,
    sample_till,
    sell,
    state_of,
    void,
    void_fields,
)
from tests.emulator.host.till import TODAY, body_of, packet, sent

ANSWER_FIELDS = {2, 3, 4, 11, 12, 13, 14, 15, 25, 32, 37, 38, 39, 41, 42, 44, 49, 60, 63, 64}


def test_the_sample_void_undoes_the_sample_sale() -> None:
    till = sample_till(Clock(TODAY.replace(month=6, day=1, hour=10, minute=15, second=30)))
    till.host.ledger.set_counter("rrn", 10153001)
    till.host.ledger.set_counter("auth_code", 12344)
    till.line.receive(packet("C3"), 0.0)
    (raw,) = sent(till.line.receive(packet("C7"), 0.0))
    answer = body_of(raw)
    assert (answer.mti, answer.text(39)) == ("0210", "00")
    assert set(answer.fields) == ANSWER_FIELDS
    assert till.verifies(answer)
    assert state_of(till, "000002") == "voided"


def test_a_void_is_booked_and_marks_the_sale() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    answer = void(till, sold)
    assert answer.text(39) == "00"
    assert answer.text(37) != sold.text(37)
    assert state_of(till, sold.text(11)) == "voided"
    booking = booking_of(till, answer.text(11))
    assert (booking["state"], booking["original_rrn"]) == ("booked", sold.text(37))
    assert till.sale(rrn=sold.text(37))["remaining_minor"] == 0


def test_a_swiped_card_with_its_pin_voids_too() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    swipe = sale_fields(till, 5000, pin="123456")
    swiped = {f"f{n}": swipe[n] for n in (22, 26, 35, 52, 53)}
    assert void(till, sold, f2=None, f14=None, **swiped).text(39) == "00"
    again = sell(till, 5000)
    wrong = sale_fields(till, 5000, pin="999999")
    swiped = {f"f{n}": wrong[n] for n in (22, 26, 35, 52, 53)}
    assert void(till, again, f2=None, f14=None, **swiped).text(39) == "55"


def test_a_voided_sale_cannot_be_refunded() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    void(till, sold)
    assert till.refund(till.sale(rrn=sold.text(37)), 100).text(39) == "12"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"f37": "999999999999"}, "25"),
        ({"f38": "ZZZZZZ"}, "25"),
        ({"f61": "000002999999"}, "25"),
        ({"f61": "000009000001"}, "25"),
        ({"f2": "6222021234567890128"}, "14"),
        ({"f4": "000000004999"}, "64"),
        ({"f4": "000000005001"}, "64"),
        ({"f61": "000002"}, "30"),
        ({"f61": None}, "30"),
        ({"f37": None}, "30"),
        ({"f38": None}, "00"),
    ],
)
def test_each_check_of_a_void_has_its_code(changes: dict[str, Any], code: str) -> None:
    till = counter_till()
    sold = sell(till, 5000)
    assert void(till, sold, **changes).text(39) == code
    assert state_of(till, sold.text(11)) == ("voided" if code == "00" else "booked")


@pytest.mark.parametrize("code", ["22", "12"])
def test_a_second_void_is_declined(code: str) -> None:
    till = counter_till(profile(voided_again_code=code))
    sold = sell(till, 5000)
    assert [void(till, sold).text(39) for _ in range(2)] == ["00", code]


def test_a_sale_of_yesterday_is_not_voided() -> None:
    clock = Clock()
    till = counter_till(clock=clock)
    sold = sell(till, 5000)
    clock.go(days=1)
    assert void(till, sold).text(39) == "25"


def test_a_sale_of_another_batch_is_not_voided() -> None:
    till = counter_till(profile(batch="every_sign_in"))
    sold = sell(till, 5000)
    till.sign_in()
    assert void(till, sold).text(39) == "25"


def test_a_refund_and_a_declined_sale_are_not_voided() -> None:
    till = counter_till()
    refunded = till.refund(till.sale(amount_minor=10000), 5000)
    assert void(till, refunded, f38=None).text(39) == "25"
    assert void(till, sell(till, 888051), f38=None).text(39) == "51"
    declined = sell(till, 6_000_000)
    assert void(till, declined, f38=None).text(39) == "25"


def test_a_sale_with_a_refund_is_not_voided() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    assert till.refund(till.sale(rrn=sold.text(37)), 1).text(39) == "00"
    assert void(till, sold).text(39) == "12"
    assert state_of(till, sold.text(11)) == "booked"


def test_a_void_is_booked_once() -> None:
    till = counter_till()
    raw = till.signed(void_fields(till, sell(till, 5000)), "0200")
    assert [till.ask(raw).text(39) for _ in range(3)] == ["00", "94", "94"]


def test_a_declined_void_changes_nothing_but_is_written_down() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    till.host.faults.arm("host.decline", {"code": "91"})
    answer: Message = void(till, sold)
    assert answer.text(39) == "91"
    assert state_of(till, answer.text(11)) == "declined"
    assert void(till, sold).text(39) == "00"


def test_every_check_of_the_tables_has_a_name_of_its_own() -> None:
    for table in (VOID_CHECKS, REVERSAL_CHECKS):
        assert len({check.name for check in table}) == len(table)

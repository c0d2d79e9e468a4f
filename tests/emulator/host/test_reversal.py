"""What the host says to reversals, and to originals that come after them."""

from typing import Any

import pytest

from emulator.host.message import Value
from tests.emulator.host.counter import (
    Clock,
    changed,
    counter_till,
    profile,
    qr_fields,
    reversal_fields,
    reverse,
    sale_fields,
    sample_till,
    sell,
    state_of,
    void,
    void_fields,
)
from tests.emulator.host.till import TODAY, Till, packet, sent

ANSWER_FIELDS = {2, 3, 4, 11, 12, 13, 25, 32, 37, 39, 41, 42, 49, 60, 64}


def sold_fields(till: Till, amount_minor: int = 5000) -> dict[int, Value]:
    """A sale that the host has booked and whose answer was lost."""
    fields = sale_fields(till, amount_minor)
    till.ask(till.signed(fields, "0200"))
    return fields


def test_the_sample_reversal_gets_the_sample_answer_byte_for_byte() -> None:
    clock = Clock(TODAY.replace(month=6, day=1, hour=10, minute=15, second=30))
    till = sample_till(clock)
    till.line.receive(packet("C3"), 0.0)
    clock.go(seconds=40)
    till.host.ledger.set_counter("rrn", 10161002)
    assert sent(till.line.receive(packet("C5"), 0.0)) == [packet("C6")]
    assert state_of(till, "000002") == "reversed"


def test_a_reversed_sale_is_gone() -> None:
    till = counter_till()
    fields = sold_fields(till)
    answer = reverse(till, fields)
    assert answer.text(39) == "00"
    assert set(answer.fields) == ANSWER_FIELDS
    assert till.verifies(answer)
    assert state_of(till, fields[11]) == "reversed"
    sale = till.sale(stan=fields[11], state="reversed")
    assert sale["remaining_minor"] == 0
    assert till.refund(sale, 100).text(39) == "12"


def test_what_was_reversed_is_not_spent() -> None:
    till = counter_till()
    fields = sale_fields(till, 30000, "gift")
    assert till.ask(till.signed(fields, "0200")).text(39) == "00"
    assert sell(till, 100, "gift").text(39) == "51"
    assert reverse(till, fields).text(39) == "00"
    assert sell(till, 100, "gift").text(39) == "00"


def test_a_reversal_again_is_25_and_a_number_never_seen_is_the_profiles() -> None:
    for code in ("00", "25"):
        till = counter_till(profile(reversal_not_found=code))
        fields = sold_fields(till)
        assert [reverse(till, fields).text(39) for _ in range(2)] == ["00", "25"]
        assert reverse(till, sale_fields(till, 100)).text(39) == code
        assert [row["response_code"] for row in till.host.ledger.reversals.listing()] == [
            "00",
            "25",
            code,
        ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"f4": "000000004999"}, "64"),
        ({"f2": "6222021234567890128"}, "14"),
        ({"f2": None, "f14": None}, "00"),
        ({"f61": "000002000001"}, "00"),
        ({"f61": "000002000002"}, "30"),
        ({"f35": "6212345678901232D3012201"}, "30"),
        ({"f39": None}, "30"),
        ({"f3": "200000", "f60": "23000002000500", "f61": "000002000001"}, "12"),
    ],
)
def test_each_check_of_a_reversal_has_its_code(changes: dict[str, Any], code: str) -> None:
    till = counter_till()
    till.stan = 0
    fields = sold_fields(till)
    assert fields[11] == "000001"
    answer = reverse(till, fields, **changes)
    assert answer.text(39) == code
    assert state_of(till, fields[11]) == ("reversed" if code == "00" else "booked")


def test_a_sale_of_yesterday_is_not_reversed() -> None:
    clock = Clock()
    till = counter_till(clock=clock)
    fields = sold_fields(till)
    clock.go(days=1)
    assert reverse(till, fields).text(39) == "25"
    assert state_of(till, fields[11]) == "booked"


@pytest.mark.parametrize("code", ["25", "01"])
def test_a_declined_sale_has_nothing_to_reverse(code: str) -> None:
    till = counter_till(profile(reversal_of_declined=code))
    assert reverse(till, sold_fields(till, 888051)).text(39) == code


def test_a_sale_with_a_refund_is_left_to_people() -> None:
    till = counter_till()
    fields = sold_fields(till)
    till.refund(till.sale(stan=fields[11]), 100)
    assert reverse(till, fields).text(39) == "12"


def test_a_partly_approved_sale_is_reversed_by_the_amount_that_was_asked() -> None:
    till = counter_till()
    fields = sold_fields(till, 888010)
    assert reverse(till, fields).text(39) == "00"


def test_a_reversal_carries_the_batch_of_its_intent() -> None:
    till = counter_till(profile(batch="every_sign_in"))
    fields = sold_fields(till)
    till.sign_in()
    assert reverse(till, fields).text(39) == "00"
    rows = till.host.ledger.bookings()
    assert [row["state"] for row in rows if row["stan"] == fields[11]] == ["reversed"]


def test_a_reversed_void_lets_the_sale_stand_again() -> None:
    till = counter_till()
    sold = sell(till, 5000)
    fields = void_fields(till, sold)
    till.ask(till.signed(fields, "0200"))
    assert reverse(till, fields).text(39) == "00"
    assert state_of(till, fields[11]) == "reversed"
    assert state_of(till, sold.text(11)) == "booked"
    assert till.sale(rrn=sold.text(37))["remaining_minor"] == 5000
    assert void(till, sold).text(39) == "00"


def test_a_void_reversal_names_itself_or_the_sale_as_the_profile_has_it() -> None:
    for form, own_code, sale_code in (("own", "00", "30"), ("original", "30", "00")):
        for names_sale, code in ((False, own_code), (True, sale_code)):
            till = counter_till(profile(void_reversal_original=form))
            fields = void_fields(till, sell(till, 5000))
            till.ask(till.signed(fields, "0200"))
            named = {"f61": fields[61]} if names_sale else {}
            assert reverse(till, fields, **named).text(39) == code


@pytest.mark.parametrize("code", ["94", "12"])
def test_an_original_that_comes_after_its_reversal_is_not_booked(code: str) -> None:
    till = counter_till(profile(late_original=code, reversal_not_found="25"))
    fields = sale_fields(till, 5000)
    assert reverse(till, fields).text(39) == "25"
    assert till.ask(till.signed(fields, "0200")).text(39) == code
    assert till.movements() == []


def test_a_host_that_forgets_closed_numbers_books_the_late_original() -> None:
    till = counter_till(profile(late_original="booked"))
    fields = sale_fields(till, 5000)
    reverse(till, fields)
    assert till.ask(till.signed(fields, "0200")).text(39) == "00"
    assert reverse(till, fields).text(39) == "00"


def test_a_copy_of_a_reversed_sale_is_never_called_approved() -> None:
    till = counter_till(profile(duplicate="old_answer"))
    fields = sold_fields(till)
    reverse(till, fields)
    assert till.ask(till.signed(fields, "0200")).text(39) == "94"


def test_a_reversal_needs_a_mac_and_a_sign_in() -> None:
    till = counter_till()
    fields = sold_fields(till)
    raw = till.signed(reversal_fields(fields), "0400")
    assert till.ask(raw[:-1] + bytes([raw[-1] ^ 1])).text(39) == "A0"
    till.line.receive(packet("C14"), 0.0)
    assert till.ask(raw).text(39) == "77"
    assert state_of(till, fields[11]) == "booked"


def test_a_qr_sale_is_reversed_without_a_card() -> None:
    till = counter_till()
    fields = qr_fields(till, 700)
    assert till.ask(till.signed(fields, "0200")).text(39) == "00"
    assert reverse(till, fields).text(39) == "00"


def test_a_decline_armed_for_anything_spares_reversals() -> None:
    till = counter_till()
    fields = sold_fields(till)
    till.host.faults.arm("host.decline", {"code": "96"})
    assert reverse(till, fields).text(39) == "00"
    assert sell(till, 100).text(39) == "96"


def test_a_decline_armed_for_reversals_leaves_the_sale() -> None:
    till = counter_till()
    fields = sold_fields(till)
    till.host.faults.arm("host.decline", {"code": "96", "mti": "0400"})
    assert [reverse(till, fields).text(39) for _ in range(2)] == ["96", "00"]


def test_a_refund_is_reversed_only_by_hosts_that_do_so() -> None:
    for steps, code, remaining_minor in (((), "40", 5000), (("reverse",), "00", 10000)):
        till = counter_till(profile(refund_recovery=steps))
        sale = till.sale(amount_minor=10000)
        fields = till.refund_fields(sale, 5000)
        assert till.ask(till.signed(fields)).text(39) == "00"
        back = changed(reversal_fields(fields), {"f61": None, "f63": None})
        assert till.ask(till.signed(back, "0400")).text(39) == code
        assert till.sale(rrn=sale["rrn"])["remaining_minor"] == remaining_minor

"""Every fault of the host: what it does to one exchange, and that it ends."""

from typing import Any

import pytest

from emulator.host.core import Close, Send
from emulator.host.faults import FAULTS, FaultBox, FaultError
from emulator.host.message import Message
from tests.emulator.host.till import Till, body_of, framed, sent, signed_in_till


def request(till: Till, amount_minor: int = 1000) -> bytes:
    sale = till.sale(card="debit", amount_minor=10000)
    return framed(till.signed(till.refund_fields(sale, amount_minor)))


def exchange(till: Till, raw: bytes | None = None) -> tuple[Send | Close, ...]:
    return till.line.receive(raw or request(till), 0.0)


def answered(till: Till) -> Message:
    (raw,) = sent(exchange(till))
    return body_of(raw)


@pytest.mark.parametrize("name", ["host.no_answer", "host.close"])
@pytest.mark.parametrize("booked", [True, False])
def test_silence_with_and_without_a_booking(name: str, booked: bool) -> None:
    till = signed_in_till()
    till.host.faults.arm(name, {"booked": booked})
    actions = exchange(till)
    assert actions == ((Close(0.0),) if name == "host.close" else ())
    assert len(till.movements()) == int(booked)
    assert answered(till).text(39) == "00"


def test_decline_gives_the_code_and_books_nothing() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.decline", {"code": "05"})
    assert answered(till).text(39) == "05"
    assert [row["state"] for row in till.movements()] == ["declined"]


def test_partial_amount_books_half_and_says_so() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.partial_amount")
    answer = answered(till)
    assert (answer.text(39), answer.text(4)) == ("10", "000000000500")
    assert [(row["amount_minor"], row["state"]) for row in till.movements()] == [(500, "booked")]
    assert till.verifies(answer)


def test_changed_keys_refuse_what_was_signed_with_the_old_ones() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.changes_keys")
    answer = answered(till)
    assert answer.text(39) == "A0"
    assert not till.verifies(answer)
    assert not till.movements()


def test_late_answer_is_whole_and_late() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.late", {"delay_s": 75})
    (action,) = exchange(till)
    assert action.delay_s == 75.0
    assert till.verifies(body_of(sent((action,))[0]))


def test_wrong_mac_does_not_verify_and_no_mac_is_absent() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.wrong_mac")
    spoilt = answered(till)
    assert 64 in spoilt.fields
    assert not till.verifies(spoilt)
    till.host.faults.arm("host.no_mac")
    assert 64 not in answered(till).fields


@pytest.mark.parametrize(
    ("number", "value"), [(4, "000000000002"), (39, "11"), (60, "25"), (2, "")]
)
def test_changed_field_is_signed_with_its_new_value(number: int, value: str) -> None:
    till = signed_in_till()
    till.host.faults.arm("host.field", {"number": number, "value": value})
    answer = answered(till)
    assert answer.text(number) == value
    assert till.verifies(answer)


def test_answer_is_duplicated_or_glued() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.duplicate_answer")
    first, second = sent(exchange(till))
    assert first == second
    till.host.faults.arm("host.glue")
    (both,) = sent(exchange(till))
    assert both[: len(both) // 2] == both[len(both) // 2 :]
    assert till.verifies(body_of(both[: len(both) // 2]))


def test_cut_frame_ends_the_line() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.cut_frame", {"bytes": 30})
    first, last = exchange(till)
    assert len(sent((first,))[0]) == 30
    assert last == Close(0.0)
    assert len(till.movements()) == 1


def test_split_answer_comes_in_ten_writes() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.split")
    pieces = sent(exchange(till))
    assert len(pieces) == 10
    assert till.verifies(body_of(b"".join(pieces)))


def test_slow_drip_spreads_the_bytes_over_time() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.slow_drip", {"bytes_per_s": 10})
    actions = exchange(till)
    assert all(len(raw) == 1 for raw in sent(actions))
    assert actions[10].delay_s == pytest.approx(1.0)
    assert till.verifies(body_of(b"".join(sent(actions))))


def test_sign_in_again_is_asked_in_the_header() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.sign_in_again")
    (raw,) = sent(exchange(till))
    assert raw[7:13].hex() == "603100310001".replace("3100310001", "3103310001")
    (raw,) = sent(exchange(till))
    assert raw[7:13].hex() == "603100310001"


def test_faults_add_up_in_one_exchange() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.late", {"delay_s": 3.0})
    till.host.faults.arm("host.decline", {"code": "61"})
    till.host.faults.arm("host.duplicate_answer")
    actions = exchange(till)
    assert [action.delay_s for action in actions] == [3.0, 3.0]
    assert body_of(sent(actions)[0]).text(39) == "61"
    assert till.traffic[-1].note == "host.decline, host.late, host.duplicate_answer"


def test_a_fault_happens_as_often_as_it_was_armed_for() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.no_answer", {"booked": False}, count=2)
    assert [len(exchange(till)) for _ in range(3)] == [0, 0, 1]


def test_a_fault_armed_with_zero_stays_until_it_is_cleared() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.no_mac", count=0)
    assert [64 in answered(till).fields for _ in range(3)] == [False] * 3
    till.host.faults.clear("host.no_mac")
    assert 64 in answered(till).fields


def test_a_fault_can_wait_for_one_kind_of_message() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.no_answer", {"mti": "0220"})
    assert till.sign_in().text(39) == "00"
    assert exchange(till) == ()


def test_a_fault_of_the_mac_waits_for_an_answer_that_has_one() -> None:
    till = signed_in_till()
    till.host.faults.arm("host.wrong_mac")
    till.sign_in()
    assert not till.verifies(answered(till))


def test_clear_without_a_name_disarms_all() -> None:
    box = FaultBox()
    for name in FAULTS:
        box.arm(name)
    box.clear()
    assert not any(row["armed"] for row in box.listing())


def test_listing_shows_parameters_and_what_is_armed() -> None:
    box = FaultBox()
    box.arm("host.late", {"delay_s": 12}, count=4)
    row = next(row for row in box.listing() if row["name"] == "host.late")
    assert row["armed"] is True
    assert row["left"] == 4
    assert row["with"] == {"delay_s": 12.0, "mti": ""}
    assert row["parameters"] == {
        "delay_s": {"type": "float", "default": 70.0},
        "mti": {"type": "str", "default": ""},
    }


@pytest.mark.parametrize(
    ("name", "params", "what"),
    [
        ("host.nothing", {}, "no fault is called host.nothing"),
        ("host.late", {"delay": 1}, "no parameter is called delay"),
        ("host.late", {"delay_s": "1"}, "delay_s must be of type float"),
        ("host.late", {"delay_s": float("nan")}, "delay_s must be above 0"),
        ("host.slow_drip", {"bytes_per_s": 0}, "bytes_per_s must be above 0"),
        ("host.no_answer", {"booked": 1}, "booked must be of type bool"),
        ("host.decline", {"code": "00"}, "code must be two characters"),
        ("host.decline", {"code": "5"}, "code must be two characters"),
        ("host.cut_frame", {"bytes": 0}, "bytes must be 1 or more"),
        ("host.field", {"number": 64}, "number is no field"),
        ("host.field", {"number": 7}, "number is no field"),
        ("host.field", {"number": 4, "value": "12"}, "value does not fit field 4"),
        ("host.field", {"number": 62, "value": "xyz"}, "value does not fit field 62"),
        ("host.late", {"mti": "abc"}, "mti must be four digits"),
    ],
)
def test_wrong_faults_are_refused_by_name(name: str, params: dict[str, Any], what: str) -> None:
    with pytest.raises(FaultError, match=what):
        FaultBox().arm(name, params)


@pytest.mark.parametrize("count", [-1, True, 1.5])
def test_wrong_counts_are_refused(count: Any) -> None:
    with pytest.raises(FaultError, match="count"):
        FaultBox().arm("host.split", count=count)


def test_clearing_an_unknown_fault_is_an_error() -> None:
    with pytest.raises(FaultError, match=r"host\.nothing"):
        FaultBox().clear("host.nothing")

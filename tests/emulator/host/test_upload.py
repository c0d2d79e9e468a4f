"""Batch upload: details, single refunds, and what each may change."""

import pytest

from emulator.host.message import Message, Value, encode
from emulator.host.totals import Totals
from emulator.host.upload import read_details
from tests.emulator.host.counter import (
    changed,
    counter_till,
    profile,
    sell,
    settle,
    upload,
)
from tests.emulator.host.till import Till

PAN = "6212345678901232"
OTHER = "6222021234567890128"


def detail(stan: str, amount_minor: int, pan: str = PAN) -> str:
    return f"00{stan}{pan:0>20}{amount_minor:012d}"


def findings(till: Till) -> list[object]:
    return [row["finding"] for row in till.host.ledger.batches.uploads()]


def refund_upload(till: Till, fields: dict[int, Value]) -> dict[int, Value]:
    """A refund request as a single upload: number and expiry in place of the track."""
    track = str(fields[35]).partition("D")
    rest = {n: v for n, v in fields.items() if n not in (35, 53)}
    return rest | {2: track[0], 14: track[2][:4]}


def test_details_are_compared_and_the_books_stay_as_they_are() -> None:
    till = counter_till()
    first, second = sell(till, 100), sell(till, 200)
    settle(till, Totals().text())
    before = till.host.ledger.bookings()
    records = [
        detail(first.text(11), 100),
        detail(second.text(11), 250),
        detail("000777", 300),
    ]
    assert upload(till, "201", "03" + "".join(records)).text(39) == "00"
    assert findings(till) == ["known", "other amount", "not known"]
    assert upload(till, "201", "01" + detail(first.text(11), 100, OTHER)).text(39) == "00"
    assert len(findings(till)) == 3
    assert till.host.ledger.bookings() == before
    assert upload(till, "202", "0003").text(39) == "00"


def test_another_card_is_found() -> None:
    till = counter_till()
    sold = sell(till, 100)
    settle(till, Totals().text())
    upload(till, "201", "01" + detail(sold.text(11), 100, OTHER))
    assert findings(till) == ["other card"]


@pytest.mark.parametrize(
    "text", ["", "00", "01", "09" + detail("000001", 1) * 8, "02" + detail("000001", 1)]
)
def test_details_that_are_none_are_format_errors(text: str) -> None:
    till = counter_till()
    settle(till, Totals().text())
    assert read_details(text) is None
    assert upload(till, "201", text).text(39) == "30"


def test_details_before_a_settlement_are_77() -> None:
    assert upload(counter_till(), "201", "01" + detail("000001", 1)).text(39) == "77"


def test_a_refused_upload_is_not_counted_and_can_be_repeated() -> None:
    till = counter_till()
    settle(till, Totals().text())
    till.host.faults.arm("host.bad_upload", {"code": "96"}, count=2)
    text = "01" + detail("000001", 1)
    assert [upload(till, "201", text).text(39) for _ in range(3)] == ["96", "96", "00"]
    assert upload(till, "202", "0001").text(39) == "00"


def test_no_card_number_of_a_detail_is_kept_or_shown() -> None:
    till = counter_till()
    till.host.on_traffic = till.traffic.append
    settle(till, Totals().text())
    upload(till, "201", "01" + detail("000001", 1))
    seen = repr(till.traffic) + repr(till.host.ledger.batches.uploads())
    assert PAN not in seen
    assert all(bytes.fromhex(PAN) not in item.raw for item in till.traffic)


def test_an_uploaded_refund_that_is_known_is_confirmed_and_counted() -> None:
    till = counter_till()
    fields = till.refund_fields(till.sale(amount_minor=10000), 4000)
    assert till.ask(till.signed(fields)).text(39) == "00"
    settle(till, Totals().text())
    sent = refund_upload(till, fields)
    plain = till.ask(encode(Message("0320", sent)))
    assert (plain.text(39), 64 in plain.fields) == ("00", False)
    signed = till.ask(till.signed(sent, "0320"))
    assert signed.text(39) == "00"
    assert till.verifies(signed)
    assert len(till.movements()) == 1
    assert upload(till, "202", "0001").text(39) == "00"


def test_an_uploaded_refund_under_the_number_of_another_is_94() -> None:
    till = counter_till()
    fields = till.refund_fields(till.sale(amount_minor=10000), 4000)
    till.ask(till.signed(fields))
    other = changed(refund_upload(till, fields), {"f4": "000000003000"})
    assert till.ask(till.signed(other, "0320")).text(39) == "94"


def test_an_unknown_refund_is_booked_once_where_the_profile_has_it() -> None:
    till = counter_till(profile(refund_recovery=("batch_upload",)))
    sale = till.sale(amount_minor=10000)
    fields = till.refund_fields(sale, 4000)
    sent = till.signed(refund_upload(till, fields), "0320")
    answers = [till.ask(sent) for _ in range(3)]
    assert [answer.text(39) for answer in answers] == ["00"] * 3
    assert len({answer.text(37) for answer in answers}) == 1
    assert all(till.verifies(answer) for answer in answers)
    assert till.ask(till.signed(fields)).text(39) == "94"
    assert till.sale(rrn=sale["rrn"])["remaining_minor"] == 6000
    assert len(till.movements()) == 1


def test_an_uploaded_refund_is_checked_like_any_other() -> None:
    till = counter_till(profile(refund_recovery=("batch_upload",)))
    fields = till.refund_fields(till.sale(amount_minor=10000), 40000)
    assert till.ask(till.signed(refund_upload(till, fields), "0320")).text(39) == "61"


def test_an_unknown_refund_is_not_booked_unsigned_or_by_other_hosts() -> None:
    for steps, signed, code in (((), True, "25"), (("batch_upload",), False, "A0")):
        till = counter_till(profile(refund_recovery=steps))
        fields = refund_upload(till, till.refund_fields(till.sale(amount_minor=10000), 4000))
        raw = till.signed(fields, "0320") if signed else encode(Message("0320", fields))
        assert till.ask(raw).text(39) == code
        assert till.movements() == []


def test_a_wrong_mac_on_an_upload_is_a0() -> None:
    till = counter_till(profile(refund_recovery=("batch_upload",)))
    fields = refund_upload(till, till.refund_fields(till.sale(amount_minor=10000), 4000))
    raw = till.signed(fields, "0320")
    assert till.ask(raw[:-1] + bytes([raw[-1] ^ 1])).text(39) == "A0"


def test_a_batch_may_be_unknown_to_a_late_upload_of_an_older_intent() -> None:
    till = counter_till(profile(refund_recovery=("batch_upload",)))
    fields = till.refund_fields(till.sale(amount_minor=10000), 4000)
    settle(till, Totals().text())
    upload(till, "207", "0000")
    till.sign_in()
    assert till.ask(till.signed(refund_upload(till, fields), "0320")).text(39) == "00"
    assert settle(till, Totals().text()).text(48)[30] == "1"

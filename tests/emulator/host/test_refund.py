"""What the host says to refunds, and what its ledger holds afterwards."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.host.config import HostProfile
from emulator.host.core import Host
from emulator.host.crypto import encrypt, open_key_block
from emulator.host.message import Message, decode, encode
from emulator.host.records import Session
from emulator.host.refund_rules import REFUND_CHECKS, original_day
from tests.emulator.host.till import (
    SWAPPED_HEAD,
    TODAY,
    Till,
    body_of,
    framed,
    make_till,
    packet,
    sent,
    signed_in_till,
)

ANSWER_FIELDS = {2, 3, 4, 11, 12, 13, 14, 15, 25, 32, 37, 39, 41, 42, 44, 49, 60, 63, 64}


def fresh_sale(till: Till) -> dict[str, Any]:
    return till.sale(card="debit", amount_minor=10000)


@pytest.mark.parametrize("algorithm", ["unionpay_ecb", "x9.9", "x9.19"])
@pytest.mark.parametrize("mak", ["single", "double"])
def test_refund_is_approved_signed_and_booked(algorithm: str, mak: str) -> None:
    till = signed_in_till(mac_algorithm=algorithm, mak=mak)
    sale = fresh_sale(till)
    answer = till.refund(sale, 5000)
    assert answer.mti == "0230"
    assert set(answer.fields) == ANSWER_FIELDS
    assert till.verifies(answer)
    assert answer.text(39) == "00"
    assert answer.text(4) == "000000005000"
    assert answer.text(37) not in ("", sale["rrn"])
    assert answer.text(44) == "01020000   48021000   "
    assert answer.text(14) == "3012"
    (booking,) = till.movements()
    assert booking["state"] == "booked"
    assert booking["amount_minor"] == 5000
    assert booking["rrn"] == answer.text(37)
    assert booking["original_rrn"] == sale["rrn"]
    assert till.sale(rrn=sale["rrn"])["remaining_minor"] == 5000


def test_the_sample_refund_is_approved_by_a_host_in_the_state_of_the_samples() -> None:
    till = make_till()
    till.host = Host(till.host.config, till.host.ledger, lambda: TODAY.replace(day=2), seed=1)
    ledger, shop = till.host.ledger, till.terminal
    model = ledger.sales()[0]
    card_token = ledger.card_token("6212345678901232")
    with ledger.transaction():
        ledger.book(
            replace(
                model,
                rrn="060110153002",
                amount_minor=10000,
                stan="000002",
                batch="000001",
                time="2026-06-01T10:15:30",
                card_token=card_token,
            )
        )
        block = decode(packet("C2")[13:]).raw(62)
        ledger.save_session(Session(shop.tid, shop.mid, "000002", True, 1, block))
    (raw,) = sent(till.host.connection().receive(packet("C9"), 0.0))
    till.keys = open_key_block(shop.tmk, block)
    answer = body_of(raw)
    assert (answer.text(39), answer.text(4)) == ("00", "000000005000")
    assert raw[2:13] == SWAPPED_HEAD
    assert till.verifies(answer)


def test_typed_card_number_is_accepted_like_a_swipe() -> None:
    till = signed_in_till()
    changes = {"f2": "6212345678901232", "f14": "3012", "f22": "012", "f35": None, "f53": None}
    assert till.refund(fresh_sale(till), 5000, **changes).text(39) == "00"


def test_encrypted_track_is_accepted_under_the_track_key() -> None:
    till = make_till()
    till.sign_in("004")
    assert till.keys is not None
    assert till.keys.tdk is not None
    track = "6212345678901232D30122010000000000001"
    middle = encrypt(till.keys.tdk, bytes.fromhex(track[20:36])).hex().upper()
    wire = track[:20] + middle + track[36:]
    answer = till.refund(fresh_sale(till), 100, f35=wire, f53="0610000000000000")
    assert answer.text(39) == "00"
    assert answer.text(14) == "3012"


@pytest.mark.parametrize("track", ["6212345678901232", "6212345678901232D3012201000000000000"])
def test_a_track_that_does_not_decrypt_to_a_card_is_a_format_error(track: str) -> None:
    till = make_till()
    till.sign_in("004")
    answer = till.refund(
        fresh_sale(till), 100, f2="6212340000000019", f35=track, f53="061" + "0" * 13
    )
    assert answer.text(39) == "30"
    assert till.movements() == []


def test_several_parts_are_approved_up_to_the_whole_and_no_further() -> None:
    till = signed_in_till()
    sale = fresh_sale(till)
    assert till.refund(sale, 6000).text(39) == "00"
    assert till.refund(sale, 4001).text(39) == "61"
    assert till.refund(sale, 4000).text(39) == "00"
    assert till.refund(sale, 1).text(39) == "61"
    assert till.sale(rrn=sale["rrn"])["remaining_minor"] == 0


def test_seeded_part_refund_counts_against_its_sale() -> None:
    till = signed_in_till()
    sale = till.sale(amount_minor=4550)
    assert sale["remaining_minor"] == 2550
    assert till.refund(sale, 2551).text(39) == "61"
    assert till.refund(sale, 2550).text(39) == "00"


@pytest.mark.parametrize(
    ("wanted", "amount_minor", "changes", "code"),
    [
        ({"amount_minor": 10000}, 100, {"f37": "061500009999"}, "25"),
        ({"amount_minor": 10000}, 100, {"f61": "0000000000000613"}, "25"),
        ({"amount_minor": 10000}, 100, {"f61": "0000000000001340"}, "25"),
        ({"amount_minor": 7700}, 100, {}, "25"),  # another merchant's sale
        ({"amount_minor": 88800}, 100, {}, "22"),
        ({"amount_minor": 15000}, 100, {}, "00"),  # thirty days, the last that is allowed
        ({"amount_minor": 10000}, 100, {"f35": "6222021234567890128D3012201"}, "14"),
        ({"amount_minor": 10000}, 10001, {}, "61"),
        ({"amount_minor": 10000}, 0, {}, "13"),
        ({"amount_minor": 32000}, 100, {}, "12"),
        ({"amount_minor": 5680}, 100, {}, "00"),  # of today
        ({"amount_minor": 129900}, 129900, {}, "00"),
    ],
)
def test_each_check_has_its_code(
    wanted: dict[str, Any], amount_minor: int, changes: dict[str, Any], code: str
) -> None:
    till = signed_in_till()
    answer = till.refund(till.sale(**wanted), amount_minor, **changes)
    assert answer.text(39) == code
    assert till.verifies(answer)
    (booking,) = till.movements()
    assert booking["state"] == ("booked" if code == "00" else "declined")
    assert booking["response_code"] == code


@pytest.mark.parametrize(
    ("profile", "wanted", "amount_minor", "changes", "code"),
    [
        ({"over_amount_code": "13"}, {"amount_minor": 10000}, 10001, {}, "13"),
        ({"voided_code": "25"}, {"amount_minor": 32000}, 100, {}, "25"),
        ({"refund_window_days": 15}, {"amount_minor": 15000}, 100, {}, "22"),
        ({"same_day_refund": "refused"}, {"amount_minor": 5680}, 100, {}, "25"),
        (
            {"other_card_code": "25"},
            {"amount_minor": 10000},
            100,
            {"f35": "6222021234567890128D3012201"},
            "25",
        ),
    ],
)
def test_the_profile_changes_a_code(
    profile: dict[str, Any],
    wanted: dict[str, Any],
    amount_minor: int,
    changes: dict[str, Any],
    code: str,
) -> None:
    till = signed_in_till(HostProfile(**profile))
    assert till.refund(till.sale(**wanted), amount_minor, **changes).text(39) == code


def test_a_refund_cannot_be_refunded() -> None:
    till = signed_in_till()
    sale = fresh_sale(till)
    done = till.refund(sale, 5000)
    back = {**sale, "rrn": done.text(37), "date": f"{TODAY:%Y%m%d}"}
    assert till.refund(back, 100).text(39) == "25"


def test_every_check_of_the_table_can_decline() -> None:
    assert len({check.name for check in REFUND_CHECKS}) == len(REFUND_CHECKS) == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"f61": None},
        {"f61": "000000000000"},
        {"f37": None},
        {"f63": None},
        {"f49": "840"},
        {"f35": None},
        {"f2": "6222021234567890128"},
        {"f53": "0610000000000000"},
    ],
)
def test_requests_that_lack_something_are_format_errors_and_not_booked(
    changes: dict[str, Any],
) -> None:
    till = signed_in_till()
    answer = till.refund(fresh_sale(till), 100, **changes)
    assert answer.text(39) == "30"
    assert till.movements() == []


@pytest.mark.parametrize("cents", [51, 9, 96, 1])
def test_amounts_of_888x_ask_for_their_code(cents: int) -> None:
    till = signed_in_till()
    sale = till.sale(amount_minor=1000000)
    assert till.refund(sale, 888500 + cents).text(39) == f"{cents:02d}"
    assert till.sale(amount_minor=1000000)["remaining_minor"] == 1000000


def test_amount_of_888x_00_is_an_ordinary_one() -> None:
    till = signed_in_till()
    assert till.refund(till.sale(amount_minor=1000000), 888500).text(39) == "00"


def test_partial_approval_books_half_and_says_so() -> None:
    till = signed_in_till()
    answer = till.refund(till.sale(amount_minor=1000000), 888010)
    assert answer.text(39) == "10"
    assert answer.text(4) == "000000444005"
    assert till.sale(amount_minor=1000000)["remaining_minor"] == 1000000 - 444005


def test_the_same_frame_again_is_booked_once_and_answered_94() -> None:
    till = signed_in_till()
    sale = fresh_sale(till)
    raw = till.signed(till.refund_fields(sale, 5000))
    assert till.ask(raw).text(39) == "00"
    assert till.ask(raw).text(39) == "94"
    assert len(till.movements()) == 1


def test_the_same_frame_again_gets_the_old_answer_if_the_profile_says_so() -> None:
    till = signed_in_till(HostProfile(duplicate="old_answer"))
    raw = till.signed(till.refund_fields(fresh_sale(till), 5000))
    first = till.ask(raw)
    till.host.on_traffic = None
    assert till.ask(raw) == first
    assert len(till.movements()) == 1


def test_another_request_under_a_used_number_is_94_whatever_the_profile() -> None:
    till = signed_in_till(HostProfile(duplicate="old_answer"))
    sale = fresh_sale(till)
    fields = till.refund_fields(sale, 5000)
    assert till.ask(till.signed(fields)).text(39) == "00"
    assert till.ask(till.signed({**fields, 4: "000000004000"})).text(39) == "94"


def test_a_declined_request_is_remembered_too() -> None:
    till = signed_in_till(HostProfile(duplicate="old_answer"))
    raw = till.signed(till.refund_fields(fresh_sale(till), 20000))
    assert till.ask(raw).text(39) == "61"
    assert till.ask(raw).text(39) == "61"
    assert len(till.movements()) == 1


def test_a_copy_from_an_earlier_batch_is_still_known() -> None:
    till = signed_in_till(HostProfile(batch="every_sign_in", duplicate="old_answer"))
    fields = till.refund_fields(fresh_sale(till), 5000)
    assert till.ask(till.signed(fields)).text(39) == "00"
    till.sign_in()
    assert till.ask(till.signed(fields)).text(39) == "00"
    assert len([r for r in till.host.ledger.bookings() if r["amount_minor"] == 5000]) == 1


def test_wrong_batch_is_77_and_not_booked() -> None:
    till = signed_in_till()
    answer = till.refund(fresh_sale(till), 100, f60="25000777000500")
    assert answer.text(39) == "77"
    assert till.movements() == []


def test_wrong_or_missing_mac_is_a0_and_not_booked() -> None:
    till = signed_in_till()
    fields = till.refund_fields(fresh_sale(till), 100)
    good = till.signed(fields)
    assert till.ask(good[:-1] + bytes([good[-1] ^ 1])).text(39) == "A0"
    assert till.ask(encode(Message("0220", fields))).text(39) == "A0"
    assert till.movements() == []
    assert till.ask(good).text(39) == "00"


def test_declines_carry_no_mac_if_the_profile_says_so() -> None:
    till = signed_in_till(HostProfile(declines_carry_mac=False))
    sale = fresh_sale(till)
    assert 64 not in till.refund(sale, 20000).fields
    assert 64 in till.refund(sale, 100).fields


def test_what_the_host_does_not_do_is_answered_40() -> None:
    till = signed_in_till()
    fields = till.refund_fields(fresh_sale(till), 100)
    balance = till.ask(till.signed({**fields, 3: "310000", 60: f"01{till.batch}000500"}, "0200"))
    assert (balance.mti, balance.text(39)) == ("0210", "40")
    assert till.verifies(balance)
    chip_upload = till.ask(encode(Message("0320", {11: "000009", 60: "00000001203"})))
    assert (chip_upload.mti, chip_upload.text(39)) == ("0330", "40")


def test_an_answer_is_no_question() -> None:
    till = signed_in_till()
    actions = till.line.receive(framed(encode(Message("0230", {39: "00"}))), 0.0)
    assert sent(actions) == []
    assert len(actions) == 1


def test_dates_are_the_latest_that_is_not_in_the_future() -> None:
    today = TODAY.date()
    assert str(original_day("0615", today)) == "2026-06-15"
    assert str(original_day("0616", today)) == "2025-06-16"
    assert original_day("0229", today) is None
    assert original_day("0000", today) is None


def test_no_card_number_reaches_the_trace_or_the_ledger() -> None:
    till = signed_in_till()
    till.refund(fresh_sale(till), 100)
    pan = "6212345678901232"
    seen = repr(till.traffic) + repr(till.host.ledger.bookings()) + repr(till.host.sales())
    assert len(till.traffic) == 4
    assert pan not in seen
    assert all(bytes.fromhex(pan) not in item.raw for item in till.traffic)
    assert till.keys is not None
    assert all(till.keys.mak not in item.raw for item in till.traffic)

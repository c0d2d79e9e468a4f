"""Sale, void and QR messages against the golden packets, and their answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError, decode, encode
from terminal.iso8583.matching import MacCheck, Operation, check, is_ours
from terminal.iso8583.messages import (
    CardData,
    QrRefundRequest,
    QrSaleRequest,
    SaleRequest,
    TerminalIdentity,
    VoidRequest,
    qr_refund,
    qr_sale,
    sale,
    sign,
    unsigned,
    void,
)

MAC_KEY = bytes.fromhex("0E1F2C3D4A5B6879")
IDENTITY = TerminalIdentity("12345678", "898310058120001")
PROFILE = HostProfile()
PAN = "6212345678901232"
PIN_BLOCK = bytes.fromhex("C37FBB88169687FF")
SWIPED = CardData(
    entry_mode="021", pan=PAN, expiry="3012", track2=f"{PAN}=30122010000000000001",
    pin_block=PIN_BLOCK,
)  # fmt: skip
TYPED = CardData(entry_mode="012", pan=PAN, expiry="3012")
SALE = SaleRequest(amount_minor=10000, stan="000002", batch="000001", card=SWIPED)
VOID = VoidRequest(
    amount_minor=10000, stan="000003", batch="000001", card=TYPED, original_rrn="060110153002",
    original_batch="000001", original_stan="000002", original_auth_code="A12345",
)  # fmt: skip
QR_SALE = QrSaleRequest(
    amount_minor=2500, stan="000008", batch="000001", code="6201234567890123456"
)
QR_REFUND = QrRefundRequest(
    amount_minor=2500, stan="000009", batch="000002", voucher="20260601000000000042",
    original_date="0601",
)  # fmt: skip

Mac = Callable[[bytes, bytes], bytes]


def signed(message: Message, mac: Mac) -> bytes:
    raw = unsigned(message)
    return sign(raw, mac(MAC_KEY, raw))


def test_a_sale_is_the_golden_packet(packets: dict[str, Any], unionpay_mac: Mac) -> None:
    assert signed(sale(IDENTITY, SALE, PROFILE), unionpay_mac) == packets["C3"].body


@pytest.mark.parametrize("pin_max", ["06", "12"])
def test_the_longest_pin_is_the_profile_s(pin_max: Literal["06", "12"]) -> None:
    assert sale(IDENTITY, SALE, HostProfile(pin_max=pin_max)).fields[26] == pin_max


def test_a_void_is_the_golden_packet(packets: dict[str, Any], unionpay_mac: Mac) -> None:
    assert signed(void(IDENTITY, VOID, PROFILE), unionpay_mac) == packets["C7"].body


def test_a_sale_without_pin_keeps_the_security_field_only() -> None:
    card = replace(SWIPED, entry_mode="022", pin_block=None)
    fields = sale(IDENTITY, replace(SALE, card=card), PROFILE).fields
    assert (fields[22], fields[53]) == ("022", "0600000000000000")
    assert not {2, 14, 26, 52} & set(fields)


def test_a_typed_sale_sends_number_and_expiry() -> None:
    fields = sale(IDENTITY, replace(SALE, card=TYPED), PROFILE).fields
    assert (fields[2], fields[14], fields[22]) == (PAN, "3012", "012")
    assert not {26, 35, 52, 53} & set(fields)


@pytest.mark.parametrize(
    ("card", "wanted", "unwanted"),
    [
        (SWIPED, {26, 35, 52, 53}, {2, 14}),
        (replace(SWIPED, entry_mode="022", pin_block=None), {35, 53}, {2, 14, 26, 52}),
        (replace(TYPED, entry_mode="011", pin_block=PIN_BLOCK), {2, 14, 26, 52, 53}, {35}),
    ],
)
def test_a_void_takes_the_card_in_every_form(
    card: CardData, wanted: set[int], unwanted: set[int]
) -> None:
    fields = set(void(IDENTITY, replace(VOID, card=card), PROFILE).fields)
    assert wanted <= fields
    assert not unwanted & fields


def test_a_void_without_authorisation_code_has_no_field_38() -> None:
    fields = void(IDENTITY, replace(VOID, original_auth_code=None), PROFILE).fields
    assert 38 not in fields
    assert fields[61] == "000001000002"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"amount_minor": 0}, "field 4"),
        ({"stan": "000000"}, "field 11"),
        ({"batch": "1"}, "field 60"),
        ({"original_rrn": ""}, "field 37"),
        ({"original_batch": "00001"}, "field 61"),
        ({"original_stan": "000000"}, "field 61"),
        ({"original_auth_code": "A123456"}, "field 38"),
        ({"card": CardData(entry_mode="012")}, "field 22"),
        ({"card": replace(SWIPED, pin_block=None)}, "field 22"),
        ({"card": replace(TYPED, entry_mode="031")}, "field 22"),
    ],
)
def test_a_void_that_can_not_be_sent_is_refused_by_name(change: dict[str, Any], place: str) -> None:
    with pytest.raises(MessageError) as caught:
        encode(void(IDENTITY, replace(VOID, **change), PROFILE))
    assert caught.value.place == place


def test_a_qr_sale_carries_the_code_and_no_card() -> None:
    message = qr_sale(IDENTITY, QR_SALE, PROFILE)
    assert message.mti == "0200"
    assert message.fields[59] == b"A30196201234567890123456"
    assert (message.fields[3], message.fields[22]) == ("000000", "032")
    assert message.fields[60] == "22000001000500"
    assert not {2, 14, 26, 35, 52, 53} & set(message.fields)
    assert decode(encode(message)).fields == message.fields


def test_a_qr_refund_names_the_payment_by_its_voucher() -> None:
    message = qr_refund(IDENTITY, QR_REFUND, PROFILE)
    assert message.mti == "0220"
    assert message.fields[59] == b"A402020260601000000000042"
    assert (message.fields[22], message.fields[37]) == ("032", "000000000000")
    assert (message.fields[60], message.fields[61]) == ("25000002000500", "0000000000000601")
    assert message.fields[63] == b"000"
    assert not {2, 14, 26, 35, 38, 52, 53} & set(message.fields)
    assert decode(encode(message)).fields == message.fields


def test_a_qr_refund_sends_what_is_known_of_the_original() -> None:
    known = replace(
        QR_REFUND, original_rrn="060110153002", original_auth_code="A12345",
        original_batch="000001", original_stan="000008",
    )  # fmt: skip
    profile = HostProfile(refund_original="batch_trace_date")
    fields = qr_refund(IDENTITY, known, profile).fields
    assert (fields[37], fields[38]) == ("060110153002", "A12345")
    assert fields[61] == "0000010000080601"
    assert 38 not in qr_refund(IDENTITY, known, HostProfile(refund_auth_code="never")).fields


@pytest.mark.parametrize("text", ["", "x" * 596, "码", "a\x1bb"])
def test_a_code_or_voucher_that_field_59_can_not_hold_is_refused(text: str) -> None:
    with pytest.raises(MessageError, match="field 59"):
        qr_sale(IDENTITY, replace(QR_SALE, code=text), PROFILE)
    with pytest.raises(MessageError, match="field 59"):
        qr_refund(IDENTITY, replace(QR_REFUND, voucher=text), PROFILE)


def test_the_longest_code_fits() -> None:
    message = qr_sale(IDENTITY, replace(QR_SALE, code="x" * 595), PROFILE)
    assert decode(encode(message)).raw(59) == b"A3595" + b"x" * 595


@pytest.mark.parametrize("request_", [SALE, VOID, QR_SALE, QR_REFUND])
def test_a_request_does_not_show_what_can_pay(request_: Any) -> None:
    for secret in (PAN, "3012", PIN_BLOCK.hex(), QR_SALE.code, QR_REFUND.voucher):
        assert secret not in repr(request_)


def test_the_golden_answer_approves_the_golden_sale(packets: dict[str, Any]) -> None:
    asked, reply = sale(IDENTITY, SALE, PROFILE), decode(packets["C4"].body)
    assert is_ours(asked, reply)
    answer = check(asked, reply, PROFILE, mac=MacCheck.VERIFIED, operation=Operation.SALE)
    assert (answer.kind, answer.approved_minor) == ("approved", 10000)
    assert (answer.rrn, answer.auth_code) == ("060110153002", "A12345")
    assert answer.reversal_reason is None


def qr_answer(**more: Any) -> Message:
    asked = qr_sale(IDENTITY, QR_SALE, PROFILE).fields
    kept = {n: asked[n] for n in (3, 4, 11, 41, 42, 49, 60)}
    extra = {int(name[1:]): value for name, value in more.items()}
    return Message("0210", {**kept, 39: "00", 64: b"12345678", **extra})


def test_a_qr_answer_brings_the_voucher_and_never_shows_it() -> None:
    asked = qr_sale(IDENTITY, QR_SALE, PROFILE)
    reply = qr_answer(f59=b"A2003abcA4004V042")
    answer = check(asked, reply, PROFILE, mac=MacCheck.VERIFIED, operation=Operation.SALE)
    assert (answer.kind, answer.voucher) == ("approved", "V042")
    assert "V042" not in repr(answer)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"1002156C000000012345", 12345),
        (b"1001156C000000000001" + b"1002156D000000000005", -5),
        (b"1002840C000000012345", None),
        (b"1001156C000000012345", None),
        (b"junk", None),
    ],
)
def test_the_balance_is_the_available_amount_in_the_currency_asked(
    raw: bytes, expected: int | None
) -> None:
    asked = qr_sale(IDENTITY, QR_SALE, PROFILE)
    answer = check(
        asked, qr_answer(f54=raw), PROFILE, mac=MacCheck.VERIFIED, operation=Operation.SALE
    )
    assert answer.balance_minor == expected

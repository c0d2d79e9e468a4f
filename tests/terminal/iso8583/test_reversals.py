"""Reversals: what is sent of the original (3.6)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError, decode, encode
from terminal.iso8583.matching import Operation
from terminal.iso8583.messages import (
    CardData,
    ReversalRequest,
    TerminalIdentity,
    reversal,
    sign,
    unsigned,
)

MAC_KEY = bytes.fromhex("0E1F2C3D4A5B6879")
IDENTITY = TerminalIdentity("12345678", "898310058120001")
PROFILE = HostProfile()
PAN = "6212345678901232"
SALE = ReversalRequest(
    operation=Operation.SALE, amount_minor=10000, stan="000002", batch="000001",
    card=CardData(
        entry_mode="021", pan=PAN, expiry="3012", track2=f"{PAN}=30122010000000000001",
        pin_block=bytes(8),
    ),
    reason="98", date="0601",
)  # fmt: skip
VOID = replace(
    SALE, operation=Operation.VOID, stan="000003", auth_code="A12345", original_batch="000001",
    original_stan="000002", card=CardData(entry_mode="012", pan=PAN, expiry="3012"),
)  # fmt: skip
REFUND = replace(
    SALE, operation=Operation.REFUND, stan="000004", batch="000002", original_date="0601",
    original_batch="000001", original_stan="000002",
)  # fmt: skip


def test_a_reversal_is_the_golden_packet(
    packets: dict[str, Any], unionpay_mac: Callable[[bytes, bytes], bytes]
) -> None:
    raw = unsigned(reversal(IDENTITY, SALE, PROFILE))
    assert sign(raw, unionpay_mac(MAC_KEY, raw)) == packets["C5"].body


@pytest.mark.parametrize("request_", [SALE, VOID, REFUND])
def test_a_reversal_drops_stripe_pin_and_reference(request_: ReversalRequest) -> None:
    fields = reversal(IDENTITY, request_, PROFILE).fields
    assert not {26, 35, 36, 37, 52, 53} & set(fields)
    assert (fields[2], fields[14], fields[39]) == (PAN, "3012", "98")
    assert fields[22] == request_.card.entry_mode


def test_a_reversal_names_the_authorisation_code_when_known() -> None:
    assert reversal(IDENTITY, VOID, PROFILE).fields[38] == "A12345"
    assert 38 not in reversal(IDENTITY, SALE, PROFILE).fields


@pytest.mark.parametrize("code", ["12345", " 12345", "12345 "])
def test_an_authorisation_code_is_six_characters_with_blanks_on_its_right(code: str) -> None:
    message = reversal(IDENTITY, replace(SALE, auth_code=code), PROFILE)
    assert decode(encode(message)).text(38) == f"{code:6}"


@pytest.mark.parametrize(
    ("request_", "code", "f60"),
    [
        (SALE, "000000", "22000001000500"),
        (VOID, "200000", "23000001000500"),
        (REFUND, "200000", "25000002000500"),
    ],
)
def test_a_reversal_has_the_codes_number_and_batch_of_its_original(
    request_: ReversalRequest, code: str, f60: str
) -> None:
    message = reversal(IDENTITY, request_, PROFILE)
    assert message.mti == "0400"
    assert (message.fields[3], message.fields[60]) == (code, f60)
    assert message.fields[11] == request_.stan
    fallback = replace(request_, card=replace(request_.card, is_fallback=True))
    assert reversal(IDENTITY, fallback, PROFILE).text(60)[12] == "2"


@pytest.mark.parametrize(
    ("request_", "profile", "f61"),
    [
        (SALE, HostProfile(), ""),
        (SALE, HostProfile(sale_reversal_original="batch_trace_date"), "0000010000020601"),
        (VOID, HostProfile(), "000001000003"),
        (VOID, HostProfile(void_reversal_original="original"), "000001000002"),
        (REFUND, HostProfile(), "0000020000040601"),
        (REFUND, HostProfile(void_reversal_original="original"), "0000000000000601"),
        (
            REFUND,
            HostProfile(void_reversal_original="original", refund_original="batch_trace_date"),
            "0000010000020601",
        ),
    ],
)
def test_field_61_of_a_reversal_follows_the_profile(
    request_: ReversalRequest, profile: HostProfile, f61: str
) -> None:
    assert reversal(IDENTITY, request_, profile).text(61) == f61


def test_the_reversal_of_a_qr_payment_has_its_code_and_no_card() -> None:
    request = replace(SALE, card=CardData(entry_mode="032"), qr_code="6201234567890123456")
    message = reversal(IDENTITY, request, PROFILE)
    assert (message.fields[22], message.fields[59]) == ("032", b"A30196201234567890123456")
    assert not {2, 14} & set(message.fields)
    assert decode(encode(message)).fields == message.fields
    assert "6201234567890123456" not in repr(request)


def test_the_reversal_of_a_qr_refund_has_its_voucher() -> None:
    request = replace(REFUND, card=CardData(entry_mode="032"), voucher="V042")
    assert reversal(IDENTITY, request, PROFILE).fields[59] == b"A4004V042"
    assert "V042" not in repr(request)


@pytest.mark.parametrize(
    ("request_", "profile", "place"),
    [
        (replace(SALE, card=CardData(entry_mode="021")), HostProfile(), "field 2"),
        (replace(SALE, reason=""), HostProfile(), "field 39"),
        (replace(SALE, amount_minor=0), HostProfile(), "field 4"),
        (replace(SALE, stan=""), HostProfile(), "field 11"),
        (
            replace(SALE, date="601"),
            HostProfile(sale_reversal_original="batch_trace_date"),
            "field 61",
        ),
        (
            replace(VOID, original_stan=None),
            HostProfile(void_reversal_original="original"),
            "field 61",
        ),
        (replace(REFUND, original_date=""), HostProfile(), "field 61"),
    ],
)
def test_a_reversal_that_can_not_be_sent_is_refused_by_name(
    request_: ReversalRequest, profile: HostProfile, place: str
) -> None:
    with pytest.raises(MessageError) as caught:
        encode(reversal(IDENTITY, request_, profile))
    assert caught.value.place == place


@pytest.mark.parametrize("number", [26, 35, 36, 37, 52, 53])
def test_the_codec_itself_keeps_stripe_and_pin_out_of_a_reversal(number: int) -> None:
    values: dict[int, str | bytes] = {
        26: "12", 35: PAN + "D30122010000000000001", 36: PAN, 37: "060110153002", 52: bytes(8),
        53: "2600000000000000",
    }  # fmt: skip
    with pytest.raises(MessageError, match=f"field {number}: not for message 0400"):
        encode(Message("0400", {number: values[number]}))

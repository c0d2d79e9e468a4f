"""The builders against the golden packets, and the reading of a sign-in answer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError, decode, encode
from terminal.iso8583.messages import (
    RefundRequest,
    TerminalIdentity,
    device_info,
    echo,
    refund,
    sign,
    sign_in,
    sign_in_answer,
    sign_off,
    unsigned,
)

MAC_KEY = bytes.fromhex("0E1F2C3D4A5B6879")
# The golden packet counts 16 characters where 15 follow: F62 is sent as the acquirer wants it.
IDENTITY = TerminalIdentity("12345678", "898310058120001", "Sequence No163136SIM00000001")
PROFILE = HostProfile(sign_in_kind="004")
SWIPED = RefundRequest(
    amount_minor=5000,
    stan="000004",
    batch="000002",
    entry_mode="022",
    original_rrn="060110153002",
    original_date="0601",
    pan="6212345678901232",
    expiry="3012",
    track2="6212345678901232=30122010000000000001",
)
TYPED = replace(SWIPED, entry_mode="012", track2=None)


def test_sign_in_is_the_golden_packet(packets: dict[str, Any]) -> None:
    assert encode(sign_in(IDENTITY, "000001", "000000", PROFILE)) == packets["C1"].body


def test_echo_is_the_golden_packet(packets: dict[str, Any]) -> None:
    assert encode(echo(IDENTITY, "000002")) == packets["C13"].body


def test_sign_off_is_the_golden_packet(packets: dict[str, Any]) -> None:
    assert encode(sign_off(IDENTITY, "000007", "000002")) == packets["C14"].body


def test_refund_and_its_mac_are_the_golden_packet(
    packets: dict[str, Any], unionpay_mac: Callable[[bytes, bytes], bytes]
) -> None:
    raw = unsigned(refund(IDENTITY, SWIPED, PROFILE))
    assert sign(raw, unionpay_mac(MAC_KEY, raw)) == packets["C9"].body


def test_golden_macs_are_over_what_unsigned_gives(
    packets: dict[str, Any], unionpay_mac: Callable[[bytes, bytes], bytes]
) -> None:
    for name in ("C3", "C4", "C5", "C6", "C7", "C9"):
        message = decode(packets[name].body)
        assert unionpay_mac(MAC_KEY, unsigned(message)) == message.raw(64), name


def test_device_info_counts_licence_and_serial(packets: dict[str, Any]) -> None:
    assert device_info("3135", "320-017-687").encode() == decode(packets["A5"].body).raw(62)


def test_sign_in_without_serial_has_no_field_62() -> None:
    for identity, profile in (
        (replace(IDENTITY, device_info=""), PROFILE),
        (IDENTITY, HostProfile(sign_in_serial=False)),
    ):
        assert 62 not in sign_in(identity, "000001", "000000", profile).fields


def test_a_swiped_refund_sends_the_stripe_and_no_number_or_expiry() -> None:
    fields = refund(IDENTITY, SWIPED, PROFILE).fields
    assert fields[35] == "6212345678901232D30122010000000000001"
    assert fields[53] == "0600000000000000"
    assert not {2, 14, 26, 52} & set(fields)


def test_a_typed_refund_sends_number_and_expiry_and_no_security_field() -> None:
    fields = refund(IDENTITY, TYPED, PROFILE).fields
    assert (fields[2], fields[14], fields[22]) == ("6212345678901232", "3012", "012")
    assert not {26, 35, 52, 53} & set(fields)
    assert 14 not in refund(IDENTITY, replace(TYPED, expiry=None), PROFILE).fields


def test_a_chip_refund_sends_number_sequence_and_stripe() -> None:
    request = replace(SWIPED, entry_mode="052", card_sequence="001")
    fields = refund(IDENTITY, request, PROFILE).fields
    assert {2, 14, 23, 35, 53} <= set(fields)


def test_a_pin_brings_its_three_fields() -> None:
    request = replace(SWIPED, entry_mode="021", pin_block=bytes(8))
    fields = refund(IDENTITY, request, PROFILE).fields
    assert (fields[26], fields[52], fields[53]) == ("12", bytes(8), "2600000000000000")
    single = refund(IDENTITY, request, HostProfile(sign_in_kind="001")).fields
    assert single[53] == "2000000000000000"


def test_the_authorisation_code_is_sent_when_known_and_wanted() -> None:
    request = replace(SWIPED, original_auth_code="A12345")
    assert refund(IDENTITY, request, PROFILE).fields[38] == "A12345"
    assert 38 not in refund(IDENTITY, request, HostProfile(refund_auth_code="never")).fields


def test_the_original_is_named_as_the_profile_says() -> None:
    request = replace(SWIPED, original_batch="000001", original_stan="000002")
    assert refund(IDENTITY, request, PROFILE).fields[61] == "0000000000000601"
    full = HostProfile(refund_original="batch_trace_date")
    assert refund(IDENTITY, request, full).fields[61] == "0000010000020601"
    assert refund(IDENTITY, SWIPED, full).fields[61] == "0000000000000601"


@pytest.mark.parametrize(
    ("profile", "is_fallback", "expected"),
    [
        (HostProfile(), False, "25000002000500"),
        (HostProfile(), True, "25000002000520"),
        (HostProfile(partial_approval=True), False, "25000002000501"),
        (HostProfile(financial_f60_digits=13), False, "2500000200050"),
        (HostProfile(terminal_capability="6"), False, "25000002000600"),
    ],
)
def test_field_60_follows_the_profile(
    profile: HostProfile, is_fallback: bool, expected: str
) -> None:
    request = replace(SWIPED, is_fallback=is_fallback)
    assert refund(IDENTITY, request, profile).fields[60] == expected


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"amount_minor": 0}, "field 4"),
        ({"amount_minor": -1}, "field 4"),
        ({"amount_minor": 10**12}, "field 4"),
        ({"stan": "000000"}, "field 11"),
        ({"stan": "4"}, "field 11"),
        ({"batch": "２２２２２２"}, "field 60"),
        ({"original_date": "601"}, "field 61"),
        ({"original_rrn": "06011015300"}, "field 37"),
        ({"entry_mode": "021"}, "field 22"),
        ({"entry_mode": "022", "pin_block": bytes(8)}, "field 22"),
        ({"track2": None}, "field 22"),
        ({"entry_mode": "012", "pan": None}, "field 22"),
        ({"entry_mode": "992"}, "field 22"),
    ],
)
def test_a_refund_that_can_not_be_sent_is_refused_by_name(
    change: dict[str, Any], place: str
) -> None:
    with pytest.raises(MessageError) as caught:
        encode(refund(IDENTITY, replace(SWIPED, **change), PROFILE))
    assert caught.value.place == place


def test_the_largest_amount_fits() -> None:
    request = replace(SWIPED, amount_minor=10**12 - 1)
    assert decode(encode(refund(IDENTITY, request, PROFILE))).text(4) == "9" * 12


def test_a_refund_request_does_not_show_the_card() -> None:
    assert "6212345678901232" not in repr(SWIPED)
    assert "3012" not in repr(SWIPED)


@pytest.mark.parametrize("mac", [b"", b"1234567", b"123456789"])
def test_a_mac_of_another_length_is_refused(mac: bytes) -> None:
    with pytest.raises(MessageError, match="field 64"):
        sign(b"", mac)


def test_a_sign_in_answer_gives_keys_batch_and_time(packets: dict[str, Any]) -> None:
    answer = sign_in_answer(decode(packets["C2"].body))
    assert (answer.response_code, answer.batch) == ("00", "000001")
    assert (answer.host_time, answer.host_date) == ("101509", "0601")
    assert answer.keys is not None
    assert answer.keys.scheme == 4
    assert answer.keys.raw.hex().upper().startswith("4B3BA18A6291BA20")


@pytest.mark.parametrize(("length", "scheme"), [(24, 1), (40, 3), (60, 4)])
def test_the_scheme_of_the_keys_is_told_by_their_length(length: int, scheme: int) -> None:
    keys = sign_in_answer(Message("0810", {39: "00", 62: bytes(length)})).keys
    assert keys is not None
    assert keys.scheme == scheme


@pytest.mark.parametrize("length", [0, 23, 56, 84])
def test_keys_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(MessageError, match="field 62"):
        sign_in_answer(Message("0810", {39: "00", 62: bytes(length)}))


def test_a_refused_sign_in_loads_no_keys() -> None:
    assert sign_in_answer(Message("0810", {39: "97", 62: bytes(40)})).keys is None


def test_a_sign_in_answer_without_response_code_is_refused() -> None:
    with pytest.raises(MessageError, match="field 39"):
        sign_in_answer(Message("0810", {62: bytes(40)}))


def test_a_short_batch_in_a_sign_in_answer_is_none() -> None:
    assert sign_in_answer(Message("0810", {39: "97", 60: "00000"})).batch == ""


def test_device_information_outside_ascii_is_refused() -> None:
    with pytest.raises(MessageError, match="field 62"):
        sign_in(replace(IDENTITY, device_info="序列号"), "000001", "000000", PROFILE)

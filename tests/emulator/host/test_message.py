"""The host's codec against the shared packets, and against bytes that are no message."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.host.fields import FIELDS
from emulator.host.masking import masked_pan, readable, redacted
from emulator.host.message import Message, MessageError, decode, encode
from tests.emulator.host.till import VECTORS, packet

PAN = "6212345678901232"
PACKETS = json.loads((VECTORS / "unionpay_messages.json").read_text())
WHOLE = [p for p in PACKETS if not p["name"].startswith("A12")]


@pytest.mark.parametrize("vector", WHOLE, ids=lambda v: v["name"].split()[0])
def test_shared_packets_come_back_byte_for_byte(vector: dict[str, object]) -> None:
    framing = vector["framing"]
    assert isinstance(framing, dict)
    skip = sum(len(framing.get(part, "")) // 2 for part in ("LEN", "TPDU", "HDR"))
    raw = bytes.fromhex(str(vector["hex"]))[skip:]
    assert encode(decode(raw)) == raw


def test_refund_packet_is_read_as_the_samples_say() -> None:
    message = decode(packet("C9")[13:])
    assert message.mti == "0220"
    assert message.text(4) == "000000005000"
    assert message.text(22) == "022"
    assert message.text(35) == "6212345678901232D30122010000000000001"
    assert message.text(60) == "25000002000500"
    assert message.raw(64) == b"546D9929"


def test_odd_numbers_are_padded_on_the_side_of_their_field() -> None:
    raw = encode(Message("0200", {22: "021", 23: "001"}))
    assert raw[10:].hex() == "02100001"
    assert decode(raw).fields == {22: "021", 23: "001"}


def test_a_pad_of_f_is_accepted_in_an_odd_number() -> None:
    raw = encode(Message("0200", {2: "6222021234567890128"}))
    assert decode(raw[:-1] + b"\x8f").text(2) == "6222021234567890128"


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"\x02\x20", "shorter than MTI"),
        (b"\xab\xcd" + bytes(8), "MTI is not four digits"),
        (b"\x02\x20" + (1 << 57).to_bytes(8, "big"), "field 7 is not used"),
        (b"\x02\x20" + (1 << 63).to_bytes(8, "big"), "field 1 is not used"),
        (b"\x02\x20" + (1 << 62).to_bytes(8, "big") + b"\x99", "field 2 is longer than 19"),
        (b"\x02\x20" + (1 << 62).to_bytes(8, "big") + b"\x1a", "field 2 has no readable length"),
        (b"\x02\x20" + (1 << 60).to_bytes(8, "big") + b"\x00", "field 4 is cut short"),
        (b"\x02\x20" + (1 << 60).to_bytes(8, "big") + b"\xff" * 6, "field 4 holds characters"),
        (b"\x02\x20" + (1 << 42).to_bytes(8, "big") + b"\x02\x15", "field 22 has a wrong pad"),
        (b"\x02\x20" + (1 << 25).to_bytes(8, "big") + b"\xff\xff", "field 39 is not readable"),
        (b"\x02\x20" + bytes(9), "bytes after the last field"),
    ],
)
def test_wrong_bytes_are_named_by_place(raw: bytes, what: str) -> None:
    with pytest.raises(MessageError, match=what):
        decode(raw)


@pytest.mark.parametrize(
    "fields", [{4: "5000"}, {7: "1"}, {62: "text"}, {39: "成功"}, {3: "20000x"}, {2: "1" * 20}]
)
def test_values_that_do_not_fit_are_refused(fields: dict[int, str | bytes]) -> None:
    with pytest.raises(MessageError):
        encode(Message("0230", fields))


@given(st.binary(max_size=200))
def test_random_bytes_give_a_message_or_a_message_error(raw: bytes) -> None:
    try:
        message = decode(raw)
    except MessageError:
        return
    assert set(message.fields) <= set(FIELDS)


@given(st.data())
def test_mutated_packets_give_a_message_or_a_message_error(data: st.DataObject) -> None:
    raw = bytearray(packet("C9")[13:])
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    said = ""
    try:
        decode(bytes(raw[:cut]))
    except MessageError as error:
        said = str(error)
    assert PAN not in said


def test_card_data_is_in_no_repr_and_no_redacted_message() -> None:
    message = decode(packet("C4")[13:])
    assert PAN not in repr(message)
    assert PAN.encode() not in encode(redacted(message))
    assert bytes.fromhex(PAN) not in encode(redacted(message))
    shown = " ".join(text for _, _, text in readable(message))
    assert PAN not in shown
    assert "621234******1232" in shown


def test_short_numbers_are_masked_whole() -> None:
    assert masked_pan("123456789012") == "************"
    assert masked_pan(PAN) == "621234******1232"

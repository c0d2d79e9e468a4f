"""Bytes to messages and back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from terminal.iso8583.codec import Message, MessageError, decode, dissect, encode, mac_input
from terminal.iso8583.dialect import library_spec
from terminal.iso8583.elements import Kind
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

CRYPTO = Path(__file__).resolve().parents[2] / "vectors" / "crypto.json"
HEAD = {41: "12345678", 42: "898310058120001", 60: "00000000001"}


def test_every_packet_survives_a_round_trip_byte_for_byte(any_packet: Any) -> None:
    assert encode(decode(any_packet.body)) == any_packet.body


def test_every_field_of_every_packet_is_cut_where_the_vectors_say(any_packet: Any) -> None:
    _, wire = dissect(any_packet.body)
    assert set(wire) == set(any_packet.fields)
    for number, text in any_packet.fields.items():
        found = wire[number].hex().upper()
        assert found.startswith(text[:-1]) if text.endswith("…") else found == text


def test_mac_input_of_the_published_example_gives_the_published_mac(
    packets: dict[str, Any], unionpay_mac: Callable[[bytes, bytes], bytes]
) -> None:
    body = packets["A12"].body
    key = bytes.fromhex("55036372B17543ECB173730768B8D6C4")
    assert unionpay_mac(key, mac_input(body)) == b"5FE058DB" == body[-8:]


def test_the_macs_of_the_vector_file_are_what_our_tests_compute(
    unionpay_mac: Callable[[bytes, bytes], bytes],
) -> None:
    entries = [e for e in json.loads(CRYPTO.read_text("utf-8")) if e["kind"] == "mac-unionpay-ecb"]
    assert entries
    for entry in entries:
        key, data = (bytes.fromhex(entry["inputs"][name]) for name in ("mak", "mab"))
        assert unionpay_mac(key, data).decode() == entry["expected"]["mac_ascii"]


def test_a_message_without_a_mac_has_no_mac_input(packets: dict[str, Any]) -> None:
    with pytest.raises(MessageError, match="field 64"):
        mac_input(packets["C1"].body)


def test_every_number_from_2_to_64_is_defined() -> None:
    assert [element.number for element in UNIONPAY_POS.elements] == list(range(2, 65))
    assert set(library_spec(UNIONPAY_POS)) == {"h", "t", "p", "1", *map(str, range(2, 65))}


def test_odd_digit_fields_say_on_which_side_they_are_padded() -> None:
    for element in UNIONPAY_POS.elements:
        may_be_odd = element.kind in {Kind.N, Kind.Z} and (element.prefix or element.length % 2)
        assert bool(may_be_odd) == bool(element.pad), element.number


def test_entry_mode_is_padded_right_and_card_sequence_left() -> None:
    raw = encode(Message("0200", {22: "021", 23: "001"}))
    assert raw[10:].hex() == "02100001"
    assert decode(raw).fields == {22: "021", 23: "001"}


@pytest.mark.parametrize("pad", ["0", "F", "f"])
def test_either_pad_nibble_of_a_host_is_accepted(pad: str) -> None:
    pan = "6212345678901232"[:15]
    raw = bytes.fromhex("0210" + "4000000000000000" + "15" + pan + pad)
    assert decode(raw).text(2) == pan


def test_two_fields_may_have_different_pads() -> None:
    raw = bytes.fromhex("0210" + "4000000000000010" + "15621234567890123F" + "0011220000010000")
    assert decode(raw).fields == {2: "621234567890123", 60: "22000001000"}


def test_another_pad_nibble_is_refused() -> None:
    with pytest.raises(MessageError, match="field 2"):
        decode(bytes.fromhex("0210" + "4000000000000000" + "156212345678901237"))


def test_chinese_remarks_cut_in_mid_character_do_not_spoil_the_message() -> None:
    raw = encode(Message("0210", {63: b"CUP" + "退货".encode("gb18030")[:3]}))
    assert decode(raw).raw(63) == b"CUP\xcd\xcb\xbb"


@pytest.mark.parametrize(
    ("mti", "fields", "place"),
    [
        ("02", {}, "MTI"),
        ("ABCD", {}, "MTI"),
        ("9200", {}, "MTI"),
        ("0200", {4: "12"}, "field 4"),
        ("0200", {4: "-00000000001"}, "field 4"),
        ("0200", {4: "00000000000F"}, "field 4"),
        ("0200", {4: 100}, "field 4"),
        ("0200", {4: b"000000000100"}, "field 4"),
        ("0200", {64: "12345678"}, "field 64"),
        ("0200", {64: b"1234567"}, "field 64"),
        ("0200", {35: "6212=3012"}, "field 35"),
        ("0200", {35: "1" * 38}, "field 35"),
        ("0200", {41: "1234\n678"}, "field 41"),
        ("0200", {42: "商户000000000000"}, "field 42"),
        ("0200", {65: "1"}, "field 65"),
        ("0200", {1: "1"}, "field 1"),
        ("0800", {4: "000000000100"}, "field 4"),
        ("0999", HEAD, "field 41"),
    ],
)
def test_what_the_dialect_does_not_allow_is_refused_by_name(
    mti: str, fields: dict[int, Any], place: str
) -> None:
    with pytest.raises(MessageError) as caught:
        encode(Message(mti, fields))
    assert caught.value.place == place


def test_a_message_does_not_change_with_the_mapping_it_was_made_of() -> None:
    fields: dict[int, str | bytes] = {3: "000000"}
    message = Message("0200", fields)
    fields[3] = "200000"
    assert message.text(3) == "000000"


def test_absent_fields_read_as_empty() -> None:
    message = Message("0200", {})
    assert message.text(39) == ""
    assert message.raw(64) == b""

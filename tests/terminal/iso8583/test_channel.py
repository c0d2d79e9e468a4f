"""TPDU and header around the message."""

from typing import Any

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.channel import (
    Tpdu,
    application_class,
    channel_config,
    parse_header,
    unwrap,
    wrap,
)
from terminal.iso8583.codec import MessageError

CONFIG = channel_config("6000030000", "603100310001")
BODY = bytes.fromhex("08200000000000C00010")


def test_a_wrapped_golden_message_is_the_golden_packet(packets: dict[str, Any]) -> None:
    packet = packets["C9"]
    raw = wrap(packet.body, CONFIG)
    assert len(raw).to_bytes(2, "big") + raw == packet.channel + packet.body


def test_every_packet_with_a_channel_is_split_and_joined_again(any_packet: Any) -> None:
    head = any_packet.channel[-11:]
    if not head:
        assert any_packet.name == "A12"
        return
    tpdu, header, body = unwrap(head + any_packet.body)
    assert tpdu.raw + header.raw + body == head + any_packet.body


def test_an_answer_with_echoed_addresses_is_taken() -> None:
    tpdu, _, body = unwrap(wrap(BODY, CONFIG))
    assert (tpdu, body) == (Tpdu("0003", "0000"), BODY)


@pytest.mark.parametrize("digit", "0123456789bc")
def test_the_processing_request_is_the_sixth_digit(digit: str) -> None:
    header = parse_header(bytes.fromhex(f"60310{digit}310001"))
    assert header.processing_request == digit
    assert header.raw.hex() == f"60310{digit}310001"


@pytest.mark.parametrize(
    ("entry_mode", "expected"),
    [("022", "60"), ("012", "60"), ("052", "61"), ("071", "61"), ("032", "60"), (None, "62")],
)
def test_the_class_follows_the_entry_mode(entry_mode: str | None, expected: str) -> None:
    assert application_class(entry_mode, HostProfile(), "62") == expected


def test_a_profile_may_fix_the_class() -> None:
    assert application_class("022", HostProfile(application_class="61"), "60") == "61"
    assert wrap(BODY, CONFIG, "61")[5:7] == b"\x61\x31"


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", "TPDU"),
        (b"\x60\x00", "TPDU"),
        (bytes.fromhex("6000030000"), "header"),
        (bytes.fromhex("6100030000603100310001") + BODY, "TPDU"),
        (bytes.fromhex("60000A0000603100310001") + BODY, "TPDU"),
        (bytes.fromhex("60000300006031003100FF") + BODY, "header"),
        (bytes.fromhex("60000300006031F0310001") + BODY, "header"),
    ],
)
def test_a_bad_channel_part_is_named(raw: bytes, place: str) -> None:
    with pytest.raises(MessageError) as caught:
        unwrap(raw)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("tpdu", "header"),
    [
        ("600003000", "603100310001"),
        ("6000030000", "60310031000"),
        ("6000030000", "60310031000b"),
        ("6100030000", "603100310001"),
        ("６000030000", "603100310001"),
    ],
)
def test_configured_digits_are_checked(tpdu: str, header: str) -> None:
    with pytest.raises(MessageError):
        channel_config(tpdu, header)

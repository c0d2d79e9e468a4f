"""Bytes from a host that is broken or hostile: one typed error, and no card data in it."""

import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.iso8583.channel import unwrap
from terminal.iso8583.codec import Message, MessageError, decode, encode, mac_input
from terminal.iso8583.describe import describe
from terminal.iso8583.framing import (
    LONGEST_PAYLOAD,
    Bad,
    Found,
    Frame,
    SerialFraming,
    TcpFraming,
)

PAN = "6212345678901232"
ANSWER = encode(
    Message(
        "0230",
        {
            2: PAN, 3: "200000", 4: "000000005000", 11: "000004", 12: "101530", 13: "0602",
            35: PAN + "D30122010000000000001", 37: "060211153009", 39: "00", 41: "12345678",
            42: "898310058120001", 44: b"01020000   48021000   ", 49: "156",
            60: "25000002000500", 63: b"CUP" + "中国银联".encode("gb18030"), 64: b"54649929",
        },
    )
)  # fmt: skip
CHANNEL = bytes.fromhex("6000000003603100310001")


def bitmap_of(*numbers: int) -> str:
    return f"{sum(1 << (64 - number) for number in numbers):016X}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "bitmap"),
        ("023020", "bitmap"),
        ("0230" + "00" * 7, "bitmap"),
        ("0230" + "8000000000000000" + "00" * 8, "bitmap"),
        ("ABCD" + "00" * 8, "MTI"),
        ("F0F2F3F0" + "00" * 8, "MTI"),
        ("0230" + bitmap_of(39), "field 39"),
        ("0230" + bitmap_of(39) + "30", "field 39"),
        ("0230" + bitmap_of(39) + "303030", "field 39"),
        ("0230" + bitmap_of(39) + "F0F0", "field 39"),
        ("0230" + bitmap_of(39) + "2D31", "field 39"),
        ("0230" + bitmap_of(2) + "99621234", "field 2"),
        ("0230" + bitmap_of(2) + "0A6212345678", "field 2"),
        ("0230" + bitmap_of(4) + "FFFFFFFFFFFF", "field 4"),
        ("0230" + bitmap_of(4) + "0000000D5000", "field 4"),
        ("0230" + bitmap_of(55) + "0999" + "00" * 999, "field 55"),
        ("0230" + bitmap_of(60) + "2D33", "field 60"),
        ("0230" + bitmap_of(64) + "00" * 7, "field 64"),
        ("0230" + bitmap_of(64) + "00" * 9, "field 64"),
    ],
)
def test_bad_messages_are_refused_with_the_place(text: str, place: str) -> None:
    with pytest.raises(MessageError) as caught:
        decode(bytes.fromhex(text))
    assert caught.value.place == place


def test_a_field_more_than_we_know_can_still_be_read() -> None:
    raw = bytes.fromhex("0230" + bitmap_of(24, 39) + "0003" + "3030")
    assert decode(raw).fields == {24: "003", 39: "00"}


def readers(raw: bytes) -> None:
    for read in (decode, mac_input, unwrap, describe):
        try:
            read(raw)
        except MessageError as error:
            assert_no_card(error)


def assert_no_card(error: MessageError) -> None:
    assert error.__context__ is None
    assert error.__cause__ is None
    text = "".join(traceback.format_exception(error, chain=True)) + repr(error) + str(error.args)
    assert PAN not in text
    assert PAN[6:12] not in text


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_else(raw: bytes) -> None:
    readers(raw)


@given(st.integers(0, 64), st.binary(max_size=200))
def test_random_bytes_behind_a_good_head_raise_nothing_else(bits: int, rest: bytes) -> None:
    readers(bytes.fromhex("0230" + bitmap_of(*range(64 - bits % 63, 65))) + rest)


@given(
    st.lists(
        st.tuples(st.integers(0, len(ANSWER) - 1), st.integers(0, 255)), min_size=1, max_size=4
    ),
    st.integers(0, len(ANSWER)),
)
def test_a_mutated_answer_raises_nothing_else(changes: list[tuple[int, int]], end: int) -> None:
    raw = bytearray(ANSWER)
    for index, value in changes:
        raw[index] = value
    readers(bytes(raw))
    readers(bytes(raw[:end]))
    readers(CHANNEL + bytes(raw))


def test_an_answer_cut_anywhere_is_refused() -> None:
    for end in range(len(ANSWER)):
        with pytest.raises(MessageError):
            decode(ANSWER[:end])


@pytest.mark.parametrize("extra", [b"\0", b"\0" * 65536])
def test_bytes_after_the_last_field_are_refused(extra: bytes) -> None:
    with pytest.raises(MessageError, match="Extra data"):
        decode(ANSWER + extra)


@given(st.integers(0, 2**64 - 1), st.binary(max_size=64))
def test_no_bit_of_the_bitmap_is_unknown(bits: int, rest: bytes) -> None:
    readers(b"\x02\x30" + bits.to_bytes(8, "big") + rest)


@given(st.data())
def test_what_decodes_encodes_to_what_decodes_alike(data: Any) -> None:
    raw = bytearray(ANSWER)
    raw[data.draw(st.integers(10, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        message = decode(bytes(raw))
    except MessageError:
        return
    again = decode(encode(message))
    assert again.mti == message.mti
    assert again.fields == message.fields


PIECES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([b"\x02", b"\x03", b"\x06", b"\x15", b"\x04", b"\x02\x00\x21", b"\x00\x21"]),
    st.sampled_from([SerialFraming.frame(ANSWER), TcpFraming.frame(ANSWER), ANSWER]),
)
NEXT = bytes(range(64))


@given(st.lists(PIECES, max_size=8))
def test_garbage_on_a_serial_line_does_not_hide_the_next_answer(pieces: list[bytes]) -> None:
    at_once, in_drops = SerialFraming(), SerialFraming()
    found = at_once.feed(b"".join(pieces))
    assert found == tuple(
        each for byte in b"".join(pieces) for each in in_drops.feed(bytes([byte]))
    )
    assert len([each for each in found if isinstance(each, Frame)]) <= pieces.count(
        SerialFraming.frame(ANSWER)
    ) + len(found_by_chance(found))
    at_once.expect()
    assert at_once.feed(SerialFraming.frame(NEXT)) == (Frame(NEXT),)


def found_by_chance(found: tuple[Found, ...]) -> list[Found]:
    return [each for each in found if isinstance(each, Frame) and each.payload != ANSWER]


@given(st.lists(PIECES, max_size=8))
def test_garbage_on_tcp_ends_the_connection_and_nothing_is_found_behind_it(
    pieces: list[bytes],
) -> None:
    framing = TcpFraming()
    found = [each for piece in pieces for each in framing.feed(piece)]
    bad = [place for place, each in enumerate(found) if isinstance(each, Bad)]
    assert bad in ([], [len(found) - 1])
    assert len(framing._buffer) < 2 + LONGEST_PAYLOAD
    again = TcpFraming()
    raw = b"".join(pieces)
    assert found == [each for byte in raw for each in again.feed(bytes([byte]))]


@given(st.binary(min_size=21, max_size=200), st.lists(st.integers(1, 50), max_size=10))
def test_a_frame_cut_anywhere_comes_out_whole(payload: bytes, cuts: list[int]) -> None:
    for framing in (TcpFraming(), SerialFraming()):
        raw, found = framing.frame(payload) * 2, list[Found]()
        for cut in cuts:
            found += framing.feed(raw[:cut])
            raw = raw[cut:]
        found += framing.feed(raw)
        assert found == [Frame(payload), Frame(payload)]

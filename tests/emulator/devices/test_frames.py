"""Frames as the emulated keypad and display read them (drivers/framing.md)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.frames import Frame, FrameReader, MalformedPayloadError, PayloadReader, framed, str8

EXAMPLE = bytes.fromhex("02 0003 01 0001 ADC1")


def test_frame_is_the_documents_example() -> None:
    assert framed(0x01, 1) == EXAMPLE


def test_frame_is_read_when_its_last_byte_comes() -> None:
    reader = FrameReader()
    for at in range(len(EXAMPLE) - 1):
        assert reader.feed(EXAMPLE[at : at + 1], 0.0) == ()
    assert reader.feed(EXAMPLE[-1:], 0.0) == (Frame(1, 1),)
    assert reader.skipped_bytes == 0


def test_two_frames_in_one_read_come_in_order() -> None:
    frames = FrameReader().feed(framed(3, 5, b"ab") + framed(4, 6), 0.0)
    assert frames == (Frame(3, 5, b"ab"), Frame(4, 6))


@pytest.mark.parametrize(
    "noise", [b"\x00\xff", b"\x02", b"\x02\x00\x02", b"\x02\xff\xff", b"\x02\x02\x02"]
)
def test_frame_after_noise_is_found(noise: bytes) -> None:
    reader = FrameReader()
    frames = reader.feed(noise + EXAMPLE + bytes(5000), 0.0)
    assert frames == (Frame(1, 1),)
    assert reader.skipped_bytes >= len(noise)


def test_wrong_crc_is_skipped_and_the_next_frame_is_read() -> None:
    damaged = EXAMPLE[:-1] + b"\x00"
    assert FrameReader().feed(damaged + framed(9, 2), 0.0) == (Frame(9, 2),)


def test_a_frame_left_unfinished_is_dropped() -> None:
    reader = FrameReader()
    assert reader.feed(EXAMPLE[:-1], 0.0) == ()
    assert reader.feed(EXAMPLE, 0.6) == (Frame(1, 1),)
    assert reader.skipped_bytes == len(EXAMPLE) - 1


def test_a_frame_inside_one_that_was_left_unfinished_is_read() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x02\x00\x50\x07" + EXAMPLE, 0.0) == ()
    assert reader.feed(b"", 0.5) == (Frame(1, 1),)


def test_a_frame_that_is_slow_but_not_too_slow_is_read() -> None:
    reader = FrameReader()
    assert reader.feed(EXAMPLE[:4], 0.0) == ()
    assert reader.feed(EXAMPLE[4:], 0.4) == (Frame(1, 1),)


@given(st.lists(st.binary(max_size=40)))
def test_any_bytes_are_survived(parts: list[bytes]) -> None:
    reader = FrameReader()
    for at, part in enumerate(parts):
        reader.feed(part, at * 0.1)
    assert reader.feed(EXAMPLE, 1000.0)[-1:] == (Frame(1, 1),)


@given(st.binary(max_size=4096), st.integers(0, 255), st.integers(0, 65535))
def test_every_frame_is_read_back(payload: bytes, kind: int, number: int) -> None:
    assert FrameReader().feed(framed(kind, number, payload), 0.0) == (Frame(kind, number, payload),)


def test_payload_that_ends_early_or_late_is_an_error() -> None:
    with pytest.raises(MalformedPayloadError):
        PayloadReader(b"\x05abc").str8()
    with pytest.raises(MalformedPayloadError):
        PayloadReader(b"\x00").end()
    assert PayloadReader(str8(b"abc")).str8() == b"abc"


def test_a_frames_payload_is_not_in_its_text() -> None:
    assert "secret" not in repr(Frame(0x0E, 1, b"secret"))

"""Frames are found in whatever arrives, and nothing that arrives can break the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.framing import Frame, FrameReader, frame

EXAMPLE = bytes.fromhex("0200030100 01ADC1")
ONE = frame(0x40, 0, b"5")
TWO = frame(0x81, 7, bytes(range(60)))


def test_example_of_the_document() -> None:
    assert frame(0x01, 1) == EXAMPLE


def test_frame_comes_back_as_it_was() -> None:
    assert FrameReader().feed(TWO, 0.0) == (Frame(0x81, 7, bytes(range(60))),)


@pytest.mark.parametrize("cut", range(1, len(TWO)))
def test_frame_cut_at_any_byte_is_whole_at_the_end(cut: int) -> None:
    reader = FrameReader()
    assert reader.feed(TWO[:cut], 0.0) == ()
    assert reader.feed(TWO[cut:], 0.1) == (Frame(0x81, 7, bytes(range(60))),)
    assert reader.skipped == 0


def test_two_frames_in_one_read() -> None:
    found = FrameReader().feed(ONE + TWO, 0.0)
    assert [each.kind for each in found] == [0x40, 0x81]


def test_garbage_between_frames_is_skipped_and_counted() -> None:
    reader = FrameReader()
    found = reader.feed(b"\xff\x00" + ONE + b"noise" + TWO + b"!", 0.0)
    assert [each.kind for each in found] == [0x40, 0x81]
    assert reader.skipped == 8


def test_wrong_length_skips_only_the_stx() -> None:
    reader = FrameReader()
    assert len(reader.feed(b"\x02\x00\x01" + ONE, 0.0)) == 1
    assert len(reader.feed(b"\x02\xff\xff" + ONE, 0.0)) == 1
    assert reader.skipped == 6


@pytest.mark.parametrize("position", range(1, len(ONE)))
def test_one_wrong_byte_costs_one_frame_only(position: int) -> None:
    spoilt = bytearray(ONE)
    spoilt[position] ^= 0x81
    reader = FrameReader()
    reader.feed(bytes(spoilt), 0.0)
    late = reader.feed(b"", 0.5)
    assert late + reader.feed(TWO, 1.0) == (Frame(0x81, 7, bytes(range(60))),)


def test_frame_inside_a_false_head_is_found_when_the_head_is_too_old() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x02\x0f\xff" + ONE, 10.0) == ()
    assert reader.due_s == 10.5
    assert reader.feed(b"", 10.5) == (Frame(0x40, 0, b"5"),)
    assert reader.due_s == float("inf")


def test_many_false_heads_fall_together_once_the_line_is_quiet() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x02\x08" * 20 + ONE, 3.0) == ()
    assert reader.feed(b"", 3.5) == (Frame(0x40, 0, b"5"),)
    assert reader.skipped == 40


def test_unfinished_frame_is_dropped_before_newer_bytes_are_read() -> None:
    reader = FrameReader()
    reader.feed(TWO[:30], 0.0)
    assert reader.feed(ONE, 0.6) == (Frame(0x40, 0, b"5"),)


def test_longest_payload_passes() -> None:
    assert len(FrameReader().feed(frame(1, 1, bytes(4096)), 0.0)[0].payload) == 4096


def test_payload_is_not_in_the_repr() -> None:
    assert "payload" not in repr(Frame(5, 1, b"6212345678901232"))


@given(st.lists(st.binary(max_size=80) | st.just(b"\x02") | st.just(b"\x02\x00\x03")))
def test_any_bytes_are_counted_and_never_raise(chunks: list[bytes]) -> None:
    reader = FrameReader()
    now_s = 0.0
    for chunk in chunks:
        reader.feed(chunk, now_s)
        now_s += 0.1
    reader.feed(b"", now_s + 1.0)
    reader.feed(b"", now_s + 2.0)
    assert reader.due_s == float("inf")
    assert reader.skipped <= sum(len(chunk) for chunk in chunks)
    assert reader.feed(ONE, now_s + 3.0) == (Frame(0x40, 0, b"5"),)


@given(st.integers(0, 255), st.integers(0, 0xFFFF), st.binary(max_size=300), st.integers(0, 300))
def test_any_frame_survives_any_cut(kind: int, number: int, payload: bytes, cut: int) -> None:
    reader = FrameReader()
    raw = frame(kind, number, payload)
    found = reader.feed(raw[:cut], 0.0) + reader.feed(raw[cut:], 0.0)
    assert found == (Frame(kind, number, payload),)

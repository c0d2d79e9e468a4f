"""Frames on the TCP and on the serial line to the host."""

import pytest

from terminal.iso8583.framing import (
    LONGEST_PAYLOAD,
    Acknowledged,
    Bad,
    Frame,
    NotAcknowledged,
    SerialFraming,
    TcpFraming,
    lrc,
)

PAYLOAD = bytes.fromhex("600003000060310031000108200000000000C000103132333435363738")
# A payload in which every control byte of the serial line occurs.
TRICKY = PAYLOAD + bytes([2, 3, 6, 0x15, 4, 2, 0, 0x29])
ACK, NAK = b"\x06", b"\x15"


def test_tcp_length_counts_what_follows_it_most_significant_byte_first() -> None:
    assert TcpFraming.frame(PAYLOAD) == b"\x00\x1d" + PAYLOAD


def test_two_answers_in_one_read_come_out_in_order() -> None:
    raw = TcpFraming.frame(PAYLOAD) + TcpFraming.frame(TRICKY)
    assert TcpFraming().feed(raw) == (Frame(PAYLOAD), Frame(TRICKY))


def test_one_answer_in_single_bytes_comes_out_once() -> None:
    framing = TcpFraming()
    found = [item for byte in TcpFraming.frame(PAYLOAD) for item in framing.feed(bytes([byte]))]
    assert found == [Frame(PAYLOAD)]


def test_a_cut_frame_is_not_found() -> None:
    assert TcpFraming().feed(TcpFraming.frame(PAYLOAD)[:-1]) == ()


@pytest.mark.parametrize("length", [b"\x00\x00", b"\x00\x14", b"\x5a\x00"])
def test_an_impossible_length_ends_the_connection(length: bytes) -> None:
    framing = TcpFraming()
    found = framing.feed(length + PAYLOAD)
    assert [type(item) for item in found] == [Bad]
    assert framing.feed(TcpFraming.frame(PAYLOAD)) == ()


def test_a_length_in_the_wrong_byte_order_is_seen_at_once() -> None:
    (found,) = TcpFraming().feed(len(PAYLOAD).to_bytes(2, "little"))
    assert found == Bad("length", f"{len(PAYLOAD) * 256} bytes announced")


def test_a_good_frame_before_a_bad_length_is_kept() -> None:
    found = TcpFraming().feed(TcpFraming.frame(PAYLOAD) + b"\xff\xff")
    assert found[0] == Frame(PAYLOAD)
    assert isinstance(found[1], Bad)


def test_serial_frame_has_bcd_length_etx_and_lrc_over_all_after_stx() -> None:
    raw = SerialFraming.frame(PAYLOAD)
    assert raw[:3] == b"\x02\x00\x29"
    assert raw[3:-2] == PAYLOAD
    assert raw[-2] == 3
    assert raw[-1] == lrc(raw[1:-1])


def test_control_bytes_inside_a_payload_are_payload() -> None:
    raw = SerialFraming.frame(TRICKY)
    assert SerialFraming().feed(raw) == (Frame(TRICKY),)


def test_ack_and_nak_between_frames_are_found_in_order() -> None:
    raw = ACK + SerialFraming.frame(PAYLOAD) + NAK + NAK
    expected = (Acknowledged(), Frame(PAYLOAD), NotAcknowledged(), NotAcknowledged())
    assert SerialFraming().feed(raw) == expected


def test_a_late_ack_in_single_bytes_is_found() -> None:
    framing = SerialFraming()
    raw = ACK + SerialFraming.frame(TRICKY)
    found = [item for byte in raw for item in framing.feed(bytes([byte]))]
    assert found == [Acknowledged(), Frame(TRICKY)]


def test_a_bad_lrc_is_reported_each_time_and_the_repeat_is_taken() -> None:
    good = SerialFraming.frame(TRICKY)
    bad = good[:-1] + bytes([good[-1] ^ 1])
    framing = SerialFraming()
    assert framing.feed(bad) == (Bad("LRC", "wrong"),)
    assert framing.feed(bad) == (Bad("LRC", "wrong"),)
    assert framing.feed(ACK + good) == (Acknowledged(), Frame(TRICKY))


def test_a_wrong_length_does_not_turn_payload_into_ack_or_nak() -> None:
    raw = SerialFraming.frame(TRICKY)
    broken = raw[:1] + b"\x99\xff" + raw[3:]
    found = SerialFraming().feed(broken)
    assert [type(item) for item in found] == [Bad]


def test_the_repeat_after_a_wrong_length_is_taken() -> None:
    raw = SerialFraming.frame(PAYLOAD)
    framing = SerialFraming()
    found = framing.feed(raw[:1] + b"\x00\x01" + raw[3:]) + framing.feed(raw)
    assert found == (Bad("length", "not a possible number of bytes"), Frame(PAYLOAD))


def test_a_lost_etx_is_found_and_the_next_frame_taken() -> None:
    raw = SerialFraming.frame(PAYLOAD)
    found = SerialFraming().feed(raw[:-2] + raw[-1:] + raw + b"\x00")
    assert found[0] == Bad("ETX", "not where the length says")
    assert Frame(PAYLOAD) in found


def test_a_lost_stx_is_reported_once() -> None:
    found = SerialFraming().feed(SerialFraming.frame(PAYLOAD)[1:])
    assert found == (Bad("STX", "other bytes before it"),)


def test_expect_forgets_the_noise_before_our_frame() -> None:
    framing = SerialFraming()
    framing.feed(b"\xff\x02\x00")
    framing.expect()
    assert framing.feed(NAK) == (NotAcknowledged(),)


@pytest.mark.parametrize("raw", [b"\x02\x80\x00", b"\x02\x90", b"\xff", b"\x02", b"\x00\x16\x02"])
def test_a_flood_is_not_kept(raw: bytes) -> None:
    for framing in (TcpFraming(), SerialFraming()):
        for _ in range(65536 // len(raw) // 64):
            framing.feed(raw * 64)
        assert len(framing._buffer) <= LONGEST_PAYLOAD + 8 + 64 * len(raw)


def test_a_slow_drip_is_waited_for_without_a_find() -> None:
    framing = SerialFraming()
    raw = SerialFraming.frame(PAYLOAD)
    assert all(framing.feed(bytes([byte])) == () for byte in raw[:-1])

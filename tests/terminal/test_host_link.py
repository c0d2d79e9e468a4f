"""One exchange with the acquirer: certain before the write, then an answer of ours or silence."""

from __future__ import annotations

import math

import pytest

from terminal.domain.host_profile import HostProfile
from terminal.events import HostNotReached, HostReplied, HostSilent
from terminal.host_link import ACK, NAK, HostLinkDriver
from terminal.iso8583.channel import channel_config, wrap
from terminal.iso8583.codec import Message, encode
from terminal.iso8583.framing import SerialFraming, TcpFraming
from terminal.ports import Reaction

CONFIG = channel_config("6000030000", "603100310001")
FIELDS = {11: "000007", 41: "12345678", 42: "898310058120001", 60: "00000001003"}
REQUEST = encode(Message("0800", FIELDS))
PROFILE = HostProfile()


def answer(mti: str = "0810", **changes: str) -> bytes:
    """The payload of an answer; a change names a field as in `f11`."""
    fields = FIELDS | {39: "00"} | {int(k[1:]): v for k, v in changes.items()}
    return wrap(encode(Message(mti, fields)), CONFIG)


def asked(
    is_serial: bool = False, number: int = 5, profile: HostProfile = PROFILE
) -> tuple[HostLinkDriver, bytes]:
    """A driver that waits for its answer, and the frame it has written."""
    driver = HostLinkDriver(CONFIG, lambda: profile, is_serial)
    assert driver.exchange(number, REQUEST, None, 100.0) == Reaction(open=True)
    (frame,) = driver.opened(101.0).frames
    assert driver.written(101.5) == Reaction()
    return driver, frame


def serial() -> tuple[HostLinkDriver, bytes]:
    return asked(is_serial=True)


def bad_lrc(payload: bytes) -> bytes:
    frame = SerialFraming.frame(payload)
    return frame[:-1] + bytes([frame[-1] ^ 0xFF])


def check_replied(reaction: Reaction) -> None:
    (event,) = reaction.events
    assert isinstance(event, HostReplied)
    assert event.number == 5
    assert reaction.close


def check_silent(reaction: Reaction) -> None:
    (event,) = reaction.events
    assert isinstance(event, HostSilent)
    assert event.number == 5
    assert reaction.close


def test_idle_driver_wants_nothing() -> None:
    driver = HostLinkDriver(CONFIG, lambda: PROFILE, is_serial=False)
    assert driver.due_s == math.inf
    assert driver.receive(b"anything", 1.0) == Reaction()
    assert driver.lost("gone", write_called=True, now_s=1.0) == Reaction()
    assert driver.abandon(1.0) == Reaction()
    assert driver.opened(1.0) == Reaction(close=True)


def test_whole_frame_is_one_write() -> None:
    _, frame = asked()
    assert frame == TcpFraming.frame(wrap(REQUEST, CONFIG))


def test_answer_ends_the_exchange_and_the_connection() -> None:
    driver, _ = asked()
    check_replied(driver.receive(TcpFraming.frame(answer()), 102.0))
    assert driver.due_s == math.inf


def test_answer_cut_anywhere_is_one_answer() -> None:
    frame = TcpFraming.frame(answer())
    for place in range(1, len(frame)):
        driver, _ = asked()
        assert not driver.receive(frame[:place], 102.0).events
        check_replied(driver.receive(frame[place:], 103.0))


def test_second_answer_is_dropped() -> None:
    driver, _ = asked()
    frame = TcpFraming.frame(answer())
    check_replied(driver.receive(frame + frame, 102.0))
    assert driver.receive(frame, 103.0) == Reaction()


@pytest.mark.parametrize(
    ("mti", "changes"),
    [("0810", {"f11": "000008"}), ("0810", {"f41": "87654321"}), ("0830", {})],
)
def test_answer_of_somebody_else_is_counted_and_waited_past(
    mti: str, changes: dict[str, str]
) -> None:
    driver, _ = asked()
    assert not driver.receive(TcpFraming.frame(answer(mti, **changes)), 102.0).events
    assert driver.counters.not_ours == 1
    check_replied(driver.receive(TcpFraming.frame(answer()), 103.0))


def test_unreadable_message_is_counted_and_waited_past() -> None:
    driver, _ = asked()
    assert not driver.receive(TcpFraming.frame(bytes(32)), 102.0).events
    assert driver.counters.unreadable == 1
    check_replied(driver.receive(TcpFraming.frame(answer()), 103.0))


def test_length_that_no_frame_has_ends_a_tcp_exchange_as_silence() -> None:
    driver, _ = asked()
    check_silent(driver.receive(b"\xff\xff" + bytes(70_000), 102.0))


def test_connecting_has_its_time_and_is_certain() -> None:
    driver = HostLinkDriver(CONFIG, lambda: PROFILE, is_serial=False)
    driver.exchange(5, REQUEST, None, 100.0)
    assert driver.due_s == 110.0
    assert driver.tick(109.9) == Reaction()
    reaction = driver.tick(110.0)
    assert reaction.events == (HostNotReached(5, "connect time-out"),)
    assert reaction.close
    assert driver.opened(111.0) == Reaction(close=True)


def test_lost_before_the_write_is_certain_and_after_it_is_not() -> None:
    driver = HostLinkDriver(CONFIG, lambda: PROFILE, is_serial=False)
    driver.exchange(5, REQUEST, None, 100.0)
    assert driver.lost("refused", False, 100.5).events == (HostNotReached(5, "refused"),)
    driver, _ = asked()
    check_silent(driver.lost("closed", True, 102.0))


def test_lost_with_a_write_that_nobody_ordered_is_not_called_certain() -> None:
    driver = HostLinkDriver(CONFIG, lambda: PROFILE, is_serial=False)
    driver.exchange(5, REQUEST, None, 100.0)
    check_silent(driver.lost("closed", True, 100.5))


def test_answer_time_counts_from_the_last_byte_written() -> None:
    driver, _ = asked()
    assert driver.due_s == 161.5
    assert driver.tick(161.4) == Reaction()
    check_silent(driver.tick(161.5))


def test_new_exchange_gives_the_old_one_up() -> None:
    driver, _ = asked()
    assert driver.exchange(6, REQUEST, None, 103.0) == Reaction(open=True, close=True)
    driver.opened(104.0)
    (event,) = driver.receive(TcpFraming.frame(answer()), 105.0).events
    assert isinstance(event, HostReplied)
    assert event.number == 6


def test_abandoned_exchange_hears_nothing_more() -> None:
    driver, _ = asked()
    assert driver.abandon(102.0) == Reaction(close=True)
    assert driver.receive(TcpFraming.frame(answer()), 103.0) == Reaction()
    assert driver.due_s == math.inf


def test_driver_keeps_no_card_data() -> None:
    driver = HostLinkDriver(CONFIG, lambda: PROFILE, is_serial=False)
    request = encode(Message("0820", FIELDS | {2: "6212345678901232"}))
    driver.exchange(5, request, "012", 100.0)
    driver.opened(101.0)
    kept = repr([getattr(driver, name) for name in vars(driver)])
    assert "6212345678901232" not in kept
    assert bytes.fromhex("6212345678901232") not in driver._frame


def test_serial_answer_is_acknowledged() -> None:
    driver, frame = serial()
    assert frame == SerialFraming.frame(wrap(REQUEST, CONFIG))
    reaction = driver.receive(ACK + SerialFraming.frame(answer()), 102.0)
    assert reaction.frames == (ACK,)
    check_replied(reaction)


def test_serial_frame_is_repeated_on_nak_and_given_up_after_three() -> None:
    driver, frame = serial()
    assert driver.receive(NAK, 102.0).frames == (frame,)
    assert driver.receive(NAK, 103.0).frames == (frame,)
    check_silent(driver.receive(NAK, 104.0))


def test_serial_frame_is_written_as_often_as_the_profile_says() -> None:
    driver, frame = asked(is_serial=True, profile=HostProfile(serial_nak_tries=2))
    assert driver.receive(NAK, 102.0).frames == (frame,)
    check_silent(driver.receive(NAK, 103.0))


def test_serial_frame_acknowledged_after_a_nak_waits_on() -> None:
    driver, frame = serial()
    assert driver.receive(NAK, 102.0).frames == (frame,)
    assert driver.receive(ACK, 103.0) == Reaction()
    check_replied(driver.receive(SerialFraming.frame(answer()), 104.0))


def test_serial_frame_without_any_acknowledgement_is_silence_not_certainty() -> None:
    driver, _ = serial()
    check_silent(driver.tick(161.5))


def test_serial_answer_with_a_bad_lrc_is_asked_for_again() -> None:
    driver, _ = serial()
    reaction = driver.receive(ACK + bad_lrc(answer()), 102.0)
    assert (reaction.frames, reaction.events) == ((NAK,), ())
    assert driver.counters.bad_frames == 1
    check_replied(driver.receive(SerialFraming.frame(answer()), 103.0))


def test_serial_frames_that_are_glued_are_each_acknowledged_until_ours() -> None:
    driver, _ = serial()
    other, ours = (SerialFraming.frame(answer(f11=stan)) for stan in ("000001", "000007"))
    reaction = driver.receive(ACK + other + ours + ours, 102.0)
    assert reaction.frames == (ACK, ACK)
    check_replied(reaction)


def test_serial_noise_before_the_answer_is_answered_once() -> None:
    driver, _ = serial()
    reaction = driver.receive(b"noise, much noise", 102.0)
    assert reaction.frames == (NAK,)
    check_replied(driver.receive(SerialFraming.frame(answer()), 103.0))


def test_serial_64_kb_of_noise_ends_in_silence() -> None:
    driver, _ = serial()
    assert len(driver.receive(bytes([0x55]) * 65536, 102.0).frames) == 1
    check_silent(driver.tick(161.5))

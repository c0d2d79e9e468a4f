"""Lines of the stripe reader and of the scanner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card_reader import CardReaderDriver
from drivers.scanner import ScannerDriver
from terminal.domain.card import luhn_is_right
from terminal.events import (
    CardSwiped,
    CardUnreadable,
    ChipPresented,
    CodeScanned,
    Event,
    WireBack,
    WireLost,
)
from terminal.ports import NOTHING

PAN = "6212345678901232"
TRACK2 = f";{PAN}=30122010000000000?"
TRACK1 = f"%B{PAN}^ZHANG/SAN^30122010000000000?"


def read(raw: bytes | str) -> tuple[Event, ...]:
    data = raw if isinstance(raw, bytes) else raw.encode()
    return CardReaderDriver().receive(data + b"\r", 0.0).events


def scanned(raw: bytes) -> list[str]:
    events = ScannerDriver().receive(raw, 0.0).events
    return [event.text for event in events if isinstance(event, CodeScanned)]


@pytest.mark.parametrize("line", [TRACK2, TRACK1 + TRACK2, "%E?" + TRACK2])
def test_good_stripe(line: str) -> None:
    (event,) = read(line)
    assert isinstance(event, CardSwiped)
    assert (event.card.pan, event.card.expiry) == (PAN, "3012")
    assert event.card.track2 == TRACK2[1:-1].replace("=", "D")
    assert PAN not in repr(event)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";E?", "bad_stripe"),
        ("%E?", "bad_stripe"),
        ("%E?;E?", "bad_stripe"),
        (TRACK1 + ";E?", "bad_stripe"),
        (TRACK1, "no_track2"),
        (";6212345678901233=30122010000000000?", "check_digit"),
        (f";{PAN}=30132010000000000?", "expiry_month"),
        (f";{PAN}=30002010000000000?", "expiry_month"),
        (f";{PAN}=3012?", "length"),
        (f";{PAN}=3012201{'0' * 20}?", "length"),
        (";=30122010000000000?", "length"),
        (f";{PAN}30122010000000000?", "bad_stripe"),
        (f";{PAN}=3012=2010000000000?", "bad_stripe"),
        (f";{PAN}=30122O10000000000?", "bad_stripe"),
        (";?", "bad_stripe"),
        (TRACK2[:-1], "bad_line"),
        (TRACK2 + TRACK2, "bad_line"),
        (TRACK2 + TRACK1, "bad_line"),
        ("", "bad_line"),
        ("!X", "bad_line"),
        ("hello", "bad_line"),
        ("%" + "A" * 256 + "?", "bad_line"),
    ],
)
def test_bad_stripe_is_named_without_its_digits(line: str, reason: str) -> None:
    assert read(line) == (CardUnreadable(reason),)


@pytest.mark.parametrize("byte", [0x00, 0x1B, 0x7F, 0x80, 0xFF])
def test_byte_that_is_no_text_spoils_the_line(byte: int) -> None:
    assert read(TRACK2.encode() + bytes((byte,))) == (CardUnreadable("bad_line"),)


def test_chip_contacts() -> None:
    assert read("!I") == (ChipPresented("insert"),)
    assert read("!T") == (ChipPresented("tap"),)
    assert read("!R") == ()


@pytest.mark.parametrize("cut", range(1, len(TRACK2) + 1))
def test_stripe_cut_anywhere(cut: int) -> None:
    driver, raw = CardReaderDriver(), TRACK2.encode() + b"\r"
    assert driver.receive(raw[:cut], 0.0) == NOTHING
    (event,) = driver.receive(raw[cut:], 0.1).events
    assert isinstance(event, CardSwiped)


def test_half_a_stripe_is_forgotten_after_two_seconds() -> None:
    driver = CardReaderDriver()
    driver.receive(TRACK2[:20].encode(), 1.0)
    assert driver.due_s == 3.0
    driver.tick(3.0)
    assert driver.due_s == float("inf")
    (event,) = driver.receive(TRACK2.encode() + b"\r", 3.1).events
    assert isinstance(event, CardSwiped)


def test_half_a_stripe_does_not_survive_the_loss_of_the_line() -> None:
    driver = CardReaderDriver()
    assert driver.opened(0.0).events == (WireBack("reader"),)
    driver.receive(TRACK2[:20].encode(), 0.1)
    assert driver.lost("unplugged", False, 0.2).events == (WireLost("reader", "unplugged"),)
    assert driver.lost("unplugged", False, 0.3) == NOTHING
    assert driver.opened(0.4).events == (WireBack("reader"),)
    (event,) = driver.receive(TRACK2.encode() + b"\r", 0.5).events
    assert isinstance(event, CardSwiped)


def test_two_swipes_in_one_read() -> None:
    assert len(read(TRACK2 + "\r" + TRACK2)) == 2


def test_garbage_lines_are_counted() -> None:
    driver = CardReaderDriver()
    driver.receive(b"?\r\r" + TRACK2.encode() + b"\r", 0.0)
    assert driver.garbage == 2


def test_scanned_lines() -> None:
    assert scanned(b"R1;abc\r\nsecond\rthird") == ["R1;abc", "second"]


def test_longest_line_passes_and_one_more_is_garbage() -> None:
    assert scanned(b"x" * 512 + b"\r") == ["x" * 512]
    assert scanned(b"x" * 513 + b"\rnext\r") == ["", "next"]


@pytest.mark.parametrize("byte", [0x00, 0x09, 0x0A, 0x7F, 0xC4])
def test_line_with_other_bytes_is_reported_empty(byte: int) -> None:
    assert scanned(b"R1" + bytes((byte,)) + b"x\rgood\r") == ["", "good"]


def test_unfinished_scan_is_dropped() -> None:
    driver = ScannerDriver()
    assert driver.opened(0.0).events == (WireBack("scanner"),)
    driver.receive(b"half", 0.0)
    assert driver.receive(b"whole\r", 2.0).events == (CodeScanned("whole"),)
    driver.receive(b"half", 3.0)
    assert driver.tick(4.9) == NOTHING
    driver.tick(5.0)
    assert driver.due_s == float("inf")


def test_scanner_that_goes_is_told_once() -> None:
    driver = ScannerDriver()
    assert driver.lost("no port", False, 0.0).events == (WireLost("scanner", "no port"),)
    assert driver.lost("no port", False, 1.0) == NOTHING
    assert driver.opened(2.0).events == (WireBack("scanner"),)


@given(st.binary(max_size=900))
def test_any_bytes_give_one_event_a_line_at_most(raw: bytes) -> None:
    lines = raw.count(b"\r")
    assert len(ScannerDriver().receive(raw, 0.0).events) == lines
    assert len(CardReaderDriver().receive(raw, 0.0).events) <= lines


@given(st.from_regex(r"(%[!-~]{0,20}\?)?;[0-9=]{0,42}\?", fullmatch=True))
def test_any_stripe_is_swiped_only_with_a_right_check_digit(line: str) -> None:
    for event in read(line):
        assert isinstance(event, CardSwiped | CardUnreadable)
        assert not isinstance(event, CardSwiped) or luhn_is_right(event.card.pan)


PARTS = st.sampled_from([TRACK2, TRACK1, ";", "?", "=", "%", "^", PAN, "\x00", "３", "D", "1"])


@given(st.lists(PARTS | st.text("0123456789;?=%^ ", max_size=40), max_size=6), st.integers(0, 80))
def test_whatever_was_swiped_the_next_good_stripe_is_read(parts: list[str], cut: int) -> None:
    driver, bad = CardReaderDriver(), "".join(parts).encode()[:cut] + b"\r"
    for event in driver.receive(bad, 0.0).events:
        assert isinstance(event, CardSwiped | CardUnreadable)
        assert PAN not in repr(event)
    (good,) = driver.receive(TRACK2.encode() + b"\r", 0.1).events
    assert isinstance(good, CardSwiped)
    assert good.card.pan == PAN

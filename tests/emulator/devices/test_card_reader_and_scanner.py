"""The emulated card reader and scanner: what they say."""

from emulator.card_reader import CardReaderModel
from emulator.scanner import ScannerModel

STRIPE = "%B6212345678901232^TEST/CARD^3012201?;6212345678901232=30122010000000000001?"


def said(out: tuple[tuple[float, bytes], ...]) -> bytes:
    return b"".join(raw for _, raw in out)


def test_stripe_is_sent_as_it_is_with_one_cr() -> None:
    reader = CardReaderModel()
    assert said(reader.swipe(STRIPE)) == STRIPE.encode() + b"\r"
    assert said(reader.swipe(STRIPE + "\r")) == STRIPE.encode() + b"\r"


def test_bad_track_is_bad_for_so_many_swipes() -> None:
    reader = CardReaderModel()
    reader.bad_track(2)
    assert said(reader.swipe(STRIPE)) == b"%E?;E?\r"
    assert said(reader.swipe(STRIPE[STRIPE.index(";") :])) == b";E?\r"
    assert said(reader.swipe(STRIPE)).startswith(b"%B")


def test_bad_track_until_cleared() -> None:
    reader = CardReaderModel()
    reader.bad_track(0)
    assert [said(reader.swipe(STRIPE)) for _ in range(3)] == [b"%E?;E?\r"] * 3
    reader.clear_bad_track()
    assert said(reader.swipe(STRIPE)) == STRIPE.encode() + b"\r"


def test_chip_is_put_in_and_taken_out_once() -> None:
    reader = CardReaderModel()
    assert reader.remove() == ()
    assert said(reader.insert()) == b"!I\r"
    assert reader.insert() == ()
    assert said(reader.remove()) == b"!R\r"
    assert reader.remove() == ()


def test_tap_needs_no_removal() -> None:
    reader = CardReaderModel()
    assert said(reader.tap()) == b"!T\r"
    assert reader.remove() == ()


def test_free_text_is_sent_byte_by_byte() -> None:
    assert said(CardReaderModel().swipe(";\x80é卡?")) == b";\x80\xe9??\r"


def test_code_ends_in_cr() -> None:
    assert said(ScannerModel().scan("R1;898310058120001")) == b"R1;898310058120001\r"
    assert said(ScannerModel().scan("票é")) == b"?\xe9\r"

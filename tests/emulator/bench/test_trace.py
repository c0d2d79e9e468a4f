"""The trace: decoded, and without card data in text or hex."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from emulator.frames import framed
from emulator.trace import Trace
from emulator.trace_masking import Masking
from emulator.trace_printer import PrinterTrace, printer_answer
from tests.emulator.bench.lab import show

PAN = "6212345678901232"
TID, MID = "12345678", "898310058120001"


class Screen:
    """Whether a card screen is shown."""

    is_card = False


def new_trace(screen: Screen | None = None) -> Trace:
    shown = screen or Screen()
    return Trace(Masking((TID, MID)), lambda: 0.0, lambda: shown.is_card)


def has_card_number(trace: Trace) -> bool:
    for entry in trace.since():
        raw = bytes.fromhex(str(entry["hex"]))
        if PAN in str(entry) or PAN.encode() in raw or PAN[6:12].encode() in raw:
            return True
    return False


def texts(trace: Trace) -> list[str]:
    return [str(entry["meaning"]) for entry in trace.since()]


def str8(raw: bytes) -> bytes:
    return bytes((len(raw),)) + raw


def test_card_number_on_its_way_to_the_pad_is_hidden() -> None:
    trace = new_trace()
    pan = str8(PAN.encode())
    trace.received("keypad", framed(0x05, 1, bytes(4) + pan + str8(b"3012")))
    trace.sent("keypad", framed(0x86, 2, pan + str8(b"3012")))
    trace.received("keypad", framed(0x0E, 3, pan + bytes((4, 12, 60, 2))))
    trace.received("keypad", framed(0x03, 4, bytes(37) + b"\x00\x10" + PAN.encode()))
    assert texts(trace) == ["PROTECT #1", "OPEN_CARD answer #2", "PIN #3", "MAC #4: record 0"]
    assert not has_card_number(trace)


def test_verifiers_and_key_blocks_are_hidden() -> None:
    trace = new_trace()
    secret = bytes(range(0x30, 0x60))
    trace.received("keypad", framed(0x0A, 1, secret + bytes(7)))
    trace.sent("keypad", framed(0x8B, 2, b"\x01" + secret))
    trace.received("keypad", framed(0x02, 3, b"\x03\x00\x28" + secret[:40]))
    assert texts(trace) == ["PASSWORD #1", "NEW_PASSWORD answer #2: right", "LOAD_KEYS #3"]
    assert not any(secret[:8].hex().upper() in str(entry["hex"]) for entry in trace.since())


def test_frame_in_pieces_is_one_entry() -> None:
    trace = new_trace()
    frame = framed(0x05, 1, bytes(4) + str8(PAN.encode()) + str8(b""))
    for at in range(len(frame)):
        trace.received("keypad", frame[at : at + 1])
    assert texts(trace) == ["PROTECT #1"]
    assert not has_card_number(trace)


def test_bytes_that_fit_no_frame_are_counted_and_hidden() -> None:
    trace = new_trace()
    trace.received("keypad", PAN.encode() + framed(0x01, 1))
    assert texts(trace) == ["16 bytes that fit no frame (hidden)", "STATUS #1"]
    assert not has_card_number(trace)


def test_refusal_and_outcome_are_in_words() -> None:
    trace = new_trace()
    trace.sent("keypad", framed(0xFF, 1, b"\x21"))
    trace.sent("keypad", framed(0x8A, 2, b"\x00"))
    trace.sent("keypad", framed(0x84, 3, b"\x00"))
    trace.sent("keypad", framed(0x41, 0, b"\x01\x03"))
    assert texts(trace) == [
        "REFUSED #1: the same record number with another hash",
        "PASSWORD answer #2: wrong",
        "CHECK_MAC answer #3: wrong",
        "ENTRY: 3 characters",
    ]


def test_digits_typed_on_a_card_screen_are_hidden() -> None:
    screen = Screen()
    trace = new_trace(screen)
    trace.sent("keypad", framed(0x40, 0, b"7"))
    screen.is_card = True
    trace.sent("keypad", framed(0x40, 0, b"7"))
    trace.sent("keypad", framed(0x40, 0, b"E"))
    assert texts(trace) == ["KEY 7", "KEY (hidden)", "KEY ENTER"]
    assert b"7" not in bytes.fromhex(str(trace.since()[1]["hex"]))


def test_card_number_on_the_display_is_masked_while_it_is_typed() -> None:
    trace = new_trace()
    trace.received("display", show(1, "refund.card", "Card", PAN[:9]))
    trace.received("display", show(2, "refund.confirm", "退货", PAN))
    assert texts(trace) == [
        "SHOW #1 refund.card: 0 Card | 1 621234***",
        "SHOW #1 refund.confirm: 0 退货 | 1 621234******1232",
    ]
    assert not has_card_number(trace)


def test_stripe_is_masked_whole() -> None:
    trace = new_trace()
    stripe = f"%B{PAN}^TEST/CARD^30122010000?;{PAN}=30122010000?\r".encode()
    trace.sent("reader", stripe)
    trace.sent("reader", b"%E?;E?\r")
    trace.sent("reader", b"!I\r")
    trace.sent("reader", f";{PAN}=3012201\r".encode())
    assert texts(trace) == [
        "stripe, track 2 621234******1232",
        "stripe, track 2 unreadable",
        "card inserted",
        "stripe, track 2 621234******1232",
    ]
    assert not has_card_number(trace)
    first = bytes.fromhex(str(trace.since()[0]["hex"]))
    assert len(first) == len(stripe)
    assert not any(chr(byte).isdigit() for byte in first)


def test_scanned_text_is_shown_without_card_numbers() -> None:
    trace = new_trace()
    trace.sent("scanner", f"R1;{MID};{TID};{PAN}\r".encode())
    assert texts(trace) == [f"R1;{MID};{TID};621234******1232"]
    assert not has_card_number(trace)


def test_polls_are_marked() -> None:
    trace = new_trace()
    trace.received("keypad", framed(0x01, 1))
    trace.received("printer", b"\x10\x04\x04")
    trace.sent("printer", b"\x12")
    trace.sent("keypad", framed(0x40, 0, b"1"))
    assert [entry["poll"] for entry in trace.since()] == [True, True, True, False]


def test_trace_goes_on_from_a_number() -> None:
    trace = new_trace()
    for key in (b"1", b"2", b"3"):
        trace.sent("keypad", framed(0x40, 0, key))
    assert [entry["meaning"] for entry in trace.since(2)] == ["KEY 3"]


SLIP = (
    b"\x1b@\x1c&\x1ba\x01" + "退货".encode("gb18030") + b"\n"
    b"\x1d(k\x04\x001A2\x00\x1d(k\x05\x001P0ab\x1d(k\x03\x001Q0"
    b"\x1dkI\x05{B123" + PAN.encode() + b"\n\x1dVB\x00\x1dr\x01"
)


def test_slip_is_one_entry_a_line() -> None:
    found = PrinterTrace(Masking()).feed(SLIP)
    assert [meaning.text for meaning in found] == [
        "initialise, Chinese on, align, “退货”",
        "QR set-up, QR set-up, QR",
        "Code 128",
        "“621234******1232”",
        "cut",
        "fence",
    ]
    assert PAN.encode() not in b"".join(meaning.raw for meaning in found)


@given(st.lists(st.integers(1, len(SLIP)), max_size=6))
def test_slip_cut_anywhere_gives_the_same_lines(cuts: list[int]) -> None:
    places = sorted({0, len(SLIP), *cuts})
    trace, whole = PrinterTrace(Masking()), PrinterTrace(Masking())
    found = [m for a, b in pairwise(places) for m in trace.feed(SLIP[a:b])]
    assert tuple(found) == whole.feed(SLIP)


@given(st.binary(max_size=300))
def test_any_bytes_on_any_wire_are_traced(raw: bytes) -> None:
    trace = new_trace()
    for wire in ("keypad", "display", "reader", "scanner", "printer"):
        trace.sent(wire, raw)
        trace.received(wire, raw)
    assert all(isinstance(entry["meaning"], str) for entry in trace.since())


def test_status_byte_and_fence_are_told_apart() -> None:
    found = printer_answer(bytes((0x12, 0x00, 0x0C, 0xFF)))
    assert [meaning.text for meaning in found] == [
        "status 00010010",
        "fence answered: on paper",
        "fence answered: no paper",
        "unknown byte FF",
    ]


@given(st.text(alphabet="0123456789 -", min_size=13, max_size=40))
def test_masking_never_shows_more_than_ten_digits_of_a_card_number(text: str) -> None:
    masked = Masking().text(text)
    assert len(masked) == len(text)
    for run in masked.replace("-", " ").split("  "):
        assert len(run.replace(" ", "")) < 13 or "*" in run or len(run.replace(" ", "")) > 19

"""The emulated display against its wire document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.display import DisplayModel, cells_of, in_cells
from emulator.frames import Frame, FrameReader, framed

BLANK = " " * 20


def row(number: int, text: str | bytes, attribute: int = 0) -> bytes:
    raw = text if isinstance(text, bytes) else text.encode("gb18030")
    return bytes((number, attribute, len(raw))) + raw


def show(seq: int, *rows: bytes, name: str = "idle", language: str = "zh") -> bytes:
    head = seq.to_bytes(4, "big") + language.encode() + bytes((len(name),)) + name.encode()
    return framed(0x02, 1, head + bytes((len(rows),)) + b"".join(rows))


def told(display: DisplayModel, raw: bytes) -> tuple[Frame, ...]:
    out = display.receive(raw, 0.0)
    return FrameReader().feed(b"".join(part for _, part in out), 0.0)


def test_rows_are_shown_and_the_others_stay() -> None:
    display = DisplayModel()
    told(display, show(1, row(0, "Refund"), row(7, "退货 50.00", 1)))
    assert told(display, show(2, row(0, "Void"), name="void.card", language="en")) == (
        Frame(0x82, 1, (2).to_bytes(4, "big")),
    )
    assert display.rows == ("Void" + " " * 16, *(BLANK,) * 6, "退货 50.00" + " " * 10)
    assert display.inverse == (False,) * 7 + (True,)
    assert (display.seq, display.name, display.language) == (2, "void.card", "en")


def test_status_tells_size_boot_and_last_show() -> None:
    display = DisplayModel()
    told(display, show(0x01020304))
    (frame,) = told(display, framed(0x01, 9))
    assert (frame.kind, frame.number) == (0x81, 9)
    assert frame.payload[:2] == b"\x14\x08"
    assert frame.payload[6:] == b"\x01\x02\x03\x04"


def test_restart_blanks_the_display_and_changes_the_boot_id() -> None:
    display = DisplayModel(seed=3)
    told(display, show(5, row(2, "Refund")))
    before = told(display, framed(0x01, 1))[0].payload
    display.restart()
    after = told(display, framed(0x01, 1))[0].payload
    assert display.rows == (BLANK,) * 8
    assert after[2:6] != before[2:6]
    assert after[6:] == bytes(4)
    assert (display.name, display.language, display.changes) == ("", "", 1)


def test_only_errors_are_counted_as_beeps() -> None:
    display = DisplayModel()
    assert told(display, framed(0x03, 4, b"\x01")) == (Frame(0x83, 4),)
    assert told(display, framed(0x03, 5, b"\x00")) == (Frame(0x83, 5),)
    assert display.beeps == 1


def test_each_change_is_announced() -> None:
    display, heard = DisplayModel(), []
    display.on_change = lambda: heard.append((display.changes, display.beeps))
    told(display, show(1))
    told(display, framed(0x03, 4, b"\x01"))
    told(display, framed(0x01, 4))
    display.restart()
    assert heard == [(1, 0), (1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一二三四五六七八九十", "一二三四五六七八九十"),
        ("1一二三四五六七八九十", "1一二三四五六七八九 "),
        ("x" * 30, "x" * 20),
        ("a\x07\nb", "a  b" + " " * 16),
        ("", BLANK),
    ],
)
def test_row_is_twenty_cells_and_no_half_character(text: str, shown: str) -> None:
    display = DisplayModel()
    told(display, show(1, row(3, text)))
    assert display.rows[3] == shown
    assert sum(map(cells_of, display.rows[3])) == 20


def test_bytes_that_are_no_character_do_not_stop_the_display() -> None:
    display = DisplayModel()
    assert told(display, show(1, row(0, b"\x81\xff ok"))) != ()
    assert display.rows[0].rstrip().endswith("ok")


@pytest.mark.parametrize(
    "raw",
    [
        show(1, row(8, "x")),
        show(1, row(0, "x", 2)),
        show(1, row(0, "x")[:-1]),
        show(1, row(0, "x") + b"\0"),
        show(1, row(0, "x"), language="é"),
        framed(0x01, 1, b"\0"),
        framed(0x03, 1),
        framed(0x04, 1),
        framed(0x82, 1),
    ],
)
def test_frame_that_is_not_understood_changes_nothing(raw: bytes) -> None:
    display = DisplayModel()
    told(display, show(7, row(0, "Refund")))
    assert told(display, raw) == ()
    assert display.malformed == 1
    assert display.rows[0].rstrip() == "Refund"
    assert display.seq == 7


@given(st.text(max_size=60), st.integers(1, 40))
def test_cells_are_always_filled_exactly(text: str, columns: int) -> None:
    assert sum(map(cells_of, in_cells(text, columns))) == columns


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.builds(framed, st.integers(0, 255), st.integers(0, 65535), st.binary(max_size=80)),
        )
    )
)
def test_nothing_on_the_wire_is_an_error(parts: list[bytes]) -> None:
    display = DisplayModel()
    for part in parts:
        display.receive(part, 0.0)
    display.receive(b"", 10.0)
    assert told(display, framed(0x01, 77))[-1].number == 77
    assert len(display.rows) == len(display.inverse) == 8

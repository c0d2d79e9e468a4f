"""A slip as the printer's bytes: by hand from drivers/printer.md, and as python-escpos has it."""

import pytest
from escpos.constants import QR_ECLEVEL_M, QR_MODEL_2
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos import SlipError, slip_bytes, status_question
from drivers.slip_layout import clean, pair, wrapped
from terminal.domain.cells import width
from terminal.domain.slip import Align, Code128, Line, Pair, Qr, Row, Rule, Slip, Space

BEGIN = b"\x1b\x40\x1c\x26"
END = b"\x1c\x2e\x1d\x56\x42\x00\x1d\x72\x01"
PLAIN_AGAIN = b"\x1b\x61\x00\x1b\x45\x00\x1d\x21\x00"


def printed(*rows: Row) -> bytes:
    raw = slip_bytes(Slip("test", rows))
    assert raw.startswith(BEGIN)
    assert raw.endswith(END)
    return raw[len(BEGIN) : -len(END)]


def test_plain_line() -> None:
    assert printed(Line("Refund")) == b"Refund\n"


def test_chinese_line_with_every_attribute() -> None:
    line = Line("退货", Align.CENTRE, bold=True, tall=True)
    assert printed(line) == b"\x1b\x61\x01\x1b\x45\x01\x1d\x21\x01\xcd\xcb\xbb\xf5\n"


def test_attributes_end_with_their_line() -> None:
    raw = printed(Line("A", Align.RIGHT, bold=True, tall=True), Line("B"))
    assert raw.endswith(b"A\n" + PLAIN_AGAIN + b"B\n")


def test_attributes_are_sent_when_they_change() -> None:
    bold = b"\x1b\x45\x01"
    rows = (Line("A", bold=True), Pair("B", "C", bold=True), Space(1), Line("D", bold=True))
    assert printed(*rows) == bold + b"A\nB" + b" " * 30 + b"C\n\x1b\x64\x01D\n"
    assert printed(Line("A", bold=True), Qr("Q")).startswith(
        bold + b"A\n\x1b\x61\x01\x1b\x45\x00\x1d\x28\x6b"
    )
    assert printed(Qr("Q"), Rule()).endswith(b"\x1b\x61\x00" + b"-" * 32 + b"\n")


def test_rule_and_space() -> None:
    assert printed(Rule(), Space(3)) == b"-" * 32 + b"\n\x1b\x64\x03"
    assert printed(Space(0)) == b""
    assert printed(Space(1000)) == b"\x1b\x64\xff"


def test_pair_on_one_row_and_on_two() -> None:
    assert printed(Pair("金额", "12.00")) == "金额".encode("gb18030") + b" " * 23 + b"12.00\n"
    long = printed(Pair("Reference number", "ABCDEFGHIJKLMNOP"))
    assert long == b"Reference number\n" + b" " * 16 + b"ABCDEFGHIJKLMNOP\n"


def test_bold_pair() -> None:
    assert printed(Pair("a", "b", bold=True)).startswith(b"\x1b\x45\x01a")


def test_text_can_not_carry_commands() -> None:
    raw = printed(Line("Shop\x1b\x40\x10\x04\x01\x9b\x7f"), Pair("a\n", "\x1dV0"))
    assert b"\x1b" not in raw
    assert b"\x1d" not in raw
    assert b"\x10" not in raw
    assert raw.count(b"\n") == 2


def test_sign_outside_gb18030_becomes_a_question_mark() -> None:
    assert printed(Line("a\ud800b")) == b"a?b\n"


def test_qr_code_as_another_library_has_it() -> None:
    other = Dummy()
    other.qr("R1;898310058120001;12345678", ec=QR_ECLEVEL_M, size=4, model=QR_MODEL_2, native=True)
    ours = printed(Qr("R1;898310058120001;12345678"))
    assert ours.startswith(b"\x1b\x61\x01")
    assert ours[3:] in other.output


def test_code_128_as_another_library_has_it() -> None:
    other = Dummy()
    other.barcode(
        "{B12345678901220300101", "CODE128", 64, 2, "BELOW", "A", align_ct=False, check=False
    )
    function_b = bytes((0x1D, 0x6B, 0x49, 22)) + b"{B12345678901220300101"
    assert function_b in other.output
    assert b"\x1d\x68\x40" in other.output
    shape = b"\x1d\x48\x02\x1d\x68\x40\x1d\x77\x01"
    assert printed(Code128("12345678901220300101")) == b"\x1b\x61\x01" + shape + function_b


def test_single_commands_as_another_library_has_them() -> None:
    other = Dummy()
    other.hw("INIT")
    other.set(align="center", bold=True)
    other.cut()
    ours = slip_bytes(Slip("test", (Line("x", Align.CENTRE, bold=True),)))
    for command in (b"\x1b\x40", b"\x1b\x61\x01", b"\x1b\x45\x01"):
        assert command in other.output
        assert command in ours


@pytest.mark.parametrize(("n", "raw"), [(1, b"\x10\x04\x01"), (4, b"\x10\x04\x04")])
def test_status_questions(n: int, raw: bytes) -> None:
    assert status_question(n) == raw


@pytest.mark.parametrize(
    "row", [Qr(""), Qr("x" * 505), Code128(""), Code128("1" * 30), Code128("a{b"), Code128("退")]
)
def test_code_that_can_not_be_printed_names_the_slip_only(row: Row) -> None:
    with pytest.raises(SlipError, match=r"^slip refund\.merchant: (QR code|Code 128): ") as caught:
        slip_bytes(Slip("refund.merchant", (row,)))
    assert "退" not in str(caught.value)


def test_wrapping_at_a_cell() -> None:
    assert wrapped("退" * 17) == ("退" * 16, "退")
    assert wrapped("a" + "退" * 16) == ("a" + "退" * 15, "退")
    assert wrapped("x" * 64) == ("x" * 32, "x" * 32)
    assert wrapped("") == ("",)


@given(st.text(max_size=100))
def test_wrapping_loses_nothing_and_fits(text: str) -> None:
    rows = wrapped(text)
    assert "".join(rows) == text
    assert all(width(row) <= 32 for row in rows)


@given(st.text(max_size=40), st.text(max_size=40))
def test_pair_always_fits_with_its_value_at_the_edge(label: str, value: str) -> None:
    rows = pair(label, value)
    assert all(width(row) <= 32 for row in rows)
    assert len(rows) == 1 or width(label) + width(value) >= 32
    assert width(rows[-1]) == 32


@given(st.text())
def test_clean_text_has_no_control_character(text: str) -> None:
    raw = clean(text).encode("gb18030", "replace")
    assert all(byte >= 0x20 and byte != 0x7F for byte in raw)

"""ESC/POS bytes back to paper: text and its looks, codes; the paper as a picture."""

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st

from emulator.paper_slip import Align, BarCode, PaperSlip, QrCode, TextRow, TextRun
from emulator.printer import PrinterModel

STORE = b"\x1d(k"
TEXT = "R1;898310058120001;12345678;000001;000002;060110153002"


def printed(raw: bytes) -> PaperSlip:
    """The one slip that these bytes make; nothing of them is unknown."""
    printer = PrinterModel()
    printer.receive(raw, 0.0)
    assert printer.not_understood == 0
    (slip,) = printer.slips
    return slip


def qr_bytes(text: str, size: int = 4, level: bytes = b"1") -> bytes:
    data = text.encode()
    return (
        STORE
        + b"\x04\x001A2\x00"
        + STORE
        + b"\x03\x001C"
        + bytes((size,))
        + STORE
        + b"\x03\x001E"
        + level
        + STORE
        + (len(data) + 3).to_bytes(2, "little")
        + b"1P0"
        + data
        + STORE
        + b"\x03\x001Q0"
    )


def test_looks_of_text() -> None:
    slip = printed(b"\x1ba\x01\x1bE\x01\x1d!\x01Re\x1bE\x00fund\n\x1b@plain\n")
    assert slip.items == (
        TextRow((TextRun("Re", True, True), TextRun("fund", False, True)), Align.CENTRE),
        TextRow((TextRun("plain"),)),
    )


@pytest.mark.parametrize(
    ("align", "row"),
    [(0, "退货"), (1, " " * 14 + "退货"), (2, " " * 28 + "退货")],
)
def test_rows_stand_where_they_do_on_the_paper(align: int, row: str) -> None:
    raw = b"\x1c&\x1ba" + bytes((align,)) + "退货\n".encode("gb18030")
    assert printed(raw).rows == (row,)


def test_bytes_above_ascii_are_no_chinese_before_the_mode_is_on() -> None:
    assert printed("退货\n".encode("gb18030")).rows == ("????",)
    assert printed(b"\x1c&\x1c." + "退\n".encode("gb18030")).rows == ("??",)


def test_long_text_wraps_at_a_cell_and_no_character_is_cut() -> None:
    assert printed(b"x" * 32 + b"\n").rows == ("x" * 32,)
    assert printed(b"x" * 33 + b"\n").rows == ("x" * 32, "x")
    raw = b"\x1c&x" + ("退" * 16 + "\n").encode("gb18030")
    assert printed(raw).rows == ("x" + "退" * 15, "退")


def test_half_a_character_does_not_survive_the_line() -> None:
    assert printed(b"\x1c&\xcd\n\xcb\xbbab\n").rows == (
        "\ufffd",
        "嘶ab"[:0] + "\u02bb"[:0] + "嘶ab",
    )


def test_feed_prints_the_line_and_feeds() -> None:
    assert printed(b"a\x1bd\x03b\n").rows == ("a", "", "", "b")
    assert printed(b"\x1bd\x02b\n").rows == ("", "", "b")
    assert printed(b"a\x1bd\x00b\n").rows == ("a", "b")


@pytest.mark.parametrize(("level", "name"), [(b"0", "L"), (b"1", "M"), (b"2", "Q"), (b"3", "H")])
def test_qr_code_is_read_back(level: bytes, name: str) -> None:
    slip = printed(b"\x1ba\x01" + qr_bytes(TEXT, 4, level))
    assert slip.codes == (TEXT,)
    (code,) = slip.items
    assert isinstance(code, QrCode)
    assert (code.align, code.module_dots, code.level) == (Align.CENTRE, 4, name)
    assert slip.rows == ()


def test_qr_code_can_be_printed_twice_and_not_before_it_is_stored() -> None:
    assert printed(qr_bytes("abc") + STORE + b"\x03\x001Q0").codes == ("abc", "abc")
    printer = PrinterModel()
    printer.receive(STORE + b"\x03\x001Q0", 0.0)
    assert printer.slips == ()
    assert printer.not_understood == 1


def test_code_128_is_read_back_with_its_caption() -> None:
    raw = b"\x1dH\x02\x1dh\x40\x1dw\x01\x1dkI\x10{B06011015{{3002A"
    slip = printed(raw)
    assert slip.codes == slip.rows == ("06011015{3002",)
    (code,) = slip.items
    assert isinstance(code, BarCode)
    assert (code.height_dots, code.module_dots) == (64, 1)


def test_code_128_without_caption_has_no_row() -> None:
    assert printed(b"\x1dkI\x04{B12").rows == ()


def test_text_before_a_code_is_printed_first() -> None:
    slip = printed(b"a\x1dkI\x04{B12b\n")
    assert [type(item).__name__ for item in slip.items] == ["TextRow", "BarCode", "TextRow"]


@pytest.mark.parametrize(
    "raw",
    [
        b"\x07",
        b"\x1bZ",
        b"\x10\x05",
        b"\x1d\x1b@",
        b"\x1ba\x07",
        b"\x1dr\x02",
        b"\x1dw\x00",
        b"\x1dh\x00",
        b"\x1dH\x05",
        b"\x1dkI\x02{A",
        b"\x1dkI\x02{B",
        b"\x1dkI\x03{B\xff",
        b"\x1dkI\x00",
        STORE + b"\x00\x00",
        STORE + b"\x03\x001C\x00",
        STORE + b"\x03\x001E9",
        STORE + b"\x03\x001P0",
    ],
)
def test_what_means_nothing_is_counted_and_does_no_harm(raw: bytes) -> None:
    printer = PrinterModel()
    printer.receive(raw + b"ok\n", 0.0)
    assert printer.not_understood == 1
    assert [slip.rows for slip in printer.slips] == [("ok",)]


@given(st.lists(st.text(st.characters(codec="gb18030", exclude_categories=["C"]), max_size=50)))
def test_text_comes_back(texts: list[str]) -> None:
    raw = b"\x1b@\x1c&" + b"".join(text.encode("gb18030") + b"\n" for text in texts) + b"\x1dVB\0"
    slip = printed(raw)
    assert "".join("".join(run.text for run in row.runs) for row in text_rows(slip)) == "".join(
        texts
    )


def text_rows(slip: PaperSlip) -> list[TextRow]:
    return [item for item in slip.items if isinstance(item, TextRow)]


def test_bytes_of_another_maker_of_escpos_are_understood() -> None:
    other = Dummy()
    other.set(align="center", bold=True)
    other.qr(TEXT, native=True, size=4, ec=1)
    other.barcode("{B060110153002", "CODE128", height=64, width=2, pos="BELOW", function_type="B")
    printer = PrinterModel()
    printer.receive(other.output, 0.0)
    assert [code for slip in printer.slips for code in slip.codes] == [TEXT, "060110153002"]

"""Whatever stands on a slip, each row of it has its own look on the paper."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos import slip_bytes
from emulator.paper_slip import Align as OnPaper
from emulator.paper_slip import BarCode, PaperItem, QrCode, TextRow, TextRun
from emulator.printer import PrinterModel
from terminal.domain.slip import Align, Code128, Line, Pair, Qr, Row, Rule, Slip, Space

LINES = st.builds(Line, st.just("退a"), st.sampled_from(Align), st.booleans(), st.booleans())
PAIRS = st.builds(Pair, st.just("b"), st.just("c"), st.booleans())
OTHERS = st.sampled_from((Rule(), Space(1), Qr("q"), Code128("1")))


def on_paper(row: Row) -> PaperItem:
    match row:
        case Line(text, align, bold, tall):
            return TextRow((TextRun(text, bold, tall),), OnPaper(align.value))
        case Pair(label, value, bold):
            return TextRow((TextRun(label + " " * 30 + value, bold),))
        case Rule():
            return TextRow((TextRun("-" * 32),))
        case Space():
            return TextRow()
        case Qr(text):
            return QrCode(text, OnPaper.CENTRE, 4, "M")
        case Code128(text):
            return BarCode(text, OnPaper.CENTRE, 1, 64, has_caption=True)


@given(st.lists(LINES | PAIRS | OTHERS, max_size=12))
def test_no_look_is_left_over_from_the_row_before(rows: list[Row]) -> None:
    printer = PrinterModel()
    printer.receive(slip_bytes(Slip("test", tuple(rows))), 0.0)
    assert printer.not_understood == 0
    assert printer.slips[0].items == tuple(on_paper(row) for row in rows)

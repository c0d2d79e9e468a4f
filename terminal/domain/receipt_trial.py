"""The slip of a printer test: every kind of row that a slip may have, and the paper's width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from terminal.domain.phrase import Phrase
from terminal.domain.receipt import ruled
from terminal.domain.receipt_facts import ShopFace
from terminal.domain.receipt_rows import fact, heading
from terminal.domain.slip import COLUMNS, Align, Code128, Line, Qr, Row, Slip, Space

TITLE: Final = Phrase("PRINTER TEST", "打印测试")
RULER: Final = "1234567890" * (COLUMNS // 10) + "12"


def printer_test_slip(shop: ShopFace) -> Slip:
    """Not a slip of anything: it says so, and names the terminal that printed it."""
    return Slip("printer_test", ruled((tuple(_rows(shop)), tuple(_codes(shop)))))


def _rows(shop: ShopFace) -> Iterator[Row]:
    yield from heading(TITLE)
    yield Line("非交易凭证 NO TRANSACTION", Align.CENTRE)
    yield from fact("终端编号 TID", shop.terminal_id)
    yield Line(RULER)
    yield Line("汉" * (COLUMNS // 2))
    yield Line("左 LEFT")
    yield Line("中 CENTRE", Align.CENTRE)
    yield Line("右 RIGHT", Align.RIGHT)
    yield Line("粗 BOLD", bold=True)
    yield Line("高 TALL", tall=True)


def _codes(shop: ShopFace) -> Iterator[Row]:
    yield Qr(f"TEST {shop.terminal_id}")
    yield Code128(f"TEST{shop.terminal_id}")
    yield Space()

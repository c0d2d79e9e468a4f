"""A slip of practice: what it would have been, marked above and below, without any code."""

from __future__ import annotations

from typing import Final

from terminal.domain.phrase import Phrase
from terminal.domain.receipt_rows import both, heading
from terminal.domain.slip import Code128, Qr, Row, Rule, Slip

MARK: Final = Phrase("PRACTICE", "练习")
NOT_VALID: Final = Phrase("NOT VALID, NO MONEY MOVED", "练习单据无效，未发生资金变动")


def practice_slip(slip: Slip) -> Slip:
    """Nobody can take it for a real one, and no scanner finds a purchase on it."""
    mark: tuple[Row, ...] = (*heading(MARK), *both(NOT_VALID, bold=True))
    kept = tuple(row for row in slip.rows if not isinstance(row, Qr | Code128))
    return Slip(f"practice.{slip.name}", (*mark, Rule(), *kept, Rule(), *mark))

"""Why money is given back: the shop's list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from terminal.domain.cells import drawable, width
from terminal.domain.parameter_error import require
from terminal.domain.phrase import Phrase

REASON_CELLS: Final = 18  # a line of a menu, behind its number


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the shop's list; `needs_document` asks for a document or evidence number."""

    code: str
    en: str
    zh_cn: str
    needs_document: bool = False

    @property
    def phrase(self) -> Phrase:
        """The reason in both languages."""
        return Phrase(self.en, self.zh_cn)


def default_reasons() -> tuple[Reason, ...]:
    """The list of a shop that has none of its own."""
    return (
        Reason("goods", "Goods faulty", "商品问题"),
        Reason("service", "Service", "服务问题"),
        Reason("amount", "Wrong amount", "金额错误"),
        Reason("twice", "Charged twice", "重复扣款"),
        Reason("dispute", "Disputed", "交易争议", needs_document=True),
        Reason("fault", "Device fault", "设备故障"),
        Reason("policy", "Policy change", "政策调整"),
    )


def check_reasons(reasons: tuple[Reason, ...]) -> None:
    """Raises ParameterError for a list that can't be shown or told apart."""
    require(1 <= len(reasons) <= 20, "reasons", "1 to 20 of them")
    codes = {r.code for r in reasons}
    require(len(codes) == len(reasons), "reasons", "each code once")
    for index, reason in enumerate(reasons):
        code = reason.code
        fine = bool(code.strip()) and len(code) <= 20 and code.isprintable()
        require(fine, f"reasons[{index}].code", "1 to 20 characters")
        for key, text in (("en", reason.en), ("zh_cn", reason.zh_cn)):
            fits = bool(text.strip()) and width(text) <= REASON_CELLS and drawable(text) == text
            require(fits, f"reasons[{index}].{key}", f"1 to {REASON_CELLS} cells of the display")

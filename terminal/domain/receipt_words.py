"""What stands on a slip in both languages, whatever the operation."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from terminal.domain.phrase import Phrase
from terminal.domain.refund_policy import (
    ABOVE_LIMIT,
    ALONE,
    NO_ORIGINAL,
    OLD_PURCHASE,
    OTHER_CARD,
    OTHER_KEYPAD,
    TYPED_CARD,
)
from terminal.domain.transaction import Outcome


class Copy(Enum):
    """For whom a slip is."""

    MERCHANT = "merchant"
    CUSTOMER = "customer"


FOREIGN: Final = Phrase(
    "Foreign card: the amount on your account follows the issuer's rate",
    "外卡：实际到账金额以发卡行汇率为准",
)
DUPLICATE: Final = "重打印 DUPLICATED"
REVERSAL_FAILED: Final = Phrase("REVERSAL FAILED, ASK A PERSON", "冲正失败，请人工处理")
BY_A_PERSON: Final = Phrase("RESULT UNKNOWN, ASK A PERSON", "结果未知，请人工处理")
NOT_DONE_BY_HAND: Final = Phrase("NOT DONE, BY HAND", "人工核实未成")

# What each outcome is called on paper. SENT has no result: on paper that is the same as UNKNOWN.
RESULTS: Final[Mapping[Outcome, Phrase]] = MappingProxyType(
    {
        Outcome.SENT: Phrase("RESULT UNKNOWN", "结果未知"),
        Outcome.APPROVED: Phrase("APPROVED", "交易成功"),
        Outcome.DECLINED: Phrase("DECLINED", "交易未成功"),
        Outcome.UNKNOWN: Phrase("RESULT UNKNOWN", "结果未知"),
        Outcome.NOT_SENT: Phrase("NOT SENT", "交易未发送"),
        Outcome.NOT_DONE: Phrase("NOT DONE", "主机未收到，未办理"),
        Outcome.TO_REVERSE: Phrase("RESULT UNKNOWN, WILL BE REVERSED", "结果未知，将自动冲正"),
        Outcome.REVERSED: Phrase("REVERSED", "已冲正"),
    }
)
EXCEPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ABOVE_LIMIT: "超限额 ABOVE LIMIT",
        TYPED_CARD: "手输卡号 TYPED CARD",
        OTHER_CARD: "非原卡 OTHER CARD",
        OTHER_KEYPAD: "密码键盘已换 NEW KEYPAD",
        OLD_PURCHASE: "超退货期 OLD PURCHASE",
        NO_ORIGINAL: "无原单 NO ORIGINAL",
        ALONE: "本人授权 ALONE",
    }
)
COPIES: Final[Mapping[Copy, str]] = MappingProxyType(
    {
        Copy.MERCHANT: "商户存根 MERCHANT COPY",
        Copy.CUSTOMER: "持卡人存根 CARDHOLDER COPY",
    }
)


def call(phone: str) -> Phrase:
    """Whom to ask what became of it."""
    return Phrase(f"CALL {phone}", f"请致电 {phone} 核实")


def expected(days: int) -> Phrase:
    """When the customer will have the money."""
    if days == 0:
        return Phrase("Accepted; due today", "退款已受理，预计当日到账")
    return Phrase(f"Accepted; due within {days} days", f"退款已受理，预计{days}天内到账")

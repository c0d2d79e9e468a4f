"""What each warning is called on paper and to an approver: at most 20 cells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from terminal.domain.phrase import Phrase
from terminal.domain.warnings import Kind

WARNINGS: Final[Mapping[Kind, Phrase]] = MappingProxyType(
    {
        Kind.NO_SALE: Phrase("sale not known here", "本机无原交易"),
        Kind.TYPED_CARD: Phrase("typed card", "手输卡号"),
        Kind.OTHER_CARD: Phrase("OTHER CARD", "非原卡"),
        Kind.CARD_AGAIN: Phrase("same card again", "同卡再次退货"),
        Kind.SPLIT: Phrase("split in parts", "拆分退货"),
        Kind.JUST_UNDER: Phrase("just under limit", "略低于限额"),
        Kind.OUT_OF_HOURS: Phrase("out of hours", "非营业时间"),
        Kind.ALONE: Phrase("approved alone", "本人授权"),
        Kind.KEYPAD_REPLACED: Phrase("keypad replaced", "键盘已换"),
        Kind.LOCKED_OUT: Phrase("locked out", "密码锁定"),
        Kind.REPRINTED: Phrase("reprinted", "重打印"),
        Kind.PASSWORD_RESET: Phrase("password reset", "重设密码"),
    }
)

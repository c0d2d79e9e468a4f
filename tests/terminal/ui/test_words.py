"""Values and sentences in one language."""

import pytest

from terminal.domain.money import Amount
from terminal.domain.phrase import Language, Phrase
from terminal.ui.screens import Value, say
from terminal.ui.text import Text
from terminal.ui.words import sentence, shown


@pytest.mark.parametrize(
    ("value", "en", "zh_cn"),
    [
        (Amount(123450), "CNY 1,234.50", "1,234.50元"),
        (Amount(-5), "CNY -0.05", "-0.05元"),
        (Amount(100, "840"), "840 1.00", "840 1.00"),
        (Phrase("Goods faulty", "商品问题"), "Goods faulty", "商品问题"),
        (Text.WIRE_PRINTER, "Printer", "打印机"),
        ("000123", "000123", "000123"),
        (7, "7", "7"),
        ("a\x1b@", "a?@", "a?@"),
    ],
)
def test_values(value: Value, en: str, zh_cn: str) -> None:
    assert shown(value, Language.EN) == en
    assert shown(value, Language.ZH) == zh_cn


def test_a_sentence_takes_its_values_in_its_language() -> None:
    asked = say(Text.LOST_WIRE, wire=Text.WIRE_KEYPAD)
    assert sentence(asked, Language.EN) == "! Keypad not there"
    assert sentence(asked, Language.ZH) == "！密码键盘未连接"

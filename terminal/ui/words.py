"""Sentences and values in one language, ready to be laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from terminal.domain.cells import drawable
from terminal.domain.money import Amount
from terminal.domain.phrase import Language, Phrase
from terminal.ui.screens import Say, Value
from terminal.ui.text import Text

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_CURRENCIES: Final[Mapping[str, Phrase]] = {"156": Phrase("CNY {plain}", "{plain}元")}


def sentence(say: Say, language: Language) -> str:
    """The text with its values; a placeholder without a value stays as it is."""
    pattern = _phrase(say.text).in_language(language)
    if not say.values:
        return pattern

    def value_of(found: re.Match[str]) -> str:
        name = found[1]
        return shown(say.values[name], language) if name in say.values else found[0]

    return _PLACEHOLDER.sub(value_of, pattern)


def shown(value: Value, language: Language) -> str:
    """A value as people read it: `1,234.50元` or `CNY 1,234.50`, a phrase in the language."""
    if isinstance(value, Amount):
        return money(value, language)
    if isinstance(value, Text | Phrase):
        return drawable(_phrase(value).in_language(language))
    return drawable(str(value))


def money(amount: Amount, language: Language) -> str:
    """An amount with its currency; a currency that has no name here is shown by its number."""
    pattern = _CURRENCIES.get(amount.currency)
    if pattern is None:
        return f"{drawable(amount.currency)} {amount.plain}"
    return pattern.in_language(language).replace("{plain}", amount.plain)


def _phrase(text: Text | Phrase) -> Phrase:
    return text.value if isinstance(text, Text) else text

"""A text in the two languages of the terminal, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Language(Enum):
    """The two-letter code that the display's frames carry."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same sentence twice; placeholders in braces are the same in both."""

    en: str
    zh_cn: str

    def in_language(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh_cn if language is Language.ZH else self.en

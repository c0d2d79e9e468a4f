"""What a person reads off the display, wherever its rows break."""

from __future__ import annotations

from terminal.domain.phrase import Language, Phrase
from terminal.ui.screens import Say, say
from terminal.ui.text import Text
from terminal.ui.words import sentence
from tests.scenarios.memory_bench import MemoryBench

Wanted = str | Text | Phrase | Say


def missing(bench: MemoryBench, *wanted: Wanted) -> list[str]:
    """What of all this does not stand on the display, in the language that it shows."""
    language = Language(bench.display.language)
    texts = [_in_words(one, language) for one in wanted]
    return [text for text in texts if _packed(text) not in _packed(bench.rows)]


def shows(bench: MemoryBench, one: Wanted) -> bool:
    """Whether this stands on the display."""
    return not missing(bench, one)


def _in_words(one: Wanted, language: Language) -> str:
    if isinstance(one, str):
        return one
    return sentence(one if isinstance(one, Say) else say(one), language)


def _packed(text: str) -> str:
    return "".join(text.split())

"""How much room a text takes: a half-width cell for ASCII, two for every other character.

Display and printer speak GB18030 and draw whatever is not ASCII as a full-width character, so the
East Asian width of Unicode does not count here, only the number of bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

CLOSING: Final = "，。！？：；、）》”,.!?:;)%"  # no line begins with one of these
NOT_DRAWN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WORDS: Final = re.compile(rf"(?:[!-~]+|[^ -~])[{re.escape(CLOSING)}]*| +")


def drawable(text: str) -> str:
    """The text with a question mark for each character that no device can draw."""
    if text.isprintable():
        return text
    return "".join("?" if unicodedata.category(char) in NOT_DRAWN else char for char in text)


def width(text: str) -> int:
    """Cells of a drawable text."""
    if text.isascii():
        return len(text)
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _that_fit(text: str, cells: int) -> int:
    if width(text) <= cells:
        return len(text)
    used = 0
    for index, char in enumerate(text):
        used += width(char)
        if used > cells:
            return index
    return len(text)


def cut(text: str, cells: int) -> str:
    """As much of the beginning as fits."""
    return text[: _that_fit(text, cells)]


def tail(text: str, cells: int) -> str:
    """As much of the end as fits."""
    return cut(text[::-1], cells)[::-1]


def left(text: str, cells: int) -> str:
    """Exactly `cells` cells, blanks on the right."""
    shown, free = _fitted(text, cells)
    return shown + " " * free


def right(text: str, cells: int) -> str:
    """Exactly `cells` cells, blanks on the left."""
    shown, free = _fitted(text, cells)
    return " " * free + shown


def centre(text: str, cells: int) -> str:
    """Exactly `cells` cells, the text in the middle."""
    shown, free = _fitted(text, cells)
    return " " * (free // 2) + shown + " " * (free - free // 2)


def _fitted(text: str, cells: int) -> tuple[str, int]:
    """As much of the beginning as fits, and the cells that are left."""
    free = cells - width(text)
    if free >= 0:
        return text, free
    shown = cut(text, cells)
    return shown, cells - width(shown)


def wrap(text: str, cells: int) -> tuple[str, ...]:
    """Lines of at most `cells` cells: at blanks between words, anywhere between wide characters.

    A line feed begins a new line. A word that is too long is cut at the cell. An empty text is one
    empty line. `cells` is at least 4: a wide character and its punctuation.
    """
    assert cells >= 4
    return tuple(line for part in text.split("\n") for line in _filled(drawable(part), cells))


def _filled(text: str, cells: int) -> Iterator[str]:
    if width(text) <= cells:
        yield text.strip(" ")
        return
    line = gap = ""
    for word in _WORDS.findall(text):
        if word.startswith(" "):
            gap = word
            continue
        if line and width(line + gap + word) > cells:
            yield line
            line = ""
        *whole, line = _pieces(line + gap + word if line else word, cells)
        yield from whole
        gap = ""
    yield line


def _pieces(word: str, cells: int) -> Iterator[str]:
    while width(word) > cells:
        end = _cut_point(word, cells)
        yield word[:end]
        word = word[end:]
    yield word


def _cut_point(word: str, cells: int) -> int:
    longest = _that_fit(word, cells)
    # A run of nothing but punctuation has no better place to be cut.
    return next((n for n in range(longest, 0, -1) if word[n] not in CLOSING), longest)

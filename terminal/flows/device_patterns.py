"""Pictures for looking at a display: every row full, thin and thick strokes, all ASCII shapes."""

from __future__ import annotations

from typing import Final

from terminal.domain.phrase import Phrase

Pattern = tuple[Phrase, ...]


def _row(text: str) -> Phrase:
    return Phrase(text, text)


LETTERS: Final[Pattern] = (
    _row("ABCDEFGHIJKLMNOPQRST"),
    _row("UVWXYZabcdefghijklmn"),
    _row("opqrstuvwxyz01234567"),
    _row("89-+*/=<>()[]{}.,;:!"),
    _row("?@#$%&_^~|'" + '"\\`' + "ABCDEF"),
)
BLOCKS: Final[Pattern] = tuple(_row(sign * 10) for sign in ("■", "□", "退", "货", "一", "圆"))
PATTERNS: Final = (LETTERS, BLOCKS)

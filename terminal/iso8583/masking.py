"""What may be shown of a field: the default of every repr, description and log of a message.

A rule here hides what it does not recognise: never the other way round.
"""

import re
from typing import Final

from terminal.domain.card import mask

# Whole fields that may hold a number, a stripe, a PIN, a key or a code that pays.
HIDDEN: Final = frozenset({14, 34, 35, 36, 43, 45, 46, 47, 52, 55, 56, 57, 58, 59})
_NUMBER_LIKE = re.compile(r"[0-9]{13,}")
_SERIAL = b"Sequence No"
_TOTALS_DIGITS = 62
_COUNT_DIGITS = 4

FieldValue = str | bytes


def masked(number: int, value: FieldValue) -> str:
    """The text that stands for the value of field `number` where anybody may read it."""
    if number == 2 and isinstance(value, str):
        return mask(value)
    if number in HIDDEN or not _is_open(number, value):
        return hidden(value)
    if isinstance(value, str):
        return value
    return value.hex().upper() if number == 64 else scrubbed(readable(value))


def is_open(number: int, value: FieldValue) -> bool:
    """True when the whole value, and so its bytes, may be shown."""
    return number != 2 and number not in HIDDEN and _is_open(number, value)


def hidden(value: FieldValue) -> str:
    """Only how much there is."""
    return f"<{len(value)} hidden>"


def readable(raw: bytes) -> str:
    """Text of a field that may be Chinese; hex when it is not text."""
    text = raw.decode("gb18030", errors="replace")
    return text if text.isprintable() else raw.hex().upper()


def scrubbed(text: str) -> str:
    """The text with every run of digits that could be a card number masked."""
    return _NUMBER_LIKE.sub(lambda found: mask(found.group()), text)


def _is_open(number: int, value: FieldValue) -> bool:
    if number == 62:
        return isinstance(value, bytes) and value.startswith(_SERIAL)
    if number == 48:
        return len(value) == _TOTALS_DIGITS or len(value) <= _COUNT_DIGITS
    if number in {44, 54, 63}:
        return isinstance(value, bytes) and not _NUMBER_LIKE.search(readable(value))
    return True

"""Card numbers out of what the trace shows. What only looks like one is masked too."""

import re
from typing import Final

# 13 to 19 digits, single blanks or dashes between them, and no digit on either side.
CARD_NUMBER: Final = r"(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])"
TYPED: Final = re.compile(r"(?<![0-9])[0-9]{7,}(?![0-9])")
FIRST, LAST = 6, 4


class Masking:
    """Masks card numbers; the shop's own numbers, which may have the same form, stay."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        parts = [rf"(?<![0-9]){re.escape(number)}(?![0-9])" for number in known if number]
        self._known = frozenset(known)
        self._pattern = re.compile("|".join([*parts, CARD_NUMBER]))

    def text(self, text: str) -> str:
        """The text with every card number cut to its first six and last four digits."""
        return self._pattern.sub(self._replaced, text)

    def typed(self, text: str) -> str:
        """Stricter: also what may be the beginning of a card number that is being typed."""
        return TYPED.sub(lambda match: masked_digits(match.group()), self.text(text))

    def raw(self, raw: bytes) -> bytes:
        """The same for bytes; their number stays."""
        return self.text(raw.decode("latin-1")).encode("latin-1")

    def _replaced(self, match: re.Match[str]) -> str:
        found = match.group()
        return found if found in self._known else masked_digits(found)


def masked_digits(text: str) -> str:
    """Stars for all digits but the first six and, of 13 or more, the last four."""
    places = [at for at, character in enumerate(text) if character in "0123456789"]
    shown_last = places[-LAST:] if len(places) > FIRST + LAST + 2 else []
    shown = {*places[:FIRST], *shown_last}
    return "".join("*" if at in places and at not in shown else c for at, c in enumerate(text))

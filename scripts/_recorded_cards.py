"""Which cards were shown to the terminal while it was recorded.

A recording is whole only when all of them are the deck's; what can't be told is another card's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from emulator.capture import is_test_card
from emulator.cards import Card
from emulator.host.message import MessageError, decode
from emulator.host.wire import FrameError, split_frame
from scripts._recording import Header, Line, Recording, header
from scripts._wire_words import ACQUIRER, Way, WireWords

NUMBER_LIKE = re.compile(r"[0-9](?:[ -]?[0-9]){12,}")
TYPED = re.compile(r"KEY ([0-9]+)")
OTHER_CARD = "a card that is not of the deck was shown"
SHORTEST_MESSAGE = 13
BANK_DIGITS = 6  # so many of a number may be shown anyway


def finished(head: Header, lines: Sequence[Line], cards: Sequence[Card]) -> Recording:
    """The recording as it may be kept: whole, or masked when another card was shown."""
    if not head.why_not and only_deck(lines, cards):
        return Recording(head, tuple(lines))
    why_not = head.why_not or OTHER_CARD
    kept = header(head.shop, head.started, {}, why_not)
    return Recording(kept, tuple(masked(lines, (head.shop,))))


def only_deck(lines: Sequence[Line], cards: Sequence[Card]) -> bool:
    """Whether every card that was swiped, typed or sent is one of these."""
    numbers = frozenset(card.pan for card in cards)
    sent = (bytes.fromhex(line.hex) for line in _of(lines, ACQUIRER, "write"))
    return (
        _swiped_only(lines, cards)
        and all(_is_deck(raw, numbers) for raw in sent)
        and _typed_only(lines, numbers)
    )


def _swiped_only(lines: Sequence[Line], cards: Sequence[Card]) -> bool:
    read = b"".join(bytes.fromhex(line.hex) for line in _of(lines, "reader", "bytes"))
    text = read.decode("latin-1")
    for card in cards:
        text = text.replace(card.stripe, "")
    return NUMBER_LIKE.search(text) is None


def _is_deck(raw: bytes, numbers: Collection[str]) -> bool:
    framed = raw[2:] if raw[:1] != b"\x02" else raw[3:-2]
    try:
        return is_test_card(decode(split_frame(framed).body), numbers)
    except (FrameError, MessageError):
        return len(raw) < SHORTEST_MESSAGE  # an ACK of a serial line


def _typed_only(lines: Sequence[Line], numbers: Collection[str]) -> bool:
    words, typed = WireWords(), ""
    for line in lines:
        if line.wire not in ("keypad", "display") or not line.hex:
            continue
        raw = bytes.fromhex(line.hex)
        was_card = "card" in words.screen
        shown, words.screen = words.screen, ""  # digits are to be read here, not hidden
        found = words.said(line.wire, _way(line), raw, line.t)
        words.screen = words.screen or shown
        if was_card:
            typed += "".join("".join(TYPED.findall(meaning.text)) for meaning in found)
        if "card" not in words.screen:
            typed = ""
        if len(typed) > BANK_DIGITS and not any(n.startswith(typed) for n in numbers):
            return False
    return True


def masked(lines: Sequence[Line], known: tuple[str, ...]) -> list[Line]:
    """The same with the bytes that the trace shows, and what they mean."""
    words, kept = WireWords(known=known), list[Line]()
    for line in lines:
        if line.wire == ACQUIRER and line.what in ("open", "close"):
            words.new_host_line()
        if not line.hex or line.meaning:  # the trace has masked it already
            kept.append(line)
            continue
        for meaning in words.said(line.wire, _way(line), bytes.fromhex(line.hex), line.t):
            kept.append(_said(line, meaning.raw.hex(), meaning.text))
    return kept


def _said(line: Line, shown: str, meaning: str) -> Line:
    return Line(
        what=line.what, t=line.t, wall=line.wall, wire=line.wire, hex=shown, meaning=meaning
    )


def _way(line: Line) -> Way:
    return "in" if line.what == "bytes" else "out"


def _of(lines: Sequence[Line], wire: str, what: str) -> list[Line]:
    return [line for line in lines if line.wire == wire and line.what == what]

"""The stripe reader: tracks and chip contacts as lines. Source: drivers/card_reader.md.

A track lives from its first byte to its event, at most 2 s; nothing here keeps or shows any of it.
"""

from __future__ import annotations

import re

from drivers.lines import LineReader
from drivers.outbox import Outbox
from drivers.presence import Presence
from terminal.domain.card import TrackError, card_of_track2
from terminal.events import CardSwiped, CardUnreadable, ChipPresented, Event
from terminal.ports import Reaction

LONGEST_LINE = 256
UNREADABLE_TRACK = "E"
_STRIPE = re.compile(r"(?:%(?P<one>[^?]*)\?)?(?:;(?P<two>[^?]*)\?)?")
# The words of a TrackError that deserve a code of their own; all others are a bad stripe.
_REASONS = (("check digit", "check_digit"), ("expiry", "expiry_month"), ("length", "length"))


class CardReaderDriver:
    """Speaks only: CardSwiped, CardUnreadable (a code word), ChipPresented (insert, tap).

    Code words: bad_line, bad_stripe, no_track2, check_digit, expiry_month, length.
    """

    def __init__(self, wire: str = "reader") -> None:
        self.garbage = 0  # lines that are no stripe and no contact
        self._lines = LineReader(LONGEST_LINE)
        self._presence = Presence(wire)
        self._out = Outbox()

    @property
    def due_s(self) -> float:
        """When an unfinished line is dropped."""
        return self._lines.due_s

    def opened(self, now_s: float) -> Reaction:
        """The port is there, so the reader is."""
        self._lines.clear()
        self._out.tell(self._presence.is_there())
        return self._out.take()

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Each line becomes an event, a card taken out excepted."""
        for line in self._lines.feed(raw, now_s):
            self._out.tell(self._events_of(line))
        return self._out.take()

    def written(self, now_s: float) -> Reaction:
        """Nothing is ever written to a reader."""
        return self._out.take()

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """The port is gone, and with it a stripe half read."""
        self._lines.clear()
        self._out.tell(self._presence.is_gone(reason))
        return self._out.take()

    def tick(self, now_s: float) -> Reaction:
        """Drop a line that is never finished."""
        self._lines.tick(now_s)
        return self._out.take()

    def _events_of(self, line: str | None) -> tuple[Event, ...]:
        if line == "!R":
            return ()
        if line in ("!I", "!T"):
            return (ChipPresented("insert" if line == "!I" else "tap"),)
        stripe = _STRIPE.fullmatch(line) if line else None
        if stripe is None:
            self.garbage += 1
            return (CardUnreadable("bad_line"),)
        return (_swiped(stripe["one"], stripe["two"]),)


def _swiped(track1: str | None, track2: str | None) -> Event:
    if UNREADABLE_TRACK in (track2, track2 or track1):
        return CardUnreadable("bad_stripe")
    if track2 is None:
        return CardUnreadable("no_track2")
    try:
        return CardSwiped(card_of_track2(f";{track2}?"))
    except TrackError as error:
        return CardUnreadable(_code_word(str(error)))


def _code_word(words: str) -> str:
    return next((code for part, code in _REASONS if part in words), "bad_stripe")

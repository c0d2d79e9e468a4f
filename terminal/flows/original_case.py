"""What is known of a purchase while it is typed: guards and actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from terminal.domain.facts import Facts
from terminal.domain.money import Amount, typed_amount
from terminal.domain.original import NO_RRN, Original
from terminal.effects import Beep, Effect
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed or scanned so far."""

    facts: Facts
    entry: str = ""
    error: Say | None = None
    scanned: str | None = None
    qr: bool = False  # only the code of a slip will do
    rrn: str = ""
    day: date | None = None
    amount_minor: int = 0
    original: Original | None = None

    @property
    def key(self) -> str:
        """As the books count returns: date and reference number."""
        return Original(self.rrn, self.day, 0).key if self.day else ""


Step = tuple[Entry, tuple[Effect, ...]]

# ---- what the journal knows: it is never asked again


def on_record(c: Entry) -> Original | None:
    """The purchase as this terminal's sale, or a refund that may have moved money, stored it."""
    books = c.facts.books
    stored = [*books.unresolved.values(), *reversed(books.recent)]
    stored = [*stored, *books.sales.values()]
    known = [t.named_purchase for t in stored if t.outcome.counts_as_spent]
    same = [original for original in known if f"{original.day:%Y%m%d}{original.rrn}" == c.key]
    return next((o for o in same if o.source != "typed"), same[0] if same else None)


# ---- typing


def only_scans(c: Entry, event: object) -> bool:
    """Without a card only the slip's code names the payment."""
    return c.qr


def rrn_is_whole(c: Entry, event: object) -> bool:
    """A reference number has twelve characters (F37); Enter alone stands for a lost slip."""
    allowed = c.facts.parameters.unknown_original == "approval"
    return len(c.entry) == 12 or (allowed and not c.entry)


def keep_rrn(c: Entry, event: object) -> Step:
    """Next: the date."""
    return replace(c, rrn=c.entry or NO_RRN, entry="", error=None), ()


def typed_day(c: Entry) -> date | None:
    """MMDD of the last twelve months, as the slip prints it."""
    today = c.facts.today
    for year in (today.year, today.year - 1):
        try:
            day = date(year, int(c.entry[:2]), int(c.entry[2:]))
        except ValueError:
            continue
        if day <= today:
            return day
    return None


def date_is_possible(c: Entry, event: object) -> bool:
    """Such a day was."""
    return len(c.entry) == 4 and typed_day(c) is not None


def date_is_on_record(c: Entry, event: object) -> bool:
    """Reference number and date name a purchase that stands in this journal."""
    return date_is_possible(c, event) and on_record(replace(c, day=typed_day(c))) is not None


def keep_day(c: Entry, event: object) -> Step:
    """Next: the amount."""
    return replace(c, day=typed_day(c), entry="", error=None), ()


def keep_record(c: Entry, event: object) -> Step:
    """All of it is known."""
    kept, _ = keep_day(c, event)
    return replace(kept, original=on_record(kept)), ()


def amount_is_possible(c: Entry, event: object) -> bool:
    """More than nothing, twelve digits at most, and what an earlier refund of it said."""
    return typed_amount(c.entry) > 0 and _known_minor(c) in (None, typed_amount(c.entry))


def contradicts_the_books(c: Entry, event: object) -> bool:
    """An earlier refund of this purchase stored another amount."""
    return typed_amount(c.entry) > 0


def _known_minor(c: Entry) -> int | None:
    books = c.facts.books
    known = books.originals.get(c.key)
    # A refund that was declined proves nothing: its amount may have been a slip of the finger.
    counts = known is not None and (known.spent_minor or books.pending_minor(c.key))
    return known.amount_minor if known and counts else None


def say_known_amount(c: Entry, event: object) -> Step:
    """The amount can't grow from one refund to the next."""
    known = Amount(_known_minor(c) or 0)
    return replace(c, entry="", error=say(Text.OTHER_AMOUNT_KNOWN, amount=known)), (Beep(),)


def keep_amount(c: Entry, event: object) -> Step:
    """Next: the authorisation code, if the slip has one."""
    return replace(c, amount_minor=typed_amount(c.entry), entry="", error=None), ()


def auth_code_is_possible(c: Entry, event: object) -> bool:
    """Six characters, or none."""
    return len(c.entry) in (0, 6)


def keep_typed(c: Entry, event: object) -> Step:
    """All that can be typed is there."""
    assert c.day is not None
    return replace(c, original=Original(c.rrn, c.day, c.amount_minor, c.entry)), ()


def start_again(c: Entry, event: object) -> Step:
    """Back to an empty reference number."""
    return replace(c, entry="", error=None), ()

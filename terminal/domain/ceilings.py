"""How much and how often money may be given back: by card, purchase, operator, batch and day.

The books count what was given back for certain; what is unresolved is counted on top until it is
known. The day is the host's, so that neither a power cut nor a clock begins a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from terminal.domain.operators import Action, may
from terminal.domain.parameters import Ceiling, Parameters, Person
from terminal.domain.refund_policy import ALONE, Refused
from terminal.domain.transaction import REFUNDS, Transaction

if TYPE_CHECKING:
    from terminal.domain.books import Books


CARD_DAYS: Final = 31  # so long a card is remembered


@dataclass(slots=True)
class Tally:
    """So much, and so many times."""

    amount_minor: int = 0
    count: int = 0

    def add(self, amount_minor: int) -> None:
        """One more."""
        self.amount_minor += amount_minor
        self.count += 1


@dataclass(slots=True)
class Given:
    """Refunds that are certain: of the host's day `day`, and of the batch."""

    day: str = ""  # ISO
    of_day: Tally = field(default_factory=Tally)
    of_batch: Tally = field(default_factory=Tally)
    alone: Tally = field(default_factory=Tally)  # approved by nobody but the one who gave it
    by_operator: dict[str, Tally] = field(default_factory=dict)
    by_card: dict[str, Tally] = field(default_factory=dict)  # by token
    card_days: dict[str, str] = field(default_factory=dict)  # the last day of each, 31 days back


@dataclass(frozen=True, slots=True)
class Wanted:
    """A refund that is to be counted against the ceilings; no token before there is a card."""

    amount_minor: int
    operator: str
    key: str
    token: str = ""


def refusal(books: Books, parameters: Parameters, wanted: Wanted) -> Refused | None:
    """The first ceiling that this refund would break through, None when there is none."""
    for ceiling, tally, refused in _counted(books, parameters, wanted):
        if _breaks(ceiling, tally, wanted.amount_minor):
            return refused
    return None


def _counted(
    books: Books, parameters: Parameters, wanted: Wanted
) -> Iterator[tuple[Ceiling, Tally, Refused]]:
    given, ceilings = books.given, parameters.ceilings
    known = books.originals.get(wanted.key)
    of_purchase = Tally(known.spent_minor, known.returns) if known else Tally()
    of_operator = given.by_operator.get(wanted.operator, Tally())
    open_ones = [t for t in books.unresolved.values() if t.intent.operation in REFUNDS]
    if wanted.key:
        same = [t for t in open_ones if t.key == wanted.key]
        yield ceilings.original, _with(of_purchase, same), Refused.ORIGINAL_CEILING
    if wanted.token:
        of_card = given.by_card.get(wanted.token, Tally())
        same = [t for t in open_ones if t.intent.token == wanted.token]
        yield ceilings.card, _with(of_card, same), Refused.CARD_CEILING
    same = [t for t in open_ones if t.intent.operator == wanted.operator]
    yield ceilings.operator, _with(of_operator, same), Refused.OPERATOR_CEILING
    same = [t for t in open_ones if books.is_of_open_batch(t)]
    yield ceilings.batch, _with(given.of_batch, same), Refused.BATCH_CEILING
    yield ceilings.day, _with(given.of_day, open_ones), Refused.DAY_CEILING


def alone_left_minor(books: Books, parameters: Parameters, operator: Person) -> int:
    """What somebody who may approve may still approve for himself on this day of the host."""
    if not may(operator.role, Action.APPROVE_REFUND):
        return 0
    mine = [t for t in books.unresolved.values() if ALONE in t.intent.exceptions]
    spent = _with(books.given.alone, mine)
    return max(0, parameters.alone_day_minor - spent.amount_minor)


def _with(tally: Tally, open_ones: list[Transaction]) -> Tally:
    amount_minor = tally.amount_minor + sum(t.intent.amount_minor for t in open_ones)
    return Tally(amount_minor, tally.count + len(open_ones))


def _breaks(ceiling: Ceiling, tally: Tally, amount_minor: int) -> bool:
    too_much = 0 < ceiling.most_minor < tally.amount_minor + amount_minor
    return too_much or 0 < ceiling.most_count <= tally.count


# ---- what records do to the counts


def count(books: Books, done: Transaction) -> None:
    """A refund is certain: it counts for the day of the host's answer, or the newest one known."""
    intent, amount_minor, given = done.intent, done.moved_minor, books.given
    given.of_day.add(amount_minor)
    if books.is_of_open_batch(done):
        given.of_batch.add(amount_minor)
    if intent.token:
        given.by_card.setdefault(intent.token, Tally()).add(amount_minor)
        given.card_days[intent.token] = given.day
    if ALONE in intent.exceptions:
        given.alone.add(amount_minor)
    given.by_operator.setdefault(intent.operator, Tally()).add(amount_minor)


def begin_day(books: Books, day: str) -> None:
    """A later day (ISO) of the host ends the counts of the day before."""
    before = books.given
    if day > before.day:
        oldest = (date.fromisoformat(day) - timedelta(days=CARD_DAYS)).isoformat()
        kept = {token: last for token, last in before.card_days.items() if last >= oldest}
        books.given = Given(day=day, of_batch=before.of_batch, card_days=kept)

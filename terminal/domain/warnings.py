"""What a shop's owner should look at: pure functions over the journal's records.

A refund is looked at beside the books as they were before it, so that the report, which walks the
records, and an approver, who sees the refund before it is sent, are told the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from terminal.domain.bookkeeping import StoredRecord, take_in
from terminal.domain.books import Books, iso_day
from terminal.domain.ceilings import Tally
from terminal.domain.parameters import Parameters
from terminal.domain.receipt_rows import CHINA_TIME
from terminal.domain.refund_policy import ALONE, OTHER_CARD, OTHER_KEYPAD
from terminal.domain.transaction import REFUNDS, Intent

_KEY_NAME: Final = 4  # characters of a token: the key that made it


class Kind(StrEnum):
    """What is unusual; the first nine of a refund, the others of the terminal."""

    NO_SALE = "no_sale"  # neither a genuine code nor this journal proves the purchase
    TYPED_CARD = "typed_card"
    OTHER_CARD = "other_card"
    CARD_AGAIN = "card_again"  # the same card within the shop's days
    SPLIT = "split"  # parts that add up to more than one person may give alone
    JUST_UNDER = "just_under"  # a little less than what an approver would have to see
    OUT_OF_HOURS = "out_of_hours"
    ALONE = "alone"  # in a shop of one
    KEYPAD_REPLACED = "keypad_replaced"  # its tokens can't be compared with those before
    LOCKED_OUT = "locked_out"  # too many wrong passwords
    REPRINTED = "reprinted"
    PASSWORD_RESET = "password_reset"


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning: the record that it is about, and what stands there."""

    kind: Kind
    record: int
    operator: str
    stan: int = 0
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when somebody is: this terminal's day and minute of the day, in China's time."""

    day: date
    minute: int


def moment_of(wall: str) -> Moment | None:
    """Of a record's clock; None for a text that is no time."""
    try:
        here = datetime.fromisoformat(wall).astimezone(CHINA_TIME)
    except (ValueError, OverflowError):
        return None
    return Moment(here.date(), here.hour * 60 + here.minute)


# ---- a refund beside the books before it


def of_refund(
    books: Books, parameters: Parameters, intent: Intent, now: Moment | None
) -> tuple[Kind, ...]:
    """What is unusual about it, in the order of Kind. `books` don't hold it yet."""
    limit = parameters.approval_above_minor
    least = limit - limit * parameters.just_under_percent // 100
    grounds = (
        (Kind.NO_SALE, intent.original.source == "typed"),
        (Kind.TYPED_CARD, intent.entry == "M"),
        (Kind.OTHER_CARD, OTHER_CARD in intent.exceptions),
        (Kind.CARD_AGAIN, _is_card_again(books, parameters, intent, now)),
        (Kind.SPLIT, _is_split(books, limit, intent)),
        (Kind.JUST_UNDER, least < intent.amount_minor <= limit),
        (Kind.OUT_OF_HOURS, now is not None and not parameters.is_open(now.minute)),
        (Kind.ALONE, ALONE in intent.exceptions),
        (Kind.KEYPAD_REPLACED, OTHER_KEYPAD in intent.exceptions),
    )
    return tuple(kind for kind, applies in grounds if applies)


def _is_card_again(
    books: Books, parameters: Parameters, intent: Intent, now: Moment | None
) -> bool:
    last = iso_day(books.given.card_days.get(intent.token, ""))
    if last is None:
        return False
    here = max(date.fromisoformat(books.given.day), now.day if now else last)
    return (here - last).days < parameters.card_again_days


def _is_split(books: Books, limit: int, intent: Intent) -> bool:
    known = books.originals.get(intent.original.key)
    before = max(
        known.spent_minor if known else 0,
        books.given.by_card.get(intent.token, Tally()).amount_minor,
    )
    return intent.amount_minor <= limit < before + intent.amount_minor


# ---- all of the journal


def warnings(
    records: Iterable[StoredRecord], parameters: Parameters, first: int = 1
) -> tuple[Warned, ...]:
    """Everything to be looked at from record `first` on, in the order of the records.

    `records` are all of the journal in their order, read once. A refund counts when money moved or
    may have moved; a declined one tells nothing but its tries.
    """
    walk = _Walk(Books(), parameters)
    for record in records:
        walk.look_at(record)
    found = sorted(walk.all(), key=lambda warned: warned.record)
    return tuple(warned for warned in found if warned.record >= first)


class _Walk:
    """The books as they grow, what was noticed, and what is not certain yet."""

    def __init__(self, books: Books, parameters: Parameters) -> None:
        self.books, self.parameters = books, parameters
        self.found: list[Warned] = []
        self.open: dict[int, tuple[Warned, ...]] = {}  # by intent
        self.last_tries: dict[str, Warned] = {}  # by person: the last try, stored as locked
        self.key_name = ""

    def all(self) -> Iterator[Warned]:
        """What is open may have moved money; a try that was never answered is one."""
        yield from self.found
        for warned in self.open.values():
            yield from warned
        yield from self.last_tries.values()

    def look_at(self, record: StoredRecord) -> None:
        """One more record."""
        body = record.body
        match record.kind:
            case "intent":
                self._begun(record)
            case "password_asked":
                self._tried(record)
            case "password_right":
                self.last_tries.pop(body["number"], None)
            case "reprinted":
                self._reprinted(record)
            case "password_reset":
                self.found.append(Warned(Kind.PASSWORD_RESET, record.number, body["number"]))
        take_in(self.books, record)
        if record.kind in ("result", "settled"):
            self._ended(body["intent"])

    def _begun(self, record: StoredRecord) -> None:
        intent = Intent.from_body(record.body)
        if intent.operation not in REFUNDS:
            return
        kinds = of_refund(self.books, self.parameters, intent, moment_of(record.wall))
        if self._is_new_key(intent.token) and Kind.KEYPAD_REPLACED not in kinds:
            kinds = (*kinds, Kind.KEYPAD_REPLACED)
        self.open[record.number] = tuple(_warned(kind, record.number, intent) for kind in kinds)

    def _is_new_key(self, token: str) -> bool:
        before, self.key_name = self.key_name, token[:_KEY_NAME] or self.key_name
        return bool(before) and before != self.key_name

    def _ended(self, number: int) -> None:
        transaction = self.books.transaction(number)
        if transaction is None or transaction.outcome.unresolved:
            return
        warned = self.open.pop(number, ())
        if transaction.outcome.counts_as_spent:
            self.found += warned

    def _tried(self, record: StoredRecord) -> None:
        number, count = record.body["number"], record.body["count"]
        # One less than before: the question was left, it was no try.
        if count != self.books.people[number].tries.count - 1:
            self._locked(number)
        self.last_tries.pop(number, None)
        if record.body["locked_remaining_s"]:
            self.last_tries[number] = Warned(Kind.LOCKED_OUT, record.number, number)

    def _locked(self, number: str) -> None:
        if number in self.last_tries:
            self.found.append(self.last_tries.pop(number))

    def _reprinted(self, record: StoredRecord) -> None:
        done = self.books.transaction(record.body["intent"])
        stan, amount_minor = (done.intent.stan, done.moved_minor) if done else (0, 0)
        by = record.body.get("by", "")
        self.found.append(Warned(Kind.REPRINTED, record.number, by, stan, amount_minor))


def _warned(kind: Kind, number: int, intent: Intent) -> Warned:
    return Warned(kind, number, intent.operator, intent.stan, intent.amount_minor)

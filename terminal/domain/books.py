"""What the journal's records add up to: numbers, people, originals, what is unresolved.

A fold: `bookkeeping.take_in` takes records one after the other and nothing else changes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from terminal.domain.ceilings import Given
from terminal.domain.operators import is_locked
from terminal.domain.staff import Credential, Staff, no_staff
from terminal.domain.transaction import Outcome, Transaction

RECENT_MAX = 20
STAN_MAX = 999_999
STANS_KEPT = 1_000  # of a batch: for questions, sign-ins, its settlement and its upload
RECORDS_MAX = 999  # of a batch: the totals count in three digits (3.9)


@dataclass(slots=True)
class Spending:
    """One original: its amount, and what has been given back for certain."""

    amount_minor: int
    spent_minor: int = 0
    returns: int = 0  # how many of them that makes
    voided: bool = False
    host_says_less: bool = False  # it answered 13 or 61 to what seemed to remain here


@dataclass(slots=True)
class Totals:
    """One half of F48: debit is sales; credit is voids and refunds (3.9)."""

    debit_minor: int = 0
    debit_count: int = 0
    credit_minor: int = 0
    credit_count: int = 0


@dataclass(slots=True)
class SkippedUpload:
    """A message of the upload that a person has left out, and why it never went up."""

    item: int
    operator: str
    why: str


@dataclass(slots=True)
class Settling:
    """A settlement that was begun and is not over: how far it is, whatever happens between.

    `record` is where it was asked: up to there the batch is folded. `items` are the messages of the
    upload. The balances are empty until the host has answered; its figures are None without any.
    `asked` counts the questions: to none but the last is there an answer.
    `refusals` counts those of the message that is due, silence too; `refused_why` the last one's.
    """

    batch: int
    stan: int
    record: int
    operator: str
    totals: Totals
    foreign_totals: Totals
    wall: str
    asked: int = 1
    domestic: str = ""
    foreign: str = ""
    host_domestic: Totals | None = None
    host_foreign: Totals | None = None
    host_date: str = ""  # MMDD
    host_time: str = ""  # hhmmss
    items: int = 0
    items_done: int = 0
    ended: bool = False
    refusals: int = 0
    refused_why: str = ""
    skipped: list[SkippedUpload] = field(default_factory=list)

    @property
    def is_balanced(self) -> bool:
        """Both sides have counted the same."""
        return self.domestic == self.foreign == "balanced"


@dataclass(slots=True)
class SealedBatch:
    """A batch that is over, whose card numbers the keypad can still open, and its records."""

    batch: int
    first: int
    last: int


@dataclass(slots=True)
class Books:
    """The folded state. Flows read it; only the journal's owner applies records."""

    stan: int = 0  # the last one that was used
    batch: int = 0
    stans_in_batch: int = 0
    batch_records: int = 0  # that moved, or may have moved, money and are not settled
    batch_from: int = 1  # the first journal record of this batch
    totals: Totals = field(default_factory=Totals)  # of domestic cards
    foreign: Totals = field(default_factory=Totals)  # of foreign ones
    sales: dict[int, Transaction] = field(default_factory=dict)  # of this batch, by STAN
    set_up: bool = False
    signed_in: bool = False
    sign_in_wanted: str = "never"  # why, empty when it is not
    operator: str = ""  # who is logged on
    language: str = ""  # empty: as the parameters say
    trusted_day: str = ""  # ISO date of an authenticated answer
    refused: int = 0
    parameters_wanted: bool = False  # the host asks for a download
    downloaded: dict[str, int | bool | str] = field(default_factory=dict)  # by name
    people: dict[str, Credential] = field(default_factory=dict)
    staff: Staff = field(default_factory=no_staff)
    originals: dict[str, Spending] = field(default_factory=dict)
    given: Given = field(default_factory=Given)  # refunds, as the shop's ceilings count them
    unresolved: dict[int, Transaction] = field(default_factory=dict)
    recent: list[Transaction] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)  # the last refund that named each
    settling: Settling | None = None
    sealed: list[SealedBatch] = field(default_factory=list)  # their seals are to be destroyed

    @property
    def next_stan(self) -> int:
        """The number after the last one used; 999999 is followed by 000001."""
        return self.stan % STAN_MAX + 1

    @property
    def batch_is_full(self) -> bool:
        """No more money before the settlement; what is open can still be worked up."""
        return self.stans_in_batch >= STAN_MAX - STANS_KEPT or self.batch_records >= RECORDS_MAX

    @property
    def numbers_are_used_up(self) -> bool:
        """Another number would repeat one of this batch."""
        return self.stans_in_batch >= STAN_MAX

    def is_of_open_batch(self, transaction: Transaction) -> bool:
        """A host may give a batch number again: what came before this batch is none of it."""
        is_since = transaction.record >= self.batch_from
        return is_since and transaction.intent.batch == self.batch

    def pending_minor(self, key: str) -> int:
        """What may have been given back of an original: unresolved intents count as spent."""
        pending = (t for t in self.unresolved.values() if key and t.key == key)
        return sum(t.intent.amount_minor for t in pending)

    def remaining_minor(self, key: str, amount_minor: int) -> int:
        """Original − refunded − unresolved, as far as this terminal knows."""
        known = self.originals.get(key, Spending(amount_minor))
        return 0 if known.voided else amount_minor - known.spent_minor - self.pending_minor(key)

    def host_says_less(self, key: str) -> bool:
        """Whether the host has declined an amount that remained here: other tills gave it back."""
        return key in self.originals and self.originals[key].host_says_less

    def blocking(self, key: str, token: str, everything: bool) -> Transaction | None:
        """The unresolved transaction that stands in the way of this original or card."""
        for transaction in self.unresolved.values():
            is_same_card = token and transaction.intent.token == token
            if everything or (key and transaction.key == key) or is_same_card:
                return transaction
        return None

    def strike(self, undone: Transaction) -> None:
        """A sale that was reversed, or never paid, is no purchase: nothing is given back of it."""
        if undone.intent.operation == "sale" and undone.key:
            self.originals[undone.key] = Spending(undone.moved_minor, voided=True)

    @property
    def last(self) -> Transaction | None:
        """The newest transaction that has, or had, a slip."""
        had_one = (t for t in reversed(self.recent) if t.outcome is not Outcome.NOT_SENT)
        return next(had_one, None)

    def transaction(self, number: int) -> Transaction | None:
        """A recent or unresolved one by its record number."""
        found = self.unresolved.get(number)
        return found or next((t for t in self.recent if t.record == number), None)

    def notes_of(self, key: str) -> tuple[str, ...]:
        """What the host wrote beside this purchase, where its sale is still known here."""
        known = (*self.sales.values(), *self.recent)
        sales = (t for t in known if key and t.key == key and t.intent.operation == "sale")
        return next((sale.remarks for sale in sales), ())

    def keep(self, transaction: Transaction) -> None:
        """More is known of one that is open or recent; what became of it stays as it was."""
        self.recent = [transaction if t.record == transaction.record else t for t in self.recent]
        if transaction.record in self.unresolved:
            self.unresolved[transaction.record] = transaction

    def any_locked(self) -> bool:
        """Is anybody's lock running?"""
        return any(is_locked(c.tries) for c in self.people.values())


def iso_day(text: str) -> date | None:
    """The date of an ISO text, None for an empty one."""
    return date.fromisoformat(text) if text else None

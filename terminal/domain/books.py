"""What the journal's records add up to: numbers, people, originals, what is unresolved.

A fold: `Books.apply` takes records one after the other and nothing else ever changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from terminal.domain.operators import PasswordTries, after_right, elapsed, is_locked
from terminal.domain.transaction import Intent, Outcome, Transaction

RECENT_MAX = 20
STAN_MAX = 999_999


class StoredRecord(Protocol):
    """What the fold reads of a journal record."""

    @property
    def number(self) -> int: ...

    @property
    def kind(self) -> str: ...

    @property
    def body(self) -> Mapping[str, Any]: ...

    @property
    def wall(self) -> str: ...


@dataclass(slots=True)
class Credential:
    """How a person's password is checked, and how often it was asked for without success."""

    salt: str  # hex
    verifier: str  # hex
    cost: int
    tries: PasswordTries = field(default_factory=PasswordTries)


@dataclass(slots=True)
class Spending:
    """One original: its amount, and what has been given back for certain."""

    amount_minor: int
    spent_minor: int = 0


@dataclass(slots=True)
class Books:
    """The folded state. Flows read it; only the journal's owner applies records."""

    stan: int = 0  # the last one that was used
    batch: int = 0
    stans_in_batch: int = 0
    batch_records: int = 0  # that moved, or may have moved, money and are not settled
    set_up: bool = False
    signed_in: bool = False
    sign_in_wanted: str = "never"  # why, empty when it is not
    operator: str = ""  # who is logged on
    language: str = ""  # empty: as the parameters say
    trusted_day: str = ""  # ISO date of an authenticated answer
    refused: int = 0
    people: dict[str, Credential] = field(default_factory=dict)
    originals: dict[str, Spending] = field(default_factory=dict)
    unresolved: dict[int, Transaction] = field(default_factory=dict)
    recent: list[Transaction] = field(default_factory=list)

    def apply(self, record: StoredRecord) -> Books:
        """Take one more record in."""
        rule = _RULES.get(record.kind)
        if rule is not None:
            rule(self, record)
        return self

    @property
    def next_stan(self) -> int:
        """The number after the last one used; 999999 is followed by 000001."""
        return self.stan % STAN_MAX + 1

    @property
    def batch_is_full(self) -> bool:
        """Another number would repeat one of this batch."""
        return self.stans_in_batch >= STAN_MAX

    def pending_minor(self, key: str) -> int:
        """What may have been given back of an original: unresolved intents count as spent."""
        pending = (t.intent for t in self.unresolved.values())
        return sum(i.amount_minor for i in pending if i.original.key == key)

    def remaining_minor(self, key: str, amount_minor: int) -> int:
        """Original − refunded − unresolved, as far as this terminal knows."""
        known = self.originals.get(key)
        spent = known.spent_minor if known else 0
        return amount_minor - spent - self.pending_minor(key)

    def blocking(self, key: str, token: str, everything: bool) -> Transaction | None:
        """The unresolved transaction that stands in the way of this original or card."""
        for transaction in self.unresolved.values():
            intent = transaction.intent
            if everything or intent.original.key == key or (token and intent.token == token):
                return transaction
        return None

    @property
    def last(self) -> Transaction | None:
        """The newest transaction that has, or had, a slip."""
        return self.recent[-1] if self.recent else None

    def transaction(self, number: int) -> Transaction | None:
        """A recent or unresolved one by its record number."""
        found = self.unresolved.get(number)
        return found or next((t for t in self.recent if t.record == number), None)

    def any_locked(self) -> bool:
        """Is anybody's lock running?"""
        return any(is_locked(c.tries) for c in self.people.values())


def _put(books: Books, transaction: Transaction) -> None:
    record = transaction.record
    if transaction.outcome.unresolved:
        books.unresolved[record] = transaction
    else:
        books.unresolved.pop(record, None)
    kept = [t for t in books.recent if t.record != record]
    books.recent = (
        [*kept, transaction][-RECENT_MAX:] if transaction.outcome != Outcome.SENT else kept
    )


def _used_stan(books: Books, stan: int) -> None:
    books.stan = stan
    books.stans_in_batch += 1


def _boot(books: Books, record: StoredRecord) -> None:
    books.operator = ""
    for transaction in list(books.unresolved.values()):
        if transaction.outcome is Outcome.SENT:
            _put(books, replace(transaction, outcome=Outcome.UNKNOWN, detail="power"))


def _stan(books: Books, record: StoredRecord) -> None:
    _used_stan(books, record.body["stan"])


def _intent(books: Books, record: StoredRecord) -> None:
    intent = Intent.from_body(record.body)
    _used_stan(books, intent.stan)
    key = intent.original.key
    books.originals.setdefault(key, Spending(intent.original.amount_minor))
    books.batch_records += 1
    _put(books, Transaction(record.number, intent, wall=record.wall))


def _result(books: Books, record: StoredRecord) -> None:
    before = books.unresolved.get(record.body["intent"])
    if before is None:
        return
    after = before.with_result(record.body)
    if not after.outcome.counts_as_spent:
        books.batch_records -= 1
    elif not after.outcome.unresolved:
        books.originals[after.intent.original.key].spent_minor += after.moved_minor
    _put(books, after)
    if record.body.get("trusted_day"):
        books.trusted_day = record.body["trusted_day"]


def _printed(books: Books, record: StoredRecord) -> None:
    found = books.transaction(record.body["intent"])
    if found is not None:
        _keep(books, replace(found, printed=(*found.printed, record.body["slip"])))


def _reprinted(books: Books, record: StoredRecord) -> None:
    found = books.transaction(record.body["intent"])
    if found is not None:
        _keep(books, replace(found, copies=found.copies + 1))


def _keep(books: Books, transaction: Transaction) -> None:
    books.recent = [transaction if t.record == transaction.record else t for t in books.recent]
    if transaction.record in books.unresolved:
        books.unresolved[transaction.record] = transaction


def _signed_in(books: Books, record: StoredRecord) -> None:
    if record.body["batch"] != books.batch:
        books.batch, books.stans_in_batch = record.body["batch"], 0
        books.batch_records = 0
    books.signed_in, books.sign_in_wanted = True, ""


def _sign_in_wanted(books: Books, record: StoredRecord) -> None:
    books.signed_in, books.sign_in_wanted = False, record.body["why"]


def _password(books: Books, record: StoredRecord) -> None:
    body = record.body
    books.people[body["number"]] = Credential(body["salt"], body["verifier"], body["cost"])


def _password_asked(books: Books, record: StoredRecord) -> None:
    body = record.body
    tries = PasswordTries(body["count"], body["locked_remaining_s"])
    books.people[body["number"]].tries = tries


def _password_right(books: Books, record: StoredRecord) -> None:
    books.people[record.body["number"]].tries = after_right()


def _minute(books: Books, record: StoredRecord) -> None:
    for credential in books.people.values():
        credential.tries = elapsed(credential.tries, 1)


def _set_up(books: Books, record: StoredRecord) -> None:
    books.set_up = True


def _logon(books: Books, record: StoredRecord) -> None:
    books.operator = record.body["number"]


def _logoff(books: Books, record: StoredRecord) -> None:
    books.operator = ""


def _language(books: Books, record: StoredRecord) -> None:
    books.language = record.body["language"]


def _refused(books: Books, record: StoredRecord) -> None:
    books.refused += 1


_RULES: Mapping[str, Callable[[Books, StoredRecord], None]] = MappingProxyType(
    {
        "boot": _boot,
        "stan": _stan,
        "intent": _intent,
        "result": _result,
        "settled": _result,
        "printed": _printed,
        "reprinted": _reprinted,
        "signed_in": _signed_in,
        "sign_in_wanted": _sign_in_wanted,
        "password": _password,
        "password_asked": _password_asked,
        "password_right": _password_right,
        "minute": _minute,
        "set_up": _set_up,
        "logon": _logon,
        "logoff": _logoff,
        "language": _language,
        "refused": _refused,
    }
)


def iso_day(text: str) -> date | None:
    """The date of an ISO text, None for an empty one."""
    return date.fromisoformat(text) if text else None

"""Looking up what happened: transactions found again in the journal, in one pass over it.

A search holds what is open, the sales of the batch (a void may still follow) and the newest that
were found; never the whole journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from terminal.domain.bookkeeping import StoredRecord, take_in
from terminal.domain.books import Books
from terminal.domain.receipt_rows import day_of
from terminal.domain.transaction import Intent, Outcome, Transaction

MOST = 50


class State(StrEnum):
    """What became of a transaction, in a word."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    VOIDED = "voided"
    REVERSED = "reversed"
    NOT_SENT = "not_sent"
    NOT_DONE = "not_done"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; None leaves it open.

    The amount is what was asked or what moved; the day is the one on the slip.
    """

    stan: int | None = None
    last_four: str | None = None
    amount_minor: int | None = None
    day: date | None = None
    state: State | None = None


def find(
    records: Iterable[StoredRecord], query: Query, most: int = MOST
) -> tuple[Transaction, ...]:
    """The newest transactions that match, newest first, at most so many.

    `records` are all of the journal in their order, read once.
    """
    assert most > 0
    search = _Search(query, most)
    for record in records:
        _look_at(search, record)
    for sale in search.sales.values():
        _keep(search, sale, _plain_state(sale))
    for transaction in search.open.values():
        _keep(search, transaction, State.UNKNOWN)
    return tuple(search.found[number] for number in sorted(search.found, reverse=True))


def whole(records: Iterable[StoredRecord], number: int) -> Transaction | None:
    """The transaction whose intent is this record; None when it is none."""
    found: Transaction | None = None
    for record in records:
        if record.number == number:
            found = _begun(record) if record.kind == "intent" else None
        elif found is not None and _is_about(record, number):
            found = _after(found, record)
    return found


def every(records: Iterable[StoredRecord]) -> Iterator[Transaction]:
    """Each transaction once: when it is certain what became of it; then those that are open."""
    held: dict[int, Transaction] = {}
    for record in records:
        if record.kind == "intent":
            held[record.number] = _begun(record)
        for number in [n for n in _named_by(record, held) if n in held]:
            held[number] = _after(held[number], record)
            if not held[number].outcome.unresolved:
                yield held.pop(number)
    yield from held.values()


def of_batch(records: Iterable[StoredRecord], batch: int) -> tuple[Transaction, ...]:
    """All transactions of one batch in the order of the journal; holds that batch."""
    found: dict[int, Transaction] = {}
    for record in records:
        if record.kind == "intent" and record.body["batch"] == batch:
            found[record.number] = _begun(record)
        for number in [n for n in _named_by(record, found) if n in found]:
            found[number] = _after(found[number], record)
    return tuple(found.values())


def state_of(transaction: Transaction, books: Books) -> State:
    """Its state as the books know it: a sale may have been voided."""
    if transaction.intent.operation == "sale" and transaction.outcome.has_moved:
        spending = books.originals.get(transaction.purchase.key)
        if spending is not None and spending.voided:
            return State.VOIDED
    return _plain_state(transaction)


def _plain_state(transaction: Transaction) -> State:
    outcome = transaction.outcome
    if outcome.unresolved:
        return State.UNKNOWN
    if outcome in (Outcome.DONE_BY_HAND, Outcome.NOT_DONE_BY_HAND):
        return State.BY_HAND
    return State(outcome.value)


@dataclass(slots=True)
class _Search:
    query: Query
    most: int
    batch: int = 0
    open: dict[int, Transaction] = field(default_factory=dict)
    sales: dict[int, Transaction] = field(default_factory=dict)
    found: dict[int, Transaction] = field(default_factory=dict)


def _look_at(search: _Search, record: StoredRecord) -> None:
    if record.kind == "intent":
        search.open[record.number] = _begun(record)
    elif record.kind == "signed_in" and record.body["batch"] != search.batch:
        search.batch = record.body["batch"]
        _release_sales(search)
    for held in (search.open, search.sales, search.found):
        for number in [n for n in _named_by(record, held) if n in held]:
            held[number] = _after(held[number], record)
    if record.kind in ("result", "settled"):
        _close(search, record.body["intent"])


def _close(search: _Search, number: int) -> None:
    done = search.open.get(number)
    if done is None or done.outcome.unresolved:
        return
    del search.open[number]
    has_moved = done.outcome.has_moved
    if has_moved and done.intent.operation == "sale":
        search.sales[number] = done
        return
    if has_moved and done.intent.operation == "void":
        _void(search, done.intent.original.key)
    _keep(search, done, _plain_state(done))


def _void(search: _Search, key: str) -> None:
    for number in [n for n, sale in search.sales.items() if sale.purchase.key == key]:
        _keep(search, search.sales.pop(number), State.VOIDED)


def _release_sales(search: _Search) -> None:
    """A sale of a closed batch can't be voided any more, but for a void that is still open."""
    voids = [t.intent for t in search.open.values() if t.intent.operation == "void"]
    waited_for = {intent.original.key for intent in voids}
    for number, sale in list(search.sales.items()):
        if sale.purchase.key not in waited_for:
            _keep(search, search.sales.pop(number), _plain_state(sale))


def _keep(search: _Search, transaction: Transaction, state: State) -> None:
    if not _matches(transaction, state, search.query):
        return
    search.found[transaction.record] = transaction
    if len(search.found) > search.most:
        del search.found[min(search.found)]


def _matches(transaction: Transaction, state: State, query: Query) -> bool:
    intent = transaction.intent
    amounts = (None, intent.amount_minor, transaction.moved_minor)
    return (
        query.stan in (None, intent.stan)
        and (query.last_four is None or intent.card[-4:] == query.last_four)
        and query.amount_minor in amounts
        and (query.day is None or day_of(transaction) == query.day)
        and query.state in (None, state)
    )


# ---- what one record says of one transaction


def _begun(record: StoredRecord) -> Transaction:
    return Transaction(record.number, Intent.from_body(record.body), wall=record.wall)


def _is_about(record: StoredRecord, number: int) -> bool:
    return record.kind == "boot" or record.body.get("intent") == number


def _named_by(record: StoredRecord, held: Iterable[int]) -> Iterable[int]:
    """The numbers that a record may say something of: a boot of all."""
    number = record.body.get("intent")
    return tuple(held) if record.kind == "boot" else () if number is None else (number,)


def _after(transaction: Transaction, record: StoredRecord) -> Transaction:
    body, is_open = record.body, transaction.outcome.unresolved
    match record.kind:
        case "result" | "settled" if is_open:
            return transaction.with_result(body)
        case "reversal_try" if is_open:
            return replace(transaction, reversal_tries=body["number"])
        case "printed":
            return replace(transaction, printed=(*transaction.printed, body["slip"]))
        case "reprinted":
            return replace(transaction, copies=transaction.copies + 1)
        case "boot" | "reversal_early" | "recovery_try" | "recovery_answer" if is_open:
            # What these leave of it is the books' own rule.
            books = Books(unresolved={transaction.record: transaction})
            return take_in(books, record).unresolved[transaction.record]
    return transaction

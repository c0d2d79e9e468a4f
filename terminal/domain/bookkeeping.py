"""The fold: what each kind of journal record does to the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from terminal.domain import ceilings, downloaded, recovery_records, same_again, settling, staff
from terminal.domain.books import RECENT_MAX, Books, Spending, Totals
from terminal.domain.transaction import Intent, Outcome, Transaction

REVERSIBLE = frozenset({"sale", "void"})
HOST_SAYS_LESS = frozenset({"13", "61"})


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


def take_in(books: Books, record: StoredRecord) -> Books:
    """Take one more record in; a kind that says nothing of the books changes nothing."""
    rule = _RULES.get(record.kind)
    if rule is not None:
        rule(books, record)
    return books


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


def _boot(books: Books, record: StoredRecord) -> None:
    books.operator = ""
    for transaction in list(books.unresolved.values()):
        if transaction.outcome is Outcome.SENT:
            _put(books, _after_power_cut(transaction))


def _after_power_cut(transaction: Transaction) -> Transaction:
    # The intent is the reversal record of a sale or void; its default reason is 06 (3.6).
    if transaction.intent.operation in REVERSIBLE:
        outcome = Outcome.TO_REVERSE
        return replace(transaction, outcome=outcome, reversal_reason="06", detail="power")
    return replace(transaction, outcome=Outcome.UNKNOWN, detail="power")


def _stan(books: Books, record: StoredRecord) -> None:
    settling.use_stan(books, record.body["stan"])


def _intent(books: Books, record: StoredRecord) -> None:
    intent = Intent.from_body(record.body)
    settling.use_stan(books, intent.stan)
    key = intent.original.key
    if intent.operation != "sale" and key:
        books.originals.setdefault(key, Spending(intent.original.amount_minor))
    books.batch_records += 1
    begun = Transaction(record.number, intent, wall=record.wall)
    same_again.note_document(books, begun)
    _put(books, begun)


def _result(books: Books, record: StoredRecord) -> None:
    before = books.unresolved.get(record.body["intent"])
    if before is None:
        return
    after = before.with_result(record.body)
    ceilings.begin_day(books, after.trusted_day)
    if not after.outcome.counts_as_spent:
        _not_in_batch(books, after)
        same_again.forget_document(books, after)
    elif after.outcome.has_moved:
        _moved(books, after)
    if after.outcome in (Outcome.REVERSED, Outcome.NOT_DONE_BY_HAND):
        books.strike(after)
    _put(books, after)
    known = books.originals.get(after.intent.original.key)
    if known and after.response_code in HOST_SAYS_LESS and after.outcome is Outcome.DECLINED:
        known.host_says_less = True
    if record.body.get("trusted_day"):
        books.trusted_day = record.body["trusted_day"]


def _not_in_batch(books: Books, undone: Transaction) -> None:
    if books.is_of_open_batch(undone):
        books.batch_records -= 1


def _moved(books: Books, done: Transaction) -> None:
    """Money has moved for certain: original, totals and the list of sales know it."""
    operation = done.intent.operation
    if operation == "sale":
        if books.is_of_open_batch(done):  # no other can be voided
            books.sales[done.intent.stan] = done
        if done.key:  # what a person found on the acquirer's list may have no number here
            books.originals[done.key] = Spending(done.moved_minor)
    elif operation == "void":
        known = books.originals.get(done.intent.original.key)
        if known is not None:  # none where the host has given the sale no number
            known.voided = True
    else:
        _give_back(books, done)
    if books.is_of_open_batch(done):
        count(books.foreign if done.is_foreign else books.totals, done)


def _give_back(books: Books, done: Transaction) -> None:
    known = books.originals.get(done.intent.original.key)
    if known is not None:
        known.spent_minor += done.moved_minor
        known.returns += 1
    ceilings.count(books, done)


def count(totals: Totals, done: Transaction) -> None:
    """Its money has moved: a voided sale stays in debit, its void adds to credit (3.9)."""
    if done.intent.operation == "sale":
        totals.debit_minor += done.moved_minor
        totals.debit_count += 1
    else:
        totals.credit_minor += done.moved_minor
        totals.credit_count += 1


def _reversal_try(books: Books, record: StoredRecord) -> None:
    found = books.unresolved.get(record.body["intent"])
    if found is not None:
        _put(books, replace(found, reversal_tries=record.body["number"]))


def _reversal_early(books: Books, record: StoredRecord) -> None:
    """The host could not have seen the message yet: this copy of the reversal was no try."""
    found = books.unresolved.get(record.body["intent"])
    if found is not None:
        tries = max(0, found.reversal_tries - 1)
        _put(books, replace(found, reversal_tries=tries, reversal_early=True))


def _printed(books: Books, record: StoredRecord) -> None:
    found = books.transaction(record.body["intent"])
    if found is not None:
        books.keep(replace(found, printed=(*found.printed, record.body["slip"])))


def _reprinted(books: Books, record: StoredRecord) -> None:
    found = books.transaction(record.body["intent"])
    if found is not None:
        books.keep(replace(found, copies=found.copies + 1))


def _signed_in(books: Books, record: StoredRecord) -> None:
    if record.body["batch"] != books.batch:
        settling.begin_batch(books, record.body["batch"], record.number)
    books.signed_in, books.sign_in_wanted = True, ""
    ceilings.begin_day(books, record.body.get("day", ""))


def _sign_in_wanted(books: Books, record: StoredRecord) -> None:
    books.signed_in, books.sign_in_wanted = False, record.body["why"]


def _set_up(books: Books, record: StoredRecord) -> None:
    books.set_up = True


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
        "reversal_try": _reversal_try,
        "reversal_early": _reversal_early,
        "printed": _printed,
        "reprinted": _reprinted,
        "signed_in": _signed_in,
        "sign_in_wanted": _sign_in_wanted,
        "set_up": _set_up,
        "language": _language,
        "refused": _refused,
        **recovery_records.RULES,
        **settling.RULES,
        **downloaded.RULES,
        **staff.RULES,
    }
)

"""Is this the refund that was just given? Asked, never refused: two equal returns may be honest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from terminal.domain.transaction import REFUNDS, Transaction

if TYPE_CHECKING:
    from terminal.domain.books import Books

DOCUMENTS_MAX: Final = 500  # older ones are forgotten


def equal_refund(
    books: Books, key: str, amount_minor: int, is_recent: Callable[[int], bool]
) -> Transaction | None:
    """The newest refund of this purchase and amount that moved, or may have moved, money.

    `is_recent` says of an intent's record whether it was stored within the shop's minutes.
    """
    known = [*books.unresolved.values(), *reversed(books.recent)]
    same = (t for t in known if _is_refund(t) and t.key == key and _asked(t) == amount_minor)
    return next((t for t in same if is_recent(t.record)), None)


def _is_refund(transaction: Transaction) -> bool:
    is_refund = transaction.intent.operation in REFUNDS
    return is_refund and transaction.outcome.counts_as_spent and bool(transaction.key)


def _asked(transaction: Transaction) -> int:
    return transaction.intent.amount_minor


def note_document(books: Books, begun: Transaction) -> None:
    """A refund names this document: the next one that does is asked about."""
    if begun.intent.document and begun.intent.operation in REFUNDS:
        kept = {d: n for d, n in books.documents.items() if d != begun.intent.document}
        newest = list(kept.items())[-(DOCUMENTS_MAX - 1) :]
        books.documents = {**dict(newest), begun.intent.document: begun.record}


def forget_document(books: Books, nothing_moved: Transaction) -> None:
    """That refund came to nothing: whoever tries again is not asked."""
    if books.documents.get(nothing_moved.intent.document) == nothing_moved.record:
        del books.documents[nothing_moved.intent.document]

"""Slips that the shop should have on paper and has not: printer or power kept them."""

from __future__ import annotations

from terminal.domain.books import Books
from terminal.domain.receipt_words import Copy
from terminal.domain.transaction import Outcome, Transaction


def slips_owed(books: Books) -> tuple[Transaction, ...]:
    """The recent approvals without the shop's copy, oldest first."""
    return tuple(done for done in books.recent if _is_owed(done))


def _is_owed(done: Transaction) -> bool:
    is_approved = done.outcome is Outcome.APPROVED
    return is_approved and Copy.MERCHANT.value not in done.printed

"""Whether a sale can be voided: same day and batch, whole, and nothing else done to it (6.1)."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

from terminal.domain.books import Books
from terminal.domain.parameters import Parameters
from terminal.domain.transaction import Transaction

RRN_CHARACTERS: Final = 12  # F37 names the sale in the message


class VoidRefused(Enum):
    """Why a sale can't be voided here."""

    NOT_FOUND = "not_found"
    NO_REFERENCE = "no_reference"  # its answer never came: a person settled it as paid
    OTHER_DAY = "other_day"
    VOIDED = "voided"
    UNRESOLVED = "unresolved"
    RETURNED = "returned"


def sale_of(books: Books, key: str) -> Transaction | None:
    """The approved sale of this batch that is counted under this key."""
    return next((sale for sale in books.sales.values() if sale.purchase.key == key), None)


def void_refusal(books: Books, sale: Transaction | None, today: date) -> VoidRefused | None:
    """Why not; None when it may be asked of the host. `sale` is one of the books' sales."""
    if sale is None:
        return VoidRefused.NOT_FOUND
    if len(sale.rrn) != RRN_CHARACTERS:
        return VoidRefused.NO_REFERENCE
    purchase = sale.purchase
    known = books.originals.get(purchase.key)
    if known is not None and known.voided:
        return VoidRefused.VOIDED
    if purchase.day != today:
        return VoidRefused.OTHER_DAY
    if books.blocking(purchase.key, sale.intent.token, everything=False) is not None:
        return VoidRefused.UNRESOLVED
    has_returns = known is not None and known.spent_minor > 0
    return VoidRefused.RETURNED if has_returns else None


def needs_approver(parameters: Parameters, amount_minor: int) -> bool:
    """Whether somebody else has to agree to a void of this amount."""
    if parameters.void_approval == "above_limit":
        return amount_minor > parameters.approval_above_minor
    return parameters.void_approval == "always"

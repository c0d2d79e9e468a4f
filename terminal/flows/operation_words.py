"""What each operation that moves money is called on the screens, and how its ends are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Words:
    """`name` begins the names of its screens; `done` stands under an approval, `nothing_moved`
    under whatever ended without money; `found_done` or not is what a person found out."""

    name: str
    title: Text
    amount: Text
    approved: Text
    done: Text
    nothing_moved: Text
    again: Text
    refused: Text
    cancelled: Text
    expired: Text
    found_done: Text
    found_not_done: Text


_REFUND = Words(
    name="refund",
    title=Text.TITLE_REFUND,
    amount=Text.LABEL_AMOUNT,
    approved=Text.TITLE_APPROVED,
    done=Text.MONEY_GIVEN_BACK,
    nothing_moved=Text.NO_MONEY_MOVED,
    again=Text.NOT_SENT_DO,
    refused=Text.TITLE_REFUSED,
    cancelled=Text.LEFT_BY_KEY,
    expired=Text.LEFT_BY_TIME,
    found_done=Text.SETTLE_DONE,
    found_not_done=Text.SETTLE_NOT_DONE,
)
WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "refund": _REFUND,
        "qr_refund": _REFUND,
        "sale": Words(
            name="sale",
            title=Text.TITLE_SALE,
            amount=Text.LABEL_SALE,
            approved=Text.TITLE_SALE_DONE,
            done=Text.SALE_PAID,
            nothing_moved=Text.NO_MONEY_MOVED,
            again=Text.SALE_AGAIN,
            refused=Text.SALE_NOT_POSSIBLE,
            cancelled=Text.SALE_CANCELLED,
            expired=Text.SALE_EXPIRED,
            found_done=Text.SETTLE_PAID,
            found_not_done=Text.SETTLE_NOT_PAID,
        ),
        "void": Words(
            name="void",
            title=Text.TITLE_VOID,
            amount=Text.LABEL_VOID,
            approved=Text.TITLE_VOID_DONE,
            done=Text.VOID_DONE,
            nothing_moved=Text.SALE_STANDS,
            again=Text.VOID_AGAIN,
            refused=Text.TITLE_NO_VOID,
            cancelled=Text.VOID_CANCELLED,
            expired=Text.VOID_EXPIRED,
            found_done=Text.SETTLE_VOIDED,
            found_not_done=Text.SETTLE_NOT_VOIDED,
        ),
    }
)


def words(operation: str) -> Words:
    """The words of an intent's operation."""
    return WORDS[operation]

"""What the records of recovery do to an unknown refund: a try that left, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from terminal.domain.books import Books
from terminal.domain.ceilings import begin_day
from terminal.domain.settling import use_stan
from terminal.domain.transaction import Transaction

if TYPE_CHECKING:
    from terminal.domain.bookkeeping import StoredRecord

# `finding` of a try that is no answer to its question.
EARLY: Final = "early"  # "not found" within the message life
IMPOSSIBLE: Final = "impossible"  # nothing can be sent: the card can't be opened any more
UNSENT: Final = frozenset({"not_sent", "keypad"})  # certain that this copy never left


def _try(books: Books, record: StoredRecord) -> None:
    """Counted before it leaves. A question uses up a number of its own, a copy has its intent's."""
    body = record.body
    if "stan" in body:
        use_stan(books, body["stan"])
    found = books.unresolved.get(body["intent"])
    if found is not None:
        books.keep(replace(_at_step(found, body["step"]), recovery_tries=body["number"]))


def _at_step(found: Transaction, step: str) -> Transaction:
    """A step that is new has nothing of the one before; its tries are the record's to say."""
    if found.recovery_step == step:
        return found
    begun = replace(found, recovery_step=step, not_found=0)
    return replace(begun, recovery_over=False, recovery_early=False)


def _answer(books: Books, record: StoredRecord) -> None:
    """Not final: how many tries and "not found" stand now."""
    body = record.body
    found = books.unresolved.get(body["intent"])
    if found is not None:
        told = replace(
            _at_step(found, body["step"]),
            recovery_tries=body["tries"],
            not_found=body["not_found"],
            recovery_early=body["finding"] == EARLY,
            recovery_over=body["finding"] == IMPOSSIBLE,
        )
        books.keep(told)
    if body.get("trusted_day"):
        books.trusted_day = body["trusted_day"]
        begin_day(books, body["trusted_day"])


RULES: Mapping[str, Callable[[Books, Any], None]] = MappingProxyType(
    {"recovery_try": _try, "recovery_answer": _answer}
)

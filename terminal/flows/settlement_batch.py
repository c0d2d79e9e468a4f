"""The batch that is being settled, as it stood when it was asked: plan of the upload, and slip."""

from __future__ import annotations

from terminal.domain.books import SkippedUpload
from terminal.domain.facts import Facts
from terminal.domain.history import of_batch
from terminal.domain.settlement import (
    Balance,
    NotUploaded,
    SettledBatch,
    UploadItem,
    batch_totals,
    done_by_hand_of,
    unresolved_of,
    upload_count,
    upload_plan,
)
from terminal.domain.settling import CARD_SHUT, QUESTION
from terminal.domain.transaction import Transaction


def transactions(facts: Facts) -> tuple[Transaction, ...]:
    """Those of the batch, folded up to the question: later records change no plan."""
    settling, history = facts.books.settling, facts.history
    assert settling is not None
    if history is None:
        return ()
    first = facts.books.batch_from if facts.books.batch == settling.batch else 1
    return of_batch(history.records(first, settling.record), settling.batch)


def plan(facts: Facts) -> tuple[UploadItem, ...]:
    """All messages of the upload but its end, in their order."""
    return upload_plan(transactions(facts))


def sent_up(facts: Facts) -> tuple[UploadItem, ...]:
    """The plan without what a person has left out."""
    settling = facts.books.settling
    assert settling is not None
    left_out = {skipped.item for skipped in settling.skipped}
    if QUESTION in left_out:
        return ()
    return tuple(item for item in plan(facts) if item.number not in left_out)


def end_follows_balance(facts: Facts) -> bool:
    """Is the end sent when the totals match, too (profile 8)?"""
    return facts.profile.upload_end == "always"


def settled_batch(facts: Facts) -> SettledBatch:
    """All that the settlement slip says."""
    settling, every = facts.books.settling, transactions(facts)
    assert settling is not None
    operator = facts.parameters.person(settling.operator)
    return SettledBatch(
        batch=settling.batch,
        stan=settling.stan,
        operator=settling.operator,
        operator_name=operator.name if operator else "",
        totals=batch_totals(settling.totals, every, settling.foreign_totals),
        domestic=Balance(settling.domestic),
        foreign=Balance(settling.foreign),
        host_domestic=settling.host_domestic,
        host_foreign=settling.host_foreign,
        uploaded=None if settling.is_balanced else upload_count(sent_up(facts)),
        unresolved=(*_older(facts, every), *unresolved_of(every)),
        by_hand=done_by_hand_of(every),
        not_uploaded=_not_uploaded(facts, settling.skipped),
        wall=settling.wall,
        host_date=settling.host_date,
        host_time=settling.host_time,
    )


def _not_uploaded(facts: Facts, skipped: list[SkippedUpload]) -> tuple[NotUploaded, ...]:
    of_item = {item.number: item.transactions for item in plan(facts)}
    return tuple(_left_out(facts, of_item.get(one.item, ()), one) for one in skipped)


def _left_out(facts: Facts, every: tuple[Transaction, ...], one: SkippedUpload) -> NotUploaded:
    person = facts.parameters.person(one.operator)
    why = "" if one.why == CARD_SHUT else one.why
    return NotUploaded(
        every, one.operator, person.name if person else "", why, one.item == QUESTION
    )


def _older(facts: Facts, every: tuple[Transaction, ...]) -> tuple[Transaction, ...]:
    here = {t.record for t in every}  # an earlier batch may have had the same number
    return tuple(t for number, t in facts.books.unresolved.items() if number not in here)

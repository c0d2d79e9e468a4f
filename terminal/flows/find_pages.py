"""One transaction, or the totals of the batch, on pages of at most six rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from terminal.domain.card import short_card
from terminal.domain.facts import Facts
from terminal.domain.history import State, state_of
from terminal.domain.money import Amount
from terminal.domain.receipt_rows import printed_time
from terminal.domain.settlement import BatchTotals
from terminal.domain.transaction import Transaction
from terminal.ui.screens import Content, Fact, Value, say
from terminal.ui.text import Text

Page = tuple[Content, ...]

STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.APPROVED: Text.STATE_APPROVED,
        State.DECLINED: Text.STATE_DECLINED,
        State.UNKNOWN: Text.STATE_UNKNOWN,
        State.VOIDED: Text.STATE_VOIDED,
        State.REVERSED: Text.STATE_REVERSED,
        State.NOT_SENT: Text.STATE_NOT_SENT,
        State.NOT_DONE: Text.STATE_NOT_DONE,
        State.BY_HAND: Text.STATE_BY_HAND,
    }
)
OPERATIONS: Mapping[str, Text] = MappingProxyType(
    {
        "sale": Text.MENU_SALE,
        "void": Text.MENU_VOID,
        "refund": Text.MENU_REFUND,
        "qr_refund": Text.MENU_QR_REFUND,
    }
)


def pages_of(done: Transaction, facts: Facts) -> tuple[Page, ...]:
    """All that is known of one transaction; a page with nothing on it is left out."""
    pages = (
        tuple(_what(done, facts)),
        tuple(_references(done)),
        tuple(_decision(done, facts)),
        tuple(_people(done, facts)),
    )
    return tuple(page for page in pages if page)


def _what(done: Transaction, facts: Facts) -> Iterator[Content]:
    yield Fact(Text.LABEL_STAN, f"{done.intent.stan:06d}")
    yield Fact(Text.LABEL_MOVED, Amount(done.moved_minor))
    yield from _fact(Text.LABEL_CARD, short_card(done.intent.card))
    yield Fact(Text.LABEL_STATE, STATES[state_of(done, facts.books)])
    # Day and time without the year: one row.
    yield from _fact(Text.LABEL_TIME, printed_time(done)[5:])


def _references(done: Transaction) -> Iterator[Content]:
    original = done.intent.original
    yield Fact(Text.LABEL_BATCH, f"{done.intent.batch:06d}")
    yield from _fact(Text.LABEL_REFERENCE, done.rrn)
    if done.intent.operation == "sale":
        yield from _fact(Text.LABEL_AUTH_CODE, done.auth_code)
        return
    yield from _fact(Text.LABEL_ORIGINAL_REFERENCE, original.rrn or original.voucher)
    yield Fact(Text.LABEL_DATE, f"{original.day:%Y-%m-%d}")
    yield Fact(Text.LABEL_ORIGINAL, Amount(original.amount_minor))


def _decision(done: Transaction, facts: Facts) -> Iterator[Content]:
    reason = facts.parameters.reason(done.intent.reason)
    yield from _fact(Text.LABEL_REASON, reason.phrase if reason else done.intent.reason)
    yield from _fact(Text.LABEL_DOCUMENT, done.intent.document)
    yield from _fact(Text.LABEL_ANSWER, done.response_code)
    if done.copies:
        yield Fact(Text.LABEL_COPIES, done.copies)


def _people(done: Transaction, facts: Facts) -> Iterator[Content]:
    yield from _fact(Text.LABEL_OPERATOR, _person(done.intent.operator, facts))
    second = done.settled_by or done.intent.approver
    label = Text.LABEL_SETTLED_BY if done.settled_by else Text.LABEL_APPROVER
    yield from _fact(label, _person(second, facts))
    yield from _fact(Text.LABEL_SECOND_APPROVER, _person(done.intent.second_approver, facts))
    if not done.intent.original.is_known:
        yield say(Text.FOUND_NO_ORIGINAL)


def _person(number: str, facts: Facts) -> str:
    found = facts.parameters.person(number)
    return f"{number} {found.name}" if found else number


def _fact(label: Text, value: Value) -> Iterator[Fact]:
    if value:
        yield Fact(label, value)


def totals_pages(totals: BatchTotals, unresolved: int) -> tuple[Page, ...]:
    """First what the settlement will ask about, then each operation of the batch."""
    ours = totals.domestic
    first = (
        Fact(Text.LABEL_SALES, ours.debit_count),
        Fact(Text.LABEL_MOVED, Amount(ours.debit_minor)),
        Fact(Text.LABEL_RETURNS, ours.credit_count),
        Fact(Text.LABEL_MOVED, Amount(ours.credit_minor)),
    )
    operations = tuple(
        (Fact(OPERATIONS[o.operation], o.count), Fact(Text.LABEL_MOVED, Amount(o.amount_minor)))
        for o in totals.operations
    )
    open_ones = ((Fact(Text.LABEL_UNRESOLVED, unresolved),),) if unresolved else ()
    return (first, *operations, *open_ones)

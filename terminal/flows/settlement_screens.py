"""What a settlement shows: the totals before it, how far it is, why it waits, that it is over."""

from __future__ import annotations

from terminal.domain.money import Amount
from terminal.domain.transaction import six_digits
from terminal.flows import settlement_skip
from terminal.flows.settlement_case import Settlement
from terminal.ui.screens import Confirm, Content, Fact, Message, Progress, Say, Screen, say
from terminal.ui.text import Text

TITLE = say(Text.TITLE_SETTLEMENT)


def confirm(c: Settlement) -> Screen:
    """Counts and sums as F48 will have them, and how many are in no sum."""
    books = c.facts.books
    home, foreign, count = books.totals, books.foreign, len(books.unresolved)
    lines: tuple[Content, ...] = (
        Fact(Text.LABEL_BATCH, six_digits(books.batch)),
        Fact(Text.LABEL_SALES, home.debit_count + foreign.debit_count),
        Fact(Text.LABEL_SUM, Amount(home.debit_minor + foreign.debit_minor).plain),
        Fact(Text.LABEL_RETURNS, home.credit_count + foreign.credit_count),
        Fact(Text.LABEL_SUM, Amount(home.credit_minor + foreign.credit_minor).plain),
        *((say(Text.PENDING_COUNT, count=count),) if count else ()),
    )
    return Confirm("settlement.confirm", TITLE, lines, say(Text.HINT_SETTLE_NOW))


def waiting(c: Settlement) -> Screen:
    """The host is asked."""
    lines = (say(Text.TALKING_TO_HOST), say(Text.HINT_WAIT))
    return Progress("settlement.wait", TITLE, lines)


def _why(c: Settlement) -> tuple[Say, ...]:
    return (c.why,) if c.why else ()


def stuck(c: Settlement) -> Screen:
    """It goes on where it stands, or past it by hand; until then no money moves."""
    sign_in = () if c.facts.books.signed_in else (say(Text.REVERSAL_SIGN_IN),)
    lines = (*_why(c), *sign_in, say(Text.SETTLE_WAITS, batch=six_digits(c.now.batch)))
    return Message("settlement.stuck", TITLE, lines, say(_hint(c)))


def _hint(c: Settlement) -> Text:
    if not c.facts.books.signed_in:
        return Text.HINT_SIGN_IN
    may_skip = settlement_skip.may_skip(c, None)
    return Text.HINT_GO_ON_OR_SKIP if may_skip else Text.HINT_GO_ON


def stopped(c: Settlement) -> Screen:
    """It has not begun."""
    if c.facts.books.signed_in:
        return Message("settlement.refused", TITLE, _why(c), say(Text.HINT_ENTER))
    # An answer that wants it has one at once; before the question one was tried already.
    is_next = c.request is not None
    lines = (*_why(c), say(Text.REVERSAL_SIGN_IN if is_next else Text.SIGN_IN_FIRST))
    hint = say(Text.HINT_SIGN_IN if is_next else Text.HINT_ENTER)
    return Message("settlement.refused", TITLE, lines, hint)


def told(c: Settlement) -> Screen:
    """The batch is over."""
    return Message("settlement.done", TITLE, _why(c), say(Text.HINT_ENTER))

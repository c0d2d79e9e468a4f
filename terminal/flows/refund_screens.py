"""What a refund shows, state by state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from terminal.domain.money import Amount, typed_amount
from terminal.domain.receipt_rows import without_pan
from terminal.domain.recovering import is_recovered
from terminal.domain.refund_policy import days_left
from terminal.domain.transaction import Outcome
from terminal.flows.refund_case import Refund
from terminal.flows.refund_lines import error_or, payee
from terminal.ui.host_text import host_text
from terminal.ui.screens import Confirm, Content, Fact, Menu, Message, Progress, Prompt, Screen, say
from terminal.ui.text import Text


def amount(c: Refund) -> Screen:
    """What was paid, what remains, how many days are left; all of it is one key."""
    window = c.facts.parameters.window_days(c.facts.profile.refund_window_days)
    lines = error_or(
        c,
        *(() if c.error else (_purchase(c),)),  # large amounts leave no room for both
        Fact(Text.LABEL_REMAINS, Amount(c.remaining_minor)),
        Fact(Text.LABEL_DAYS_LEFT, days_left(c.purchase.day, c.facts.today, window)),
    )
    typed = Amount(typed_amount(c.entry)).plain if c.entry else ""
    hint = say(Text.FULL_OR_TYPE)
    return Prompt("refund.amount", say(Text.TITLE_AMOUNT), lines, typed, hint)


def _purchase(c: Refund) -> Content:
    """What was paid; more important: that the remainder below is only what is known here."""
    if c.facts.books.host_says_less(c.purchase.key):
        return say(Text.HOST_SAYS_LESS)
    return Fact(Text.LABEL_ORIGINAL, Amount(c.purchase.amount_minor))


def reason(c: Refund) -> Screen:
    """The shop's list."""
    items = tuple(say(r.phrase) for r in c.facts.parameters.reasons)
    return Menu("refund.reason", say(Text.TITLE_REASON), items, c.picked)


def document(c: Refund) -> Screen:
    """A document or evidence number."""
    lines = error_or(c, say(Text.TYPE_DOCUMENT))
    hint = say(Text.HINT_ALPHA)
    return Prompt("refund.document", say(Text.TITLE_REFUND), lines, without_pan(c.entry), hint)


def confirm(c: Refund) -> Screen:
    """The last look before the money moves."""
    assert c.reason is not None
    approver: tuple[Content, ...] = ()
    if c.approver:
        both = ", ".join(filter(None, (c.approver, c.second_approver)))
        approver = (Fact(Text.LABEL_APPROVER, both),)
    lines = (
        Fact(Text.LABEL_AMOUNT, Amount(c.amount_minor)),
        payee(c),
        Fact(Text.LABEL_REFERENCE, c.purchase.rrn),
        Fact(Text.LABEL_REASON, c.reason.phrase),
        *approver,
    )
    return Confirm("refund.confirm", say(Text.TITLE_CONFIRM), lines, say(Text.HINT_SEND))


def stopped(c: Refund) -> Screen:
    """Why it is not possible here, or who left it."""
    return _left(c) if c.left else _refused(c)


def _refused(c: Refund) -> Screen:
    assert c.error is not None
    what = c.error.text
    do_next = (say(DO_NEXT[what]),) if isinstance(what, Text) and what in DO_NEXT else ()
    lines = (c.error, say(Text.NO_MONEY_MOVED), *do_next)
    hint = say(Text.HINT_PHONE, phone=_phone(c))
    return Message("refund.refused", say(Text.TITLE_REFUSED), lines, hint)


def _left(c: Refund) -> Screen:
    assert c.error is not None
    lines = (c.error, say(Text.NO_MONEY_MOVED), say(Text.BEGIN_AGAIN))
    hint = say(Text.HINT_PHONE, phone=_phone(c))
    return Message("refund.cancelled", say(Text.TITLE_CANCELLED), lines, hint)


DO_NEXT: Mapping[Text, Text] = MappingProxyType(
    {
        Text.REFUSED_NOT_SIGNED_IN: Text.SIGN_IN_FIRST,
        Text.REFUSED_UNRESOLVED: Text.SETTLE_OTHER_FIRST,
    }
)


def told(c: Refund) -> Screen:
    """What became of it, when it was not approved."""
    assert c.done is not None
    return TOLD[c.done.outcome](c)


def _phone(c: Refund) -> str:
    return c.facts.parameters.service_phone


def _declined(c: Refund) -> Screen:
    assert c.done is not None
    text = host_text(c.done.response_code)
    next_step = say(text.do_next, phone=_phone(c))
    if c.facts.books.sign_in_wanted:
        next_step = say(Text.SIGN_IN_THEN_AGAIN)
    title = say(Text.TITLE_DECLINED, code=c.done.response_code)
    lines = (say(text.what), say(Text.NO_MONEY_MOVED), next_step)
    return Message("refund.declined", title, lines, say(Text.HINT_PHONE, phone=_phone(c)))


def _unknown(c: Refund) -> Screen:
    assert c.done is not None
    stan = f"{c.done.intent.stan:06d}"
    is_asked = is_recovered(c.facts, c.done)
    do_next = Text.UNKNOWN_ASKS if is_asked else Text.UNKNOWN_DO
    lines = (say(Text.UNKNOWN_WHAT), say(do_next, phone=_phone(c), stan=stan))
    return Message("refund.unknown", say(Text.TITLE_UNKNOWN), lines, say(Text.HINT_ENTER))


def _not_sent(c: Refund) -> Screen:
    assert c.done is not None
    pad = c.done.detail.startswith("keypad")
    what = Text.NOT_SENT_KEYPAD if pad else Text.HOST_NOT_REACHED
    lines = (say(what), say(Text.NO_MONEY_MOVED), say(Text.NOT_SENT_DO))
    hint = say(Text.HINT_PHONE, phone=_phone(c))
    return Message("refund.not_sent", say(Text.TITLE_NOT_SENT), lines, hint)


TOLD: Mapping[Outcome, Callable[[Refund], Screen]] = MappingProxyType(
    {Outcome.DECLINED: _declined, Outcome.UNKNOWN: _unknown, Outcome.NOT_SENT: _not_sent}
)


def busy(c: Refund) -> Screen:
    """Behind a called flow: never seen for longer than a step."""
    return Progress("refund", say(Text.TITLE_REFUND), (say(Text.HINT_WAIT),))

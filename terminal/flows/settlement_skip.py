"""A supervisor leaves out what the host never takes or answers, or what no pad can open."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain import settling
from terminal.domain.money import Amount
from terminal.domain.operators import Action
from terminal.domain.settlement import still_to_upload, upload_count
from terminal.domain.transaction import Transaction, six_digits
from terminal.effects import Persist
from terminal.events import Returned
from terminal.flows import approval
from terminal.flows.settlement_batch import plan, sent_up
from terminal.flows.settlement_case import Settlement, Step, print_slip, send_end, upload
from terminal.ui.screens import Content, Fact, say
from terminal.ui.text import Text


def may_skip(c: Settlement, event: object) -> bool:
    """The host refused the message that is due often enough, or its card can't be opened."""
    now = c.facts.books.settling
    return now is not None and settling.may_be_skipped(now, c.facts.profile.reversal_tries)


def ask_approver(c: Settlement, event: object) -> Step:
    """What is left out, and with whom it is to be settled; never by the one who works."""
    lines = (*_what(c), say(Text.SKIP_UPLOAD))
    asked = approval.Case(
        c.facts, "settlement.approval", c.facts.books.operator, Action.SETTLE_BY_HAND, lines
    )
    return c, (approval.call(asked),)


def _left_out(c: Settlement) -> tuple[Transaction, ...]:
    number = settling.next_item(c.now)
    return next((item.transactions for item in plan(c.facts) if item.number == number), ())


def _what(c: Settlement) -> tuple[Content, ...]:
    every = _left_out(c)
    if not every:
        is_question = settling.next_item(c.now) == settling.QUESTION
        return (say(Text.SKIP_QUESTION if is_question else Text.SKIP_END),)
    stan = Fact(Text.LABEL_STAN, six_digits(every[0].intent.stan))
    first = stan if len(every) == 1 else Fact(Text.LABEL_RECORDS, len(every))
    return first, Fact(Text.LABEL_SUM, Amount(sum(one.moved_minor for one in every)).plain)


# ---- the answer


def items_follow(c: Settlement, event: Returned) -> bool:
    """Other messages come behind the one that is left out."""
    return approval.was_approved(c, event) and settling.next_item(c.now) < c.now.items


def end_follows(c: Settlement, event: Returned) -> bool:
    """It was the last one but the end; behind the question there is none."""
    number = settling.next_item(c.now)
    return approval.was_approved(c, event) and settling.QUESTION < number == c.now.items


def _skipped(c: Settlement, event: Returned) -> Persist:
    item, why = settling.next_item(c.now), c.now.refused_why
    body = {"batch": c.now.batch, "item": item, "by": event.result, "why": why}
    return Persist("upload_skipped", body)


def skip_and_upload(c: Settlement, event: Returned) -> Step:
    """On disk with a name; then the message behind it."""
    left = still_to_upload(plan(c.facts), settling.next_item(c.now))
    moved, effects = upload(replace(c, items=left), event)
    return moved, (_skipped(c, event), *effects)


def skip_and_end(c: Settlement, event: Returned) -> Step:
    """The end counts only what went up."""
    number = settling.next_item(c.now)
    went_up = (item for item in sent_up(c.facts) if item.number != number)
    moved, effects = send_end(c, upload_count(went_up), c.now.is_balanced)
    return moved, (_skipped(c, event), *effects)


def skip_and_print(c: Settlement, event: Returned) -> Step:
    """The end itself is left out, or all of it with the question: only the paper remains."""
    moved, effects = print_slip(c, event)
    return moved, (_skipped(c, event), *effects)

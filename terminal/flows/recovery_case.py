"""What recovery does next, and what a try of a reversal came to."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain.facts import Facts
from terminal.domain.recovering import step_of
from terminal.domain.transaction import REFUNDS, Outcome, Transaction, six_digits
from terminal.effects import Effect, Persist
from terminal.events import Returned
from terminal.flows import recovery_step, reversal
from terminal.flows.one_try import NO_ANSWER
from terminal.flows.recovery_due import (
    Recovery,
    Step,
    again_in_s,
    next_one,
    still_open,
    title_of,
    used_up,
)
from terminal.flows.result_record import result
from terminal.flows.reversal_slip import failed_words
from terminal.flows.reversal_words import reversal_words
from terminal.iso8583 import matching
from terminal.ui.screens import Say, say
from terminal.ui.text import Text

# ---- what comes next


def one_is_due(c: Recovery, event: object) -> bool:
    """One that was not asked for in this run."""
    return next_one(c) is not None


def ask(c: Recovery, event: object) -> Step:
    """One try."""
    one = next_one(c)
    assert one is not None
    title = title_of(one)
    asked = replace(c, record=one.record, asked=c.asked | {one.record}, title=title)
    return asked, _asking(c.facts, one)


def _asking(facts: Facts, one: Transaction) -> tuple[Effect, ...]:
    if one.outcome is Outcome.TO_REVERSE:
        return (reversal.call(facts, one.record),)
    if step_of(facts, one) != "reverse":
        return (recovery_step.call(facts, one.record),)
    # From here on it is as a sale or void that is taken back (profile 4, reverse).
    turned = result(
        one.record, Outcome.TO_REVERSE, reversal_reason=matching.NOTHING_RECEIVED, detail=one.detail
    )
    return turned, reversal.call(facts, one.record)


def must_tell(c: Recovery, event: object) -> bool:
    """Something is to be said before anything is asked."""
    return _must_sign_in(c) or used_up(c) is not None


def tell_first(c: Recovery, event: object) -> Step:
    """The keys are missing, or a reversal was tried as often as the profile says."""
    return _say_sign_in(c) if _must_sign_in(c) else give_up(c, event)


def _must_sign_in(c: Recovery) -> bool:
    # Without keys every question would be refused, and count as a try.
    return next_one(c) is not None and not c.facts.books.signed_in


def _say_sign_in(c: Recovery) -> Step:
    one = next_one(c)
    assert one is not None
    said = (still_open(one), say(Text.REVERSAL_SIGN_IN))
    told = replace(c, record=one.record, stopped=True, said=said, good=False)
    return replace(told, title=title_of(one)), ()


def tries_are_used_up(c: Recovery, event: object) -> bool:
    """As often as the profile says, and no result."""
    return used_up(c) is not None


def give_up(c: Recovery, event: object) -> Step:
    """A person's now, and never deleted."""
    one = used_up(c)
    assert one is not None
    body = {"intent": one.record, "outcome": Outcome.MANUAL.value, "detail": "reversal tries"}
    told = replace(c, record=one.record, said=failed_words(c.facts, one), good=False)
    return replace(told, title=Text.TITLE_REVERSAL), (Persist("result", body),)


# ---- what a reversal came to


def tell(c: Recovery, event: Returned) -> Step:
    """What this try came to, and whether others are worth asking for."""
    ending: reversal.S = event.result
    stopped = ending.name in NO_ANSWER or not c.facts.books.signed_in
    good = ending in (reversal.S.REVERSED, reversal.S.EARLY)
    told = replace(c, stopped=c.stopped or stopped, said=_said(c, ending), good=good)
    return replace(told, title=Text.TITLE_REVERSAL), ()


def _said(c: Recovery, ending: reversal.S) -> tuple[Say, ...]:
    one = c.one
    if ending is reversal.S.REVERSED:
        taken_back = reversal_words(one.intent.operation).taken_back
        return (say(taken_back, stan=six_digits(one.intent.stan)),)
    if ending is reversal.S.EARLY:
        return (say(Text.REVERSAL_EARLY, seconds=again_in_s(c.facts, one)),)
    if ending is reversal.S.MANUAL:
        return failed_words(c.facts, one)
    if ending is reversal.S.LATER:
        why = say(Text.REVERSAL_REFUSED, code=one.response_code)
        return (why, still_open(one), _meanwhile(one))
    return (say(NO_ANSWER[ending.name]), still_open(one), _meanwhile(one))


def _meanwhile(one: Transaction) -> Say:
    # A refund waits for the message life between two tries, and keeps nobody waiting.
    return say(Text.NEVER_AGAIN if one.intent.operation in REFUNDS else Text.REVERSAL_FIRST)

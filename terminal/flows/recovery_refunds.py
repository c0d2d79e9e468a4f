"""What a try about an unknown refund came to, in plain words; nothing offers to give it again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from terminal.domain.recovering import due_in_s, is_recovered
from terminal.domain.transaction import Outcome, six_digits
from terminal.events import Returned
from terminal.flows.one_try import NO_ANSWER
from terminal.flows.recovery_due import Recovery, Step, still_open
from terminal.flows.recovery_step import S
from terminal.ui.screens import Say, say
from terminal.ui.text import Text

RESOLVED: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.APPROVED: Text.RECOVERED,
        Outcome.DECLINED: Text.RECOVERED_DECLINED,
        Outcome.NOT_DONE: Text.RECOVERED_NOT_DONE,
    }
)
WHY: Mapping[str, Text] = MappingProxyType(
    {**NO_ANSWER, S.OPEN.name: Text.HOST_DOES_NOT_KNOW, S.IMPOSSIBLE.name: Text.NO_COPY}
)


def was_about_a_refund(c: Recovery, event: Returned) -> bool:
    """The flow that ended was a try of a step, not a reversal."""
    return isinstance(event.result, S)


def tell(c: Recovery, event: Returned) -> Step:
    """What this try came to, and whether others are worth asking for."""
    ending: S = event.result
    stopped = ending.name in NO_ANSWER or not c.facts.books.signed_in
    told = replace(c, stopped=c.stopped or stopped, said=_said(c, ending))
    return replace(told, good=ending is S.RESOLVED, title=Text.TITLE_RECOVERY), ()


def _said(c: Recovery, ending: S) -> tuple[Say, ...]:
    one = c.one
    if ending is S.RESOLVED:
        stan = six_digits(one.intent.stan)
        return (say(RESOLVED[one.outcome], stan=stan, code=one.response_code),)
    return (say(WHY[ending.name]), still_open(one), say(Text.NEVER_AGAIN), _next(c))


def _next(c: Recovery) -> Say:
    if not is_recovered(c.facts, c.one):
        return say(Text.PERSON_NEXT)
    wait_s = due_in_s(c.facts, c.one)
    if math.isinf(wait_s):
        return say(Text.ASKED_LATER)
    return say(Text.ASKED_AGAIN, seconds=int(wait_s))

"""What recovery works up: which reversals are due, what each try came to, whose slip is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.receipt import reversal_failed_slip
from terminal.domain.slip import PrinterProblem
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Effect, Persist, Print
from terminal.events import Returned
from terminal.flows import reversal
from terminal.flows.print_facts import shop_face
from terminal.flows.reversal_words import reversal_words
from terminal.ui.screens import Say, say
from terminal.ui.text import Text

SLIP: Final = "reversal_failed"  # its name in the records `printed`
NO_LINE = (reversal.S.NOT_SENT, reversal.S.NO_KEYPAD, reversal.S.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was asked in this run, what there is to say of it, and what the printer said.

    `stopped`: no more questions in this run. `left`: slips that somebody gave up for now.
    """

    facts: Facts
    asked: frozenset[int] = frozenset()
    record: int = 0
    stopped: bool = False
    said: tuple[Say, ...] = ()
    good: bool = False
    problem: PrinterProblem | None = None
    left: frozenset[int] = frozenset()

    @property
    def one(self) -> Transaction:
        """The transaction that it is about now."""
        found = self.facts.books.transaction(self.record)
        assert found is not None
        return found


Step = tuple[Recovery, tuple[Effect, ...]]

# ---- what is due


def due_reversals(facts: Facts) -> tuple[Transaction, ...]:
    """Reversals that may be asked for now, oldest first.

    One that was answered too early waits for the end of the message life (profile 4).
    """
    open_ones = facts.books.unresolved.values()
    to_reverse = (t for t in open_ones if t.outcome is Outcome.TO_REVERSE)
    return tuple(t for t in to_reverse if not again_in_s(facts, t))


def again_in_s(facts: Facts, one: Transaction) -> int:
    """Seconds until a reversal may be asked for once more; 0 for now."""
    return facts.settle_wait_s(one.record) if one.reversal_early else 0


def _used_up(c: Recovery) -> Transaction | None:
    most = c.facts.profile.reversal_tries
    return next((t for t in due_reversals(c.facts) if t.reversal_tries >= most), None)


def _next(c: Recovery) -> Transaction | None:
    fresh = (t for t in due_reversals(c.facts) if t.record not in c.asked)
    return None if c.stopped else next(fresh, None)


def _owed(c: Recovery) -> Transaction | None:
    """Whose reversal failed, and nothing on paper says so."""
    failed = (
        t
        for t in c.facts.books.unresolved.values()
        if t.outcome is Outcome.MANUAL and t.reversal_reason and SLIP not in t.printed
    )
    return next((t for t in failed if t.record not in c.left), None)


def must_sign_in(c: Recovery, event: object) -> bool:
    """Without keys every question would be refused, and count as a try."""
    return _next(c) is not None and not c.facts.books.signed_in


def tries_are_used_up(c: Recovery, event: object) -> bool:
    """As often as the profile says, and no result."""
    return _used_up(c) is not None


def one_is_due(c: Recovery, event: object) -> bool:
    """One that was not asked for in this run."""
    return _next(c) is not None


def slip_is_owed(c: Recovery, event: object) -> bool:
    """The shop is to have it on paper."""
    return _owed(c) is not None


# ---- asking


def ask(c: Recovery, event: object) -> Step:
    """One try."""
    one = _next(c)
    assert one is not None
    asked = replace(c, record=one.record, asked=c.asked | {one.record})
    return asked, (reversal.call(c.facts, one.record),)


def say_sign_in(c: Recovery, event: object) -> Step:
    """First the keys."""
    one = _next(c)
    assert one is not None
    said = (_still_open(one), say(Text.REVERSAL_SIGN_IN))
    return replace(c, record=one.record, stopped=True, said=said, good=False), ()


def give_up(c: Recovery, event: object) -> Step:
    """A person's now, and never deleted."""
    one = _used_up(c)
    assert one is not None
    body = {"intent": one.record, "outcome": Outcome.MANUAL.value, "detail": "reversal tries"}
    told = replace(c, record=one.record, said=_failed(c, one), good=False)
    return told, (Persist("result", body),)


def tell(c: Recovery, event: Returned) -> Step:
    """What this try came to, and whether others are worth asking for."""
    ending: reversal.S = event.result
    stopped = ending in NO_LINE or not c.facts.books.signed_in
    good = ending in (reversal.S.REVERSED, reversal.S.EARLY)
    return replace(c, stopped=c.stopped or stopped, said=_said(c, ending), good=good), ()


WHY: Mapping[reversal.S, Text] = MappingProxyType(
    {
        reversal.S.UNKNOWN: Text.HOST_GAVE_NO_ANSWER,
        reversal.S.NOT_SENT: Text.HOST_NOT_REACHED,
        reversal.S.NO_KEYPAD: Text.KEYPAD_GAVE_NO_ANSWER,
    }
)


def _said(c: Recovery, ending: reversal.S) -> tuple[Say, ...]:
    one = c.one
    if ending is reversal.S.REVERSED:
        return (say(reversal_words(one.intent.operation).taken_back, stan=_stan(one)),)
    if ending is reversal.S.EARLY:
        return (say(Text.REVERSAL_EARLY, seconds=again_in_s(c.facts, one)),)
    if ending is reversal.S.MANUAL:
        return _failed(c, one)
    if ending is reversal.S.LATER:
        why = say(Text.REVERSAL_REFUSED, code=one.response_code)
        return (why, _still_open(one), say(Text.REVERSAL_FIRST))
    return (say(WHY[ending]), _still_open(one), say(Text.REVERSAL_FIRST))


def _still_open(one: Transaction) -> Say:
    return say(Text.REVERSAL_OPEN, stan=_stan(one))


def _failed(c: Recovery, one: Transaction) -> tuple[Say, ...]:
    return (
        say(Text.REVERSAL_FAILED, stan=_stan(one)),
        say(Text.REVERSAL_CALL, phone=c.facts.parameters.service_phone),
        say(Text.REVERSAL_KEEP_SLIP),
    )


def _stan(one: Transaction) -> str:
    return f"{one.intent.stan:06d}"


# ---- the slip of one that failed


def print_slip(c: Recovery, event: object) -> Step:
    """For the shop; the result stands, paper or no paper."""
    one = _owed(c)
    assert one is not None
    told = replace(c, record=one.record, said=_failed(c, one), good=False, problem=None)
    return told, (Print(reversal_failed_slip(one, shop_face(c.facts))),)


def store_printed(c: Recovery, event: object) -> Step:
    """It is on paper."""
    return c, (Persist("printed", {"intent": c.record, "slip": SLIP, "duplicate": False}),)


def leave_slip(c: Recovery, event: object) -> Step:
    """Not now: the next run prints it."""
    return replace(c, left=c.left | {c.record}), ()

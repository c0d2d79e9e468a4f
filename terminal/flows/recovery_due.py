"""What recovery works up: which reversals and which unknown refunds may be asked for now."""

from __future__ import annotations

from dataclasses import dataclass

from terminal.domain.facts import Facts
from terminal.domain.recovering import due_in_s
from terminal.domain.transaction import REFUNDS, Outcome, Transaction, six_digits
from terminal.effects import Effect
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was asked in this run, and what there is to say of it.

    `stopped`: no more questions in this run. `slips`: those that this run has tried to print.
    """

    facts: Facts
    asked: frozenset[int] = frozenset()
    record: int = 0
    stopped: bool = False
    said: tuple[Say, ...] = ()
    good: bool = False
    title: Text = Text.TITLE_REVERSAL
    slips: frozenset[int] = frozenset()

    @property
    def one(self) -> Transaction:
        """The transaction that it is about now."""
        found = self.facts.books.transaction(self.record)
        assert found is not None
        return found


Step = tuple[Recovery, tuple[Effect, ...]]


def due_reversals(facts: Facts) -> tuple[Transaction, ...]:
    """Reversals that may be asked for now, oldest first.

    One that was answered too early waits for the end of the message life (profile 4).
    """
    open_ones = facts.books.unresolved.values()
    to_reverse = (t for t in open_ones if t.outcome is Outcome.TO_REVERSE)
    return tuple(t for t in to_reverse if not again_in_s(facts, t))


def again_in_s(facts: Facts, one: Transaction) -> int:
    """Seconds until a reversal may be asked for once more; 0 for now."""
    if one.intent.operation in REFUNDS:
        return int(due_in_s(facts, one))
    return facts.life_left_s(one.record) if one.reversal_early else 0


def due_refunds(facts: Facts) -> tuple[Transaction, ...]:
    """Unknown refunds that may be tried now, oldest first."""
    open_ones = facts.books.unresolved.values()
    return tuple(t for t in open_ones if _is_unknown(t) and not due_in_s(facts, t))


def _is_unknown(one: Transaction) -> bool:
    return one.outcome is Outcome.UNKNOWN


def used_up(c: Recovery) -> Transaction | None:
    """A reversal that was tried as often as the profile says."""
    most = c.facts.profile.reversal_tries
    return next((t for t in due_reversals(c.facts) if t.reversal_tries >= most), None)


def next_one(c: Recovery) -> Transaction | None:
    """What was not asked for in this run, reversals first."""
    due = (*due_reversals(c.facts), *due_refunds(c.facts))
    fresh = (t for t in due if t.record not in c.asked)
    return None if c.stopped else next(fresh, None)


def still_open(one: Transaction) -> Say:
    """Nothing is certain of it yet."""
    text = Text.STILL_UNKNOWN if one.outcome is Outcome.UNKNOWN else Text.REVERSAL_OPEN
    return say(text, stan=six_digits(one.intent.stan))


def title_of(one: Transaction) -> Text:
    """Taking back, or asking."""
    return Text.TITLE_RECOVERY if one.outcome is Outcome.UNKNOWN else Text.TITLE_REVERSAL

"""The unresolved: which one is picked, whether it is the machine's or a person's, and settling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.money import Amount, typed_amount
from terminal.domain.operators import Action
from terminal.domain.recovering import due_in_s, is_recovered
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Effect, Persist
from terminal.events import KeyPressed, Returned
from terminal.flows import approval, recovery
from terminal.flows.operation_words import words
from terminal.flows.recovery_due import again_in_s
from terminal.ui.screens import Fact, Say, say
from terminal.ui.text import Text

ANSWERS: Final = (Outcome.DONE_BY_HAND, Outcome.NOT_DONE_BY_HAND)


@dataclass(frozen=True, slots=True)
class Pending:
    """Which one of the list is picked, by whom it is settled, and the amount that he types."""

    facts: Facts
    picked: int = 0
    answer: Outcome | None = None
    by: str = ""
    entry: str = ""
    error: Say | None = None

    @property
    def all(self) -> tuple[Transaction, ...]:
        """What is unresolved, oldest first."""
        return tuple(self.facts.books.unresolved.values())

    @property
    def one(self) -> Transaction:
        """The one that is picked."""
        return self.all[self.picked]

    @property
    def listed_minor(self) -> int:
        """What the acquirer's list says; nothing typed is all that was asked."""
        return typed_amount(self.entry) if self.entry else self.one.intent.amount_minor


Step = tuple[Pending, tuple[Effect, ...]]


def there_is_any(c: Pending, event: object) -> bool:
    """The list is not empty."""
    return bool(c.all)


def may_be_asked(c: Pending, event: object) -> bool:
    """The machine may take it back, or ask about it, now."""
    return is_the_machines(c) and not wait_s(c)


def is_to_reverse(c: Pending) -> bool:
    """To be taken back."""
    return c.one.outcome is Outcome.TO_REVERSE


def is_the_machines(c: Pending) -> bool:
    """Not a person's yet."""
    return is_to_reverse(c) or is_recovered(c.facts, c.one)


def wait_s(c: Pending) -> float:
    """Seconds until the machine may try once more."""
    return again_in_s(c.facts, c.one) if is_to_reverse(c) else due_in_s(c.facts, c.one)


def recover(c: Pending, event: object) -> Step:
    """Ask for what is due; the list is another one afterwards."""
    return replace(c, picked=0), (recovery.call(c.facts),)


def may_be_settled(c: Pending, event: object) -> bool:
    """A person's, and no copy of the message can still arrive (profile 4)."""
    return not is_the_machines(c) and c.facts.settle_wait_s(c.one.record) == 0


def ask_approver(c: Pending, event: object) -> Step:
    """A supervisor puts his name to it, never the one who gave the refund."""
    one = c.one
    lines = (
        Fact(Text.LABEL_STAN, f"{one.intent.stan:06d}"),
        Fact(words(one.intent.operation).amount, Amount(one.intent.amount_minor)),
        say(Text.ASK_ACQUIRER_FIRST, phone=c.facts.parameters.service_phone),
    )
    case = approval.Case(
        c.facts, "pending.approval", one.intent.operator, Action.SETTLE_BY_HAND, lines
    )
    return c, (approval.call(case),)


def keep_name(c: Pending, event: Returned) -> Step:
    """Next: what the acquirer's list says."""
    return replace(c, by=event.result, answer=None, entry="", error=None), ()


def digit_is_an_answer(c: Pending, event: KeyPressed) -> bool:
    """1 done, 2 not done."""
    return event.key.value in ("1", "2")


def answer_leaves_amount(c: Pending, event: object) -> bool:
    """Done: the list says how much, since a host may have moved less; a void is always whole."""
    return c.answer is Outcome.DONE_BY_HAND and c.one.intent.operation != "void"


def digit_leaves_amount(c: Pending, event: KeyPressed) -> bool:
    """The same by one key."""
    return digit_is_an_answer(c, event) and answer_leaves_amount(_with_digit(c, event), event)


def answer_by_digit(c: Pending, event: KeyPressed) -> Step:
    """Next: how much."""
    return _with_digit(c, event), ()


def _with_digit(c: Pending, event: KeyPressed) -> Pending:
    return replace(c, answer=ANSWERS[int(event.key.value) - 1])


def settle_by_digit(c: Pending, event: KeyPressed) -> Step:
    """One key answers."""
    return settle(_with_digit(c, event), event)


def turn(c: Pending, event: object) -> Step:
    """There are two answers."""
    first, second = ANSWERS
    return replace(c, answer=second if c.answer is first else first), ()


def nothing_is_chosen(c: Pending, event: object) -> bool:
    """The Enter after the approver's password may bounce: it is not yet an answer."""
    return c.answer is None


def amount_can_be(c: Pending, event: object) -> bool:
    """More than nothing, no more than was asked; after a refusal Enter alone is not all of it."""
    is_said = bool(c.entry) or c.error is None
    return is_said and 0 < c.listed_minor <= c.one.intent.amount_minor


def settle(c: Pending, event: object) -> Step:
    """On record with the name; nothing is ever sent again for it."""
    assert c.answer is not None, "the flow asks for an answer first"
    body = {
        "intent": c.one.record,
        "outcome": c.answer.value,
        "settled_by": c.by,
        "operator": c.facts.books.operator,
    }
    if c.listed_minor != c.one.intent.amount_minor:
        body["approved_minor"] = c.listed_minor
    return c, (Persist("settled", body),)

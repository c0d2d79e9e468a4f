"""Print a transaction's slips once more, marked as copies and counted.

Paper is worth cash at another till: beyond the shop's number of copies somebody else agrees.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.money import Amount
from terminal.domain.operators import Action
from terminal.domain.slips_owed import slips_owed
from terminal.domain.transaction import Transaction
from terminal.effects import Call, Effect, Persist
from terminal.events import Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import approval, print_slips
from terminal.flows.operation_words import words
from terminal.ui.screens import Fact, Message, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """NOTHING: this journal has no slip yet."""

    PRINTING = auto()
    APPROVAL = auto()
    NOTHING = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class Reprint:
    """The world, and what was found; without it the last one is meant."""

    facts: Facts
    found: Transaction | None = None

    @property
    def one(self) -> Transaction | None:
        """Whose slips are printed: first what the shop has no paper of."""
        return self.found or next(iter(slips_owed(self.facts.books)), self.facts.books.last)


Step = tuple[Reprint, tuple[Effect, ...]]


def call(facts: Facts, found: Transaction | None = None) -> Call:
    """Reprint one that was found, or the last one."""
    return Call(lambda: Flow(TABLE, Reprint(facts, found)))


def there_is_one(c: Reprint, event: object) -> bool:
    """Something was refunded, declined or left unknown."""
    return c.one is not None


def needs_approver(c: Reprint, event: object) -> bool:
    """There are as many copies as one person may make."""
    return c.one is not None and c.one.copies >= c.facts.parameters.copies_alone


def ask_approver(c: Reprint, event: object) -> Step:
    """Somebody else sees of what, and how many there are."""
    one = c.one
    assert one is not None
    lines = (
        Fact(Text.LABEL_STAN, f"{one.intent.stan:06d}"),
        Fact(words(one.intent.operation).amount, Amount(one.moved_minor)),
        Fact(Text.LABEL_COPIES, one.copies),
    )
    requester = c.facts.books.operator
    case = approval.Case(c.facts, "reprint.approval", requester, Action.APPROVE_REFUND, lines)
    return c, (approval.call(case),)


def print_approved(c: Reprint, event: Returned) -> Step:
    """With the name of who agreed."""
    return _count_and_print(c, event.result)


def print_copies(c: Reprint, event: object) -> Step:
    """The operator's own."""
    return _count_and_print(c, "")


def _count_and_print(c: Reprint, approver: str) -> Step:
    """A copy is counted before it is on paper: none goes uncounted."""
    one = c.one
    assert one is not None
    body = {"intent": one.record, "by": c.facts.books.operator}
    counted = Persist("reprinted", body | ({"approver": approver} if approver else {}))
    again, slips = replace(one, copies=one.copies + 1), print_slips.copies_of(one)
    printed = print_slips.call(c.facts, one.record, slips, duplicate=True, known=again)
    return c, (counted, printed)


def _screen(c: Reprint) -> Screen:
    lines = (say(Text.NOTHING_TO_REPRINT),)
    return Message("reprint", say(Text.TITLE_REPRINT), lines, say(Text.HINT_ENTER))


TABLE: FlowTable[Reprint] = FlowTable(
    name="reprint",
    states=S,
    initial=S.PRINTING,
    final=frozenset({S.DONE}),
    rows=[
        On("started", S.PRINTING, S.APPROVAL, when=needs_approver, do=ask_approver),
        On("started", S.PRINTING, S.PRINTING, when=there_is_one, do=print_copies),
        On("started", S.PRINTING, S.NOTHING),
        On("returned", S.APPROVAL, S.PRINTING, when=approval.was_approved, do=print_approved),
        On("returned", S.APPROVAL, S.DONE),
        On("returned", S.PRINTING, S.DONE),
        On("enter", S.NOTHING, S.DONE),
        On("cancel", S.NOTHING, S.DONE),
        On("timeout", S.NOTHING, S.DONE),
    ],
    screens={S.PRINTING: _screen, S.APPROVAL: _screen, S.NOTHING: _screen},
    timeout_s={S.PRINTING: float("inf"), S.APPROVAL: float("inf"), S.NOTHING: 15.0},
    result=lambda state, c: None,
)

"""The unresolved: what is not known, and settling it by hand, by name, from the acquirer's list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.money import Amount
from terminal.domain.operators import Action
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import Call, Effect, Persist
from terminal.events import KeyPressed, Returned
from terminal.flow import Flow, FlowTable, On
from terminal.flows import approval
from terminal.flows.refund_lines import short_card
from terminal.flows.typed import beep
from terminal.ui.screens import Content, Fact, Menu, Message, Screen, say
from terminal.ui.text import Text

NAME = "pending"
LINE_CELLS: Final = 11  # of a line of the list, beside its number and the trace number
ANSWERS = (Outcome.DONE_BY_HAND, Outcome.NOT_DONE_BY_HAND)


class S(Enum):
    """A list, one of it whole, who settles it, and what he found out."""

    LIST = auto()
    ONE = auto()
    APPROVAL = auto()
    ANSWER = auto()
    SETTLED = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Pending:
    """Which one of the list is picked, and by whom it is settled."""

    facts: Facts
    picked: int = 0
    answer: int = 0
    by: str = ""

    @property
    def all(self) -> tuple[Transaction, ...]:
        """What is unresolved, oldest first."""
        return tuple(self.facts.books.unresolved.values())

    @property
    def one(self) -> Transaction:
        """The one that is picked."""
        return self.all[self.picked]


Step = tuple[Pending, tuple[Effect, ...]]


def call(facts: Facts) -> Call:
    """Show what is unresolved."""
    return Call(lambda: Flow(TABLE, Pending(facts)))


def there_is_any(c: Pending, event: object) -> bool:
    """The list is not empty."""
    return bool(c.all)


def digit_is_listed(c: Pending, event: KeyPressed) -> bool:
    """1 is the oldest."""
    return 0 < int(event.key.value) <= len(c.all)


def pick_digit(c: Pending, event: KeyPressed) -> Step:
    """One key picks."""
    return replace(c, picked=int(event.key.value) - 1), ()


def move_up(c: Pending, event: object) -> Step:
    """The one above."""
    return (replace(c, picked=c.picked - 1), ()) if c.picked else beep(c, event)


def move_down(c: Pending, event: object) -> Step:
    """The one below."""
    is_last = c.picked >= len(c.all) - 1
    return beep(c, event) if is_last else (replace(c, picked=c.picked + 1), ())


def life_is_over(c: Pending, event: object) -> bool:
    """No copy of the message can still arrive (profile 4)."""
    return c.facts.settle_wait_s(c.one.record) == 0


def ask_approver(c: Pending, event: object) -> Step:
    """A supervisor puts his name to it, never the one who gave the refund."""
    one = c.one
    lines = (
        Fact(Text.LABEL_STAN, f"{one.intent.stan:06d}"),
        Fact(Text.LABEL_AMOUNT, Amount(one.intent.amount_minor)),
        say(Text.ASK_ACQUIRER_FIRST, phone=c.facts.parameters.service_phone),
    )
    case = approval.Case(
        c.facts, "pending.approval", one.intent.operator, Action.SETTLE_BY_HAND, lines
    )
    return c, (approval.call(case),)


def was_approved(c: Pending, event: Returned) -> bool:
    """Somebody who may, has typed the password."""
    return isinstance(event.result, str)


def keep_name(c: Pending, event: Returned) -> Step:
    """Next: what the acquirer's list says."""
    return replace(c, by=event.result, answer=0), ()


def digit_is_an_answer(c: Pending, event: KeyPressed) -> bool:
    """1 done, 2 not done."""
    return event.key.value in ("1", "2")


def settle_by_digit(c: Pending, event: KeyPressed) -> Step:
    """One key answers."""
    return settle(replace(c, answer=int(event.key.value) - 1), event)


def turn(c: Pending, event: object) -> Step:
    """There are two answers."""
    return replace(c, answer=1 - c.answer), ()


def settle(c: Pending, event: object) -> Step:
    """On record with the name; nothing is ever sent again for it."""
    body = {
        "intent": c.one.record,
        "outcome": ANSWERS[c.answer].value,
        "settled_by": c.by,
        "operator": c.facts.books.operator,
    }
    return c, (Persist("settled", body),)


def _list(c: Pending) -> Screen:
    if not c.all:
        lines = (say(Text.NOTHING_PENDING),)
        return Message(NAME, say(Text.TITLE_PENDING), lines, say(Text.HINT_ENTER))
    items = (
        say(
            Text.PENDING_ITEM, stan=f"{t.intent.stan:06d}", amount=_in_a_line(t.intent.amount_minor)
        )
        for t in c.all
    )
    return Menu(NAME, say(Text.TITLE_PENDING), tuple(items), c.picked)


def _in_a_line(amount_minor: int) -> str:
    """The amount, if it fits beside the trace number; a million or more does not."""
    plain = Amount(amount_minor).plain
    return plain if len(plain) <= LINE_CELLS else ""


def _one(c: Pending) -> Screen:
    one = c.one
    lines: tuple[Content, ...] = (
        Fact(Text.LABEL_STAN, f"{one.intent.stan:06d}"),
        Fact(Text.LABEL_AMOUNT, Amount(one.intent.amount_minor)),
        Fact(Text.LABEL_CARD, short_card(one.intent.card)),
        Fact(Text.LABEL_REFERENCE, one.intent.original.rrn),
    )
    wait_s = c.facts.settle_wait_s(one.record)
    if wait_s:
        lines = (*lines, say(Text.SETTLE_WAIT, seconds=wait_s))
    hint = say(Text.HINT_CANCEL if wait_s else Text.HINT_SETTLE)
    return Message("pending.one", say(Text.TITLE_PENDING), lines, hint)


def _answer(c: Pending) -> Screen:
    items = (say(Text.SETTLE_DONE), say(Text.SETTLE_NOT_DONE))
    return Menu("pending.answer", say(Text.TITLE_SETTLE), items, c.answer)


def _settled(c: Pending) -> Screen:
    lines = (say(Text.SETTLED),)
    return Message("pending.settled", say(Text.TITLE_SETTLE), lines, say(Text.HINT_ENTER))


LOOKING = (S.LIST, S.ONE, S.ANSWER)

TABLE: FlowTable[Pending] = FlowTable(
    name="pending",
    states=S,
    initial=S.LIST,
    final=frozenset({S.LEFT}),
    rows=[
        On("up", S.LIST, S.LIST, do=move_up),
        On("down", S.LIST, S.LIST, do=move_down),
        On("digit", S.LIST, S.ONE, when=digit_is_listed, do=pick_digit),
        On("digit", S.LIST, S.LIST, do=beep),
        On("enter", S.LIST, S.ONE, when=there_is_any),
        On("enter", S.LIST, S.LEFT),
        On("enter", S.ONE, S.APPROVAL, when=life_is_over, do=ask_approver),
        On("enter", S.ONE, S.ONE, do=beep),
        On("returned", S.APPROVAL, S.ANSWER, when=was_approved, do=keep_name),
        On("returned", S.APPROVAL, S.LIST),
        On("digit", S.ANSWER, S.SETTLED, when=digit_is_an_answer, do=settle_by_digit),
        On("digit", S.ANSWER, S.ANSWER, do=beep),
        On("up", S.ANSWER, S.ANSWER, do=turn),
        On("down", S.ANSWER, S.ANSWER, do=turn),
        On("enter", S.ANSWER, S.SETTLED, do=settle),
        On("enter", S.SETTLED, S.LEFT),
        On("cancel", (*LOOKING, S.SETTLED), S.LEFT),
        On("timeout", (*LOOKING, S.SETTLED), S.LEFT),
    ],
    screens={
        S.LIST: _list,
        S.ONE: _one,
        S.APPROVAL: _one,
        S.ANSWER: _answer,
        S.SETTLED: _settled,
    },
    timeout_s={
        **dict.fromkeys((*LOOKING, S.SETTLED), lambda c: c.facts.parameters.entry_timeout_s),
        S.APPROVAL: float("inf"),
    },
    result=lambda state, c: None,
)

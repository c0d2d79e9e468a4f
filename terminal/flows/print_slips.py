"""Slips of one transaction on paper, one after the other. The result stands, paper or no paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import SignSlip, SlipSigned
from terminal.domain.money import Amount
from terminal.domain.original import code_text
from terminal.domain.receipt import Copy
from terminal.domain.slip import PrinterProblem, Slip
from terminal.domain.transaction import Outcome, Transaction
from terminal.effects import AskKeypad, Call, Effect, Persist, Print
from terminal.events import KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.flows.operation_words import words
from terminal.flows.print_facts import slip_of
from terminal.flows.printer_problem import PROBLEMS, keep_problem, keep_silence
from terminal.flows.silence import pad_silent
from terminal.ui.screens import Content, Fact, Message, Say, Screen, say
from terminal.ui.text import Text

BOTH = (Copy.MERCHANT, Copy.CUSTOMER)


class S(Enum):
    """TEAR waits a moment for the merchant copy to be torn off."""

    SIGNING = auto()
    PRINTING = auto()
    TEAR = auto()
    PROBLEM = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Slips:
    """The transaction by its record number, the copies still to be printed, and why one is not."""

    facts: Facts
    record: int
    copies: tuple[Copy, ...]
    duplicate: bool = False
    known: Transaction | None = None
    code: str | None = None
    problem: PrinterProblem | None = None


Step = tuple[Slips, tuple[Effect, ...]]


def call(
    facts: Facts,
    record: int,
    copies: tuple[Copy, ...],
    duplicate: bool = False,
    known: Transaction | None = None,
) -> Call:
    """Print these copies; the result is True when all are on paper.

    `known`: what the books may have forgotten, with its number of copies.
    """
    return Call(lambda: Flow(TABLE, Slips(facts, record, copies, duplicate, known)))


def copies_of(done: Transaction) -> tuple[Copy, ...]:
    """Two where money was given back; the shop alone keeps paper of anything else."""
    return BOTH if done.outcome.has_moved else (Copy.MERCHANT,)


def transaction(c: Slips) -> Transaction:
    """As it stands in the books."""
    found = c.facts.books.transaction(c.record) or c.known
    assert found is not None
    return found


def has_genuine_code(c: Slips, event: object) -> bool:
    """Only a purchase whose code was genuine gets a code again: typing makes none genuine.

    A sale of this terminal is such a purchase; what is void has nothing to give back.
    """
    done = transaction(c)
    is_code_worth_it = done.outcome is Outcome.APPROVED and done.intent.operation != "void"
    return is_code_worth_it and done.named_purchase.source != "typed"


def ask_mark(c: Slips, event: object) -> Step:
    """The slip carries the purchase's code, so that the next partial return can scan it."""
    return c, (AskKeypad(SignSlip(_signed_text(c))),)


def _signed_text(c: Slips) -> str:
    return code_text(c.facts.identity.merchant_id, transaction(c).named_purchase)


def keep_mark_and_print(c: Slips, event: KeypadAnswered) -> Step:
    """The code is whole."""
    assert isinstance(event.answer, SlipSigned)
    return print_next(replace(c, code=_signed_text(c) + event.answer.mac), event)


def print_next(c: Slips, event: object) -> Step:
    """The first copy that is not on paper yet, from its start."""
    return replace(c, problem=None), (Print(_slip(c)),)


def _slip(c: Slips) -> Slip:
    done = transaction(c)
    duplicate = done.copies if c.duplicate else 0
    return slip_of(c.facts, done, c.copies[0], c.code, duplicate)


def more_to_print(c: Slips, event: object) -> bool:
    """This was not the last copy."""
    return len(c.copies) > 1


def store_printed(c: Slips, event: object) -> Step:
    """This copy is on paper."""
    body = {"intent": c.record, "slip": c.copies[0].value, "duplicate": c.duplicate}
    return replace(c, copies=c.copies[1:]), (Persist("printed", body),)


def summary(c: Slips) -> tuple[Content, ...]:
    """What happened, in three rows."""
    done = transaction(c)
    amount = Fact(words(done.intent.operation).amount, Amount(done.moved_minor))
    return (amount, Fact(Text.LABEL_STAN, f"{done.intent.stan:06d}"))


def _name(c: Slips) -> str:
    done = transaction(c)
    name = words(done.intent.operation).name
    return f"{name}.{done.outcome.value}" if not c.duplicate else "reprint"


TITLES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.DECLINED: Text.TITLE_DECLINED,
        Outcome.UNKNOWN: Text.TITLE_UNKNOWN,
        Outcome.NOT_SENT: Text.TITLE_NOT_SENT,
        Outcome.TO_REVERSE: Text.TITLE_TO_REVERSE,
        Outcome.REVERSED: Text.TITLE_REVERSED,
        Outcome.MANUAL: Text.TITLE_MANUAL,
    }
)


def _title(c: Slips) -> Say:
    if c.duplicate:
        return say(Text.TITLE_REPRINT)
    done = transaction(c)
    if done.outcome is Outcome.APPROVED:
        return say(words(done.intent.operation).approved)
    return say(TITLES.get(done.outcome, Text.TITLE_PRINTER), code=done.response_code)


def _outcome(c: Slips) -> Outcome:
    return transaction(c).outcome


def _printing(c: Slips) -> Screen:
    if _outcome(c) is not Outcome.APPROVED:
        doing = Text.PRINTING_SLIP
    else:
        merchant = c.copies[0] is Copy.MERCHANT
        doing = Text.PRINTING_MERCHANT if merchant else Text.PRINTING_CUSTOMER
    said = say(words(transaction(c).intent.operation).done)
    given = (said,) if _outcome(c) is Outcome.APPROVED else ()
    return Message(_name(c), _title(c), (*summary(c), *given, say(doing)))


def _tear(c: Slips) -> Screen:
    lines = (*summary(c), say(Text.TEAR_OFF))
    return Message(_name(c), _title(c), lines, say(Text.HINT_ENTER))


def _problem(c: Slips) -> Screen:
    assert c.problem is not None
    lines = (say(PROBLEMS[c.problem]), say(Text.OPERATION_STANDS), *summary(c))
    title, hint = say(Text.TITLE_PRINTER), say(Text.HINT_PRINT_AGAIN)
    return Message("print.paper_out", title, lines, hint)


TABLE: FlowTable[Slips] = FlowTable(
    name="print_slips",
    states=S,
    initial=S.SIGNING,
    final=frozenset({S.OVER}),
    rows=[
        On("started", S.SIGNING, S.SIGNING, when=has_genuine_code, do=ask_mark),
        On("started", S.SIGNING, S.PRINTING, do=print_next),
        On("keypad", S.SIGNING, S.PRINTING, do=keep_mark_and_print),
        On("printed", S.PRINTING, S.TEAR, when=more_to_print, do=store_printed),
        On("printed", S.PRINTING, S.OVER, do=store_printed),
        On("enter", S.TEAR, S.PRINTING, do=print_next),
        On("timeout", S.TEAR, S.PRINTING, do=print_next),
        On("cancel", S.TEAR, S.OVER),
        *pad_silent(S.SIGNING, S.PRINTING, print_next),
        On("print_failed", S.PRINTING, S.PROBLEM, do=keep_problem),
        On("timeout", S.PRINTING, S.PROBLEM, do=keep_silence),
        On("enter", S.PROBLEM, S.PRINTING, do=print_next),
        On("cancel", S.PROBLEM, S.OVER),
        On("timeout", S.PROBLEM, S.OVER),
    ],
    screens={S.SIGNING: _printing, S.PRINTING: _printing, S.TEAR: _tear, S.PROBLEM: _problem},
    timeout_s={S.SIGNING: 5.0, S.PRINTING: 60.0, S.TEAR: 8.0, S.PROBLEM: 300.0},
    result=lambda state, c: not c.copies,
)

"""What happened: transactions looked up in the journal, whole, and printed once more."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import Enum, auto
from typing import Final

from terminal.domain.facts import Facts
from terminal.domain.money import Amount, typed_amount
from terminal.domain.transaction import Transaction
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import find_case as case
from terminal.flows.find_case import Find
from terminal.flows.find_pages import OPERATIONS, STATES
from terminal.flows.find_query import LISTED, QUESTIONS, WAYS, Way
from terminal.flows.limits import entry_limit_s
from terminal.flows.picking import arrows
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import Menu, Message, Prompt, Say, Screen, say
from terminal.ui.text import Text

AMOUNT_CELLS: Final = 10  # of a line of the list, beside its number and the trace number


class S(Enum):
    """First what is looked for, then a list, one of it whole, and its slips."""

    WAYS = auto()
    TYPING = auto()
    STATES = auto()
    LIST = auto()
    ONE = auto()
    PRINTING = auto()
    TOTALS = auto()
    LEFT = auto()


def call(facts: Facts) -> Call:
    """Look something up; nothing changes but the count of copies."""
    return Call(lambda: Flow(TABLE, Find(facts)))


def _ways(c: Find) -> Screen:
    return Menu("find", say(Text.TITLE_FIND), tuple(say(w.value) for w in Way), c.picked)


def _typing(c: Find) -> Screen:
    shown = Amount(typed_amount(c.entry)).plain if c.way is Way.AMOUNT else c.entry
    question = say(QUESTIONS[c.way])
    lines = (question, say(c.error)) if c.error else (question,)
    return Prompt("find.typed", say(Text.TITLE_FIND), lines, shown, say(Text.HINT_TYPE))


def _states(c: Find) -> Screen:
    items = tuple(say(text) for text in STATES.values())
    return Menu("find.state", say(Text.FIND_BY_STATE), items, c.picked)


def _list(c: Find) -> Screen:
    title = say(c.way.value)
    if not c.found:
        lines = (say(Text.NOTHING_FOUND),)
        return Message("find.nothing", title, lines, say(Text.HINT_ENTER))
    return Menu("find.list", title, tuple(map(_item, c.found)), c.picked)


def _item(done: Transaction) -> Say:
    """What was given back has a minus sign; what does not fit in the line is left out."""
    is_sale = done.intent.operation == "sale"
    plain = Amount(done.moved_minor if is_sale else -done.moved_minor).plain
    shown = plain if len(plain) <= AMOUNT_CELLS else ""
    return say(Text.FOUND_ITEM, trace=f"{done.intent.stan:06d}", money=shown)


def _one(c: Find) -> Screen:
    hint = Text.HINT_PAGE_COPY if case.may_be_copied(c, None) else Text.HINT_PAGE
    return _page(c, "find.one", say(OPERATIONS[c.one.intent.operation]), hint)


def _totals(c: Find) -> Screen:
    title = say(Text.TITLE_TOTALS, batch=f"{c.facts.books.batch:06d}")
    return _page(c, "find.totals", title, Text.HINT_PAGE)


def _page(c: Find, name: str, title: Say, hint: Text) -> Screen:
    place = say(hint, page=c.page + 1, pages=len(c.pages))
    return Message(name, title, c.pages[c.page], place)


def _picking(source: S, *rows: On[Find]) -> Iterable[On[Find]]:
    """The same rows for Enter and for the digit of a line; a digit without a line beeps."""
    for trigger in ("enter", "digit"):
        for row in rows:
            yield On(trigger, source, row.dest, row.when, row.do)
        yield On(trigger, source, source, do=beep)


SHORT = (S.WAYS, S.TYPING, S.STATES, S.LIST, S.ONE, S.TOTALS)

TABLE: FlowTable[Find] = FlowTable(
    name="find",
    states=S,
    initial=S.WAYS,
    final=frozenset({S.LEFT}),
    rows=[
        *_picking(
            S.WAYS,
            On("", S.WAYS, S.LIST, when=case.wants_a_list, do=case.list_all),
            On("", S.WAYS, S.TYPING, when=case.asks_something, do=case.open_question),
            On("", S.WAYS, S.STATES, when=case.asks_state, do=case.open_question),
            On("", S.WAYS, S.TOTALS, when=case.wants_totals, do=case.open_totals),
        ),
        *arrows(S.WAYS, lambda c: len(WAYS)),
        *typing(S.TYPING, most=12),
        On("enter", S.TYPING, S.LIST, when=case.entry_is_usable, do=case.search_typed),
        On("enter", S.TYPING, S.TYPING, do=complain(Text.FIND_NOT_USABLE)),
        *_picking(S.STATES, On("", S.STATES, S.LIST, when=case.is_a_state, do=case.search_state)),
        *arrows(S.STATES, lambda c: len(LISTED)),
        On("enter", S.LIST, S.WAYS, when=case.nothing_was_found, do=case.start_again),
        *_picking(S.LIST, On("", S.LIST, S.ONE, when=case.is_found, do=case.open_one)),
        *arrows(S.LIST, lambda c: len(c.found)),
        On("up", S.ONE, S.ONE, do=case.page_up),
        On("down", S.ONE, S.ONE, do=case.page_down),
        On("enter", S.ONE, S.PRINTING, when=case.may_be_copied, do=case.print_copies),
        On("enter", S.ONE, S.ONE, do=beep),
        On("returned", S.PRINTING, S.ONE, do=case.look_again),
        On("up", S.TOTALS, S.TOTALS, do=case.page_up),
        On("down", S.TOTALS, S.TOTALS, do=case.page_down),
        On("enter", S.TOTALS, S.WAYS, do=case.start_again),
        On("cancel", S.WAYS, S.LEFT),
        On("cancel", S.ONE, S.LIST),
        On("cancel", (S.TYPING, S.STATES, S.LIST, S.TOTALS), S.WAYS, do=case.start_again),
        On("timeout", SHORT, S.LEFT),
    ],
    screens={
        S.WAYS: _ways,
        S.TYPING: _typing,
        S.STATES: _states,
        S.LIST: _list,
        S.ONE: _one,
        S.PRINTING: _one,
        S.TOTALS: _totals,
    },
    timeout_s={
        **dict.fromkeys(SHORT, entry_limit_s),
        S.PRINTING: math.inf,
    },
    result=lambda state, c: None,
)

"""The card that gets the money, or pays: swiped, or its number typed where the shop allows it."""

from __future__ import annotations

from enum import Enum, auto

from terminal.domain.facts import Facts
from terminal.domain.original import Original
from terminal.effects import Call
from terminal.flow import Flow, FlowTable, On
from terminal.flows import card_case as case
from terminal.flows.card_case import TakenCard as TakenCard
from terminal.flows.card_case import Wanted
from terminal.flows.leaving import Left
from terminal.flows.limits import entry_limit_s
from terminal.flows.silence import pad_silent
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import Content, Message, Progress, Prompt, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """PROTECTING is the pad making token and sealed number."""

    WAITING = auto()
    PROTECTING = auto()
    OTHER = auto()
    BLOCKED = auto()
    FOUND = auto()
    LEFT = auto()
    EXPIRED = auto()
    GIVEN_UP = auto()


def call(
    facts: Facts, original: Original | None, again: bool = False, operation: str = "refund"
) -> Call:
    """Take a card; the result is a TakenCard, or a Left. `again`: its data had expired.

    `original` is the purchase whose card it must be; a sale has none.
    """
    error = say(Text.SWIPE_AGAIN) if again else None
    return Call(lambda: Flow(TABLE, Wanted(facts, original, operation, error=error)))


def _name(c: Wanted) -> str:
    return f"{c.operation}.card"


def _lines(c: Wanted) -> tuple[Content, ...]:
    if c.error:
        return (c.error,)
    if c.original is None:
        return (say(Text.SALE_SWIPE),)
    ends = c.original.card_ends
    if not ends:
        return (say(Text.SWIPE_CARD), say(Text.SWIPE_ANY_KNOWN))
    paid = say(Text.PAID_WITH, card=f"{ends[:6]}..{ends[-4:]}")
    return (say(Text.SWIPE_CARD), paid)


def _hidden(entry: str) -> str:
    # Nobody reads a whole number off the display or its wire: the last four are enough to check.
    return "*" * (len(entry) - 4) + entry[-4:]


def _waiting(c: Wanted) -> Screen:
    typed = case.may_be_typed(c, None)
    lines = (*_lines(c), say(Text.OR_TYPE_CARD)) if typed and not c.entry else _lines(c)
    entry = _hidden(c.entry) if typed else None
    return Prompt(_name(c), say(Text.TITLE_CARD), lines, entry, say(Text.HINT_CANCEL))


def _protecting(c: Wanted) -> Screen:
    return Progress(_name(c), say(Text.TITLE_CARD), (say(Text.READING_CARD),))


def _other(c: Wanted) -> Screen:
    lines = [say(Text.OTHER_CARD), say(Text.OTHER_CARD_SAME_PHONE)]
    if case.other_card_is_allowed(c, None):
        lines.append(say(Text.OTHER_CARD_APPROVAL))
    name, title = f"{c.operation}.other_card", say(Text.TITLE_CARD)
    return Message(name, title, tuple(lines), say(Text.HINT_CANCEL))


def _blocked(c: Wanted) -> Screen:
    assert c.taken is not None
    found = c.facts.books.blocking("", c.taken.masked.token, everything=False)
    stan = f"{found.intent.stan:06d}" if found else ""
    lines = (
        say(Text.CARD_BLOCKED, stan=stan),
        say(Text.NO_MONEY_MOVED),
        say(Text.SETTLE_OTHER_FIRST),
    )
    name, title = f"{c.operation}.blocked", say(Text.TITLE_REFUSED)
    return Message(name, title, lines, say(Text.HINT_ENTER))


def _result(state: S, c: Wanted) -> TakenCard | Left | None:
    left = {S.LEFT: Left.CANCELLED, S.EXPIRED: Left.TIMED_OUT, S.GIVEN_UP: Left.TOLD}
    return left.get(state, c.taken)


OPEN = (S.WAITING, S.OTHER)

TABLE: FlowTable[Wanted] = FlowTable(
    name="card_entry",
    states=S,
    initial=S.WAITING,
    final=frozenset({S.FOUND, S.LEFT, S.EXPIRED, S.GIVEN_UP}),
    rows=[
        On("card", S.WAITING, S.PROTECTING, do=case.take_swiped),
        On("keypad", S.PROTECTING, S.WAITING, when=case.is_gone, do=case.drop),
        On("keypad", S.PROTECTING, S.BLOCKED, when=case.is_blocked, do=case.keep),
        On("keypad", S.PROTECTING, S.OTHER, when=case.is_other, do=case.keep_other),
        On("keypad", S.PROTECTING, S.FOUND, do=case.keep),
        On("bad_card", S.WAITING, S.WAITING, do=complain(say(Text.CARD_UNREADABLE))),
        On("chip", S.WAITING, S.WAITING, do=case.say_chip),
        On("digit", S.WAITING, S.WAITING, when=case.may_not_be_typed, do=beep),
        *typing(S.WAITING, most=19),
        On("enter", S.WAITING, S.PROTECTING, when=case.number_is_right, do=case.take_typed),
        On("enter", S.WAITING, S.WAITING, when=case.nothing_is_typed, do=beep),
        On("enter", S.WAITING, S.WAITING, do=complain(say(Text.CARD_NUMBER_WRONG))),
        On("enter", S.OTHER, S.FOUND, when=case.other_card_is_allowed),
        On("enter", S.OTHER, S.WAITING, do=case.drop),
        On("card", S.OTHER, S.PROTECTING, do=case.take_swiped),
        On("clear", S.OTHER, S.WAITING, do=case.drop),
        *pad_silent(S.PROTECTING, S.WAITING, case.drop_and_say),
        On("enter", S.BLOCKED, S.GIVEN_UP, do=case.drop),
        On("cancel", S.BLOCKED, S.GIVEN_UP, do=case.drop),
        On("timeout", S.BLOCKED, S.GIVEN_UP, do=case.drop),
        On("cancel", OPEN, S.LEFT, do=case.drop),
        On("timeout", OPEN, S.EXPIRED, do=case.drop),
    ],
    screens={
        S.WAITING: _waiting,
        S.PROTECTING: _protecting,
        S.OTHER: _other,
        S.BLOCKED: _blocked,
    },
    timeout_s={**dict.fromkeys((*OPEN, S.BLOCKED), entry_limit_s), S.PROTECTING: 5.0},
    result=_result,
)

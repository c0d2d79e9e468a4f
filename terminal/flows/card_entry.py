"""The card that gets the money: swiped, or its number typed where the shop allows it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from terminal.domain.card import HeldCard, MaskedCard, TrackError, card_of_number
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardProtected, ProtectCard
from terminal.domain.original import Original
from terminal.domain.refund_policy import Match, card_match
from terminal.effects import AskKeypad, Beep, Call, Effect, ForgetCard, Persist
from terminal.events import CardSwiped, ChipPresented, KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.flows.leaving import Left
from terminal.flows.typed import beep, complain, typing
from terminal.ui.screens import Content, Message, Progress, Prompt, Say, Screen, say
from terminal.ui.text import Text

NAME = "refund.card"


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


@dataclass(frozen=True, slots=True)
class TakenCard:
    """What the caller gets: the card while it is held, and what may be kept of it."""

    held: HeldCard
    masked: MaskedCard
    sealed: bytes
    match: Match


@dataclass(frozen=True, slots=True)
class Wanted:
    """The card of which purchase; what was swiped or typed so far."""

    facts: Facts
    original: Original
    entry: str = field(default="", repr=False)
    error: Say | None = None
    held: HeldCard | None = None
    taken: TakenCard | None = None


Step = tuple[Wanted, tuple[Effect, ...]]


def call(facts: Facts, original: Original, again: bool = False) -> Call:
    """Take a card; the result is a TakenCard, or a Left. `again`: its data had expired."""
    error = say(Text.SWIPE_AGAIN) if again else None
    return Call(lambda: Flow(TABLE, Wanted(facts, original, error=error)))


def _protect(c: Wanted, held: HeldCard) -> Step:
    question = ProtectCard(c.facts.books.batch, held.pan, held.expiry)
    return replace(c, held=held, entry="", error=None), (AskKeypad(question),)


def take_swiped(c: Wanted, event: CardSwiped) -> Step:
    """The pad makes the token."""
    return _protect(c, event.card)


def may_be_typed(c: Wanted, event: object) -> bool:
    """The shop allows it (always with approval)."""
    return c.facts.parameters.typed_card == "approval"


def may_not_be_typed(c: Wanted, event: object) -> bool:
    """Only a stripe counts here: digits do nothing."""
    return not may_be_typed(c, event)


def nothing_is_typed(c: Wanted, event: object) -> bool:
    """Enter alone is no card."""
    return not c.entry


def number_is_right(c: Wanted, event: object) -> bool:
    """Allowed, and length and check digit are right."""
    try:
        card_of_number(c.entry)
    except TrackError:
        return False
    return may_be_typed(c, event)


def take_typed(c: Wanted, event: object) -> Step:
    """As if it had been swiped, but named on slip and journal."""
    return _protect(c, card_of_number(c.entry))


def say_chip(c: Wanted, event: ChipPresented) -> Step:
    """Neither slot nor antenna works yet."""
    return replace(c, error=say(Text.CHIP_NOT_SUPPORTED)), (Beep(),)


def _taken(c: Wanted, event: KeypadAnswered) -> TakenCard:
    assert c.held is not None
    assert isinstance(event.answer, CardProtected)
    masked = MaskedCard(c.held.masked, c.held.mode, event.answer.token)
    match = card_match(c.original, masked.ends, masked.token)
    return TakenCard(c.held, masked, event.answer.sealed, match)


def is_gone(c: Wanted, event: object) -> bool:
    """Its data was dropped meanwhile."""
    return c.held is None or not c.held.held


def is_blocked(c: Wanted, event: KeypadAnswered) -> bool:
    """A refund to this card is unresolved."""
    token = _taken(c, event).masked.token
    return c.facts.books.blocking("", token, everything=False) is not None


def is_other(c: Wanted, event: KeypadAnswered) -> bool:
    """Not the card that paid."""
    return _taken(c, event).match is Match.OTHER


def keep(c: Wanted, event: KeypadAnswered) -> Step:
    """What the caller gets."""
    return replace(c, taken=_taken(c, event)), ()


def keep_other(c: Wanted, event: KeypadAnswered) -> Step:
    """Said, and counted."""
    refused = Persist("refused", {"what": "card", "why": "other"})
    return replace(c, taken=_taken(c, event)), (refused, Beep())


def other_card_is_allowed(c: Wanted, event: object) -> bool:
    """The shop allows it with approval."""
    return c.facts.parameters.other_card == "approval"


def drop(c: Wanted, event: object) -> Step:
    """Forget this card and wait for another."""
    held = (ForgetCard(c.held),) if c.held else ()
    return replace(c, held=None, taken=None, entry="", error=None), held


def drop_and_say(c: Wanted, event: object) -> Step:
    """The pad was silent: once more."""
    dropped, effects = drop(c, event)
    return replace(dropped, error=say(Text.KEYPAD_GAVE_NO_ANSWER)), (*effects, Beep())


def _lines(c: Wanted) -> tuple[Content, ...]:
    if c.error:
        return (c.error,)
    ends = c.original.card_ends
    if not ends:
        return (say(Text.SWIPE_CARD), say(Text.SWIPE_ANY_KNOWN))
    paid = say(Text.PAID_WITH, card=f"{ends[:6]}..{ends[-4:]}")
    return (say(Text.SWIPE_CARD), paid)


def _hidden(entry: str) -> str:
    # Nobody reads a whole number off the display or its wire: the last four are enough to check.
    return "*" * (len(entry) - 4) + entry[-4:]


def _waiting(c: Wanted) -> Screen:
    typed = may_be_typed(c, None)
    lines = (*_lines(c), say(Text.OR_TYPE_CARD)) if typed and not c.entry else _lines(c)
    entry = _hidden(c.entry) if typed else None
    return Prompt(NAME, say(Text.TITLE_CARD), lines, entry, say(Text.HINT_CANCEL))


def _other(c: Wanted) -> Screen:
    lines = [say(Text.OTHER_CARD), say(Text.OTHER_CARD_SAME_PHONE)]
    if other_card_is_allowed(c, None):
        lines.append(say(Text.OTHER_CARD_APPROVAL))
    return Message("refund.other_card", say(Text.TITLE_CARD), tuple(lines), say(Text.HINT_CANCEL))


def _blocked(c: Wanted) -> Screen:
    assert c.taken is not None
    found = c.facts.books.blocking("", c.taken.masked.token, everything=False)
    stan = f"{found.intent.stan:06d}" if found else ""
    lines = (say(Text.CARD_BLOCKED, stan=stan), say(Text.NO_MONEY_MOVED))
    return Message("refund.blocked", say(Text.TITLE_REFUSED), lines, say(Text.HINT_ENTER))


def _limit_s(c: Wanted) -> float:
    return c.facts.parameters.entry_timeout_s


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
        On("card", S.WAITING, S.PROTECTING, do=take_swiped),
        On("keypad", S.PROTECTING, S.WAITING, when=is_gone, do=drop),
        On("keypad", S.PROTECTING, S.BLOCKED, when=is_blocked, do=keep),
        On("keypad", S.PROTECTING, S.OTHER, when=is_other, do=keep_other),
        On("keypad", S.PROTECTING, S.FOUND, do=keep),
        On("bad_card", S.WAITING, S.WAITING, do=complain(say(Text.CARD_UNREADABLE))),
        On("chip", S.WAITING, S.WAITING, do=say_chip),
        On("digit", S.WAITING, S.WAITING, when=may_not_be_typed, do=beep),
        *typing(S.WAITING, most=19),
        On("enter", S.WAITING, S.PROTECTING, when=number_is_right, do=take_typed),
        On("enter", S.WAITING, S.WAITING, when=nothing_is_typed, do=beep),
        On("enter", S.WAITING, S.WAITING, do=complain(say(Text.CARD_NUMBER_WRONG))),
        On("enter", S.OTHER, S.FOUND, when=other_card_is_allowed),
        On("enter", S.OTHER, S.WAITING, do=drop),
        On("card", S.OTHER, S.PROTECTING, do=take_swiped),
        On("clear", S.OTHER, S.WAITING, do=drop),
        On("keypad_failed", S.PROTECTING, S.WAITING, do=drop_and_say),
        On("timeout", S.PROTECTING, S.WAITING, do=drop_and_say),
        On("enter", S.BLOCKED, S.GIVEN_UP, do=drop),
        On("cancel", S.BLOCKED, S.GIVEN_UP, do=drop),
        On("timeout", S.BLOCKED, S.GIVEN_UP, do=drop),
        On("cancel", OPEN, S.LEFT, do=drop),
        On("timeout", OPEN, S.EXPIRED, do=drop),
    ],
    screens={
        S.WAITING: _waiting,
        S.PROTECTING: lambda c: Progress(NAME, say(Text.TITLE_CARD), (say(Text.READING_CARD),)),
        S.OTHER: _other,
        S.BLOCKED: _blocked,
    },
    timeout_s={S.WAITING: _limit_s, S.PROTECTING: 5.0, S.OTHER: _limit_s, S.BLOCKED: _limit_s},
    result=_result,
)

"""The card of a refund, sale or void: guards and actions, and what the caller gets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from terminal.domain.card import HeldCard, MaskedCard, TrackError, card_of_number
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardProtected, ProtectCard
from terminal.domain.original import Original
from terminal.domain.refund_policy import Match, card_match
from terminal.effects import AskKeypad, Beep, Effect, ForgetCard, Persist
from terminal.events import CardSwiped, ChipPresented, KeypadAnswered
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class TakenCard:
    """What the caller gets: the card while it is held, and what may be kept of it."""

    held: HeldCard
    masked: MaskedCard
    sealed: bytes
    match: Match


@dataclass(frozen=True, slots=True)
class Wanted:
    """The card of which purchase, for what; what was swiped or typed so far."""

    facts: Facts
    original: Original | None  # None: a sale, any card will do
    operation: str = "refund"  # refund, sale, void
    entry: str = field(default="", repr=False)
    error: Say | None = None
    held: HeldCard | None = None
    taken: TakenCard | None = None


Step = tuple[Wanted, tuple[Effect, ...]]


def _protect(c: Wanted, held: HeldCard) -> Step:
    question = ProtectCard(c.facts.books.batch, held.pan, held.expiry)
    return replace(c, held=held, entry="", error=None), (AskKeypad(question),)


def take_swiped(c: Wanted, event: CardSwiped) -> Step:
    """The pad makes the token."""
    return _protect(c, event.card)


def may_be_typed(c: Wanted, event: object) -> bool:
    """The shop allows it (always with approval); a void is about a card that is here."""
    return c.operation != "void" and c.facts.parameters.typed_card == "approval"


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
    match = card_match(c.original, masked.ends, masked.token) if c.original else Match.MATCH
    return TakenCard(c.held, masked, event.answer.sealed, match)


def is_gone(c: Wanted, event: object) -> bool:
    """Its data was dropped meanwhile."""
    return c.held is None or not c.held.held


def is_blocked(c: Wanted, event: KeypadAnswered) -> bool:
    """A refund to this card is unresolved; that keeps nobody from paying with it."""
    token = _taken(c, event).masked.token
    return (
        c.original is not None and c.facts.books.blocking("", token, everything=False) is not None
    )


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
    """The shop allows it with approval; a void never goes to another card."""
    return c.operation == "refund" and c.facts.parameters.other_card == "approval"


def drop(c: Wanted, event: object) -> Step:
    """Forget this card and wait for another."""
    held = (ForgetCard(c.held),) if c.held else ()
    return replace(c, held=None, taken=None, entry="", error=None), held


def drop_and_say(c: Wanted, event: object) -> Step:
    """The pad was silent: once more."""
    dropped, effects = drop(c, event)
    return replace(dropped, error=say(Text.KEYPAD_GAVE_NO_ANSWER)), (*effects, Beep())

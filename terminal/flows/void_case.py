"""What a void knows on its way, and what each step decides and does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from terminal.domain import void_policy
from terminal.domain.card import EntryMode, HeldCard
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardOpened, OpenCard
from terminal.domain.operators import Action
from terminal.domain.refund_policy import ABOVE_LIMIT
from terminal.domain.transaction import Intent, Transaction
from terminal.effects import AskKeypad, Beep, Effect
from terminal.events import KeypadAnswered, Returned
from terminal.flows import approval, card_entry, host_exchange, pin_entry, void_sale
from terminal.flows.card_entry import TakenCard
from terminal.flows.exchange_request import entry_mode
from terminal.flows.home_next import RefundInstead
from terminal.flows.leaving import Left
from terminal.flows.pin_entry import Pin, PinCase
from terminal.flows.sale_ending import forget
from terminal.flows.sale_lines import approval_lines
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Void:
    """All of it; `asked`: the trace number of the sale is known already."""

    facts: Facts
    asked: int | None = None
    sale: Transaction | None = None
    card: TakenCard | None = None
    pin: Pin | None = field(default=None, repr=False)
    approver: str = ""
    error: Say | None = None
    left: Left | None = None
    done: Transaction | None = None
    instead: RefundInstead | None = None

    @property
    def operation(self) -> str:
        """Its name in the journal."""
        return "void"

    @property
    def original(self) -> Transaction:
        """The sale, once it is found."""
        assert self.sale is not None
        return self.sale

    @property
    def amount_minor(self) -> int:
        """All of it: a void is never of a part."""
        return self.original.moved_minor


Step = tuple[Void, tuple[Effect, ...]]

# ---- which sale


def ask_sale(c: Void, event: object) -> Step:
    """Which one?"""
    return c, (void_sale.call(c.facts, c.asked),)


def wants_refund(c: Void, event: Returned) -> bool:
    """It can't be voided, and somebody wants the money given back."""
    return isinstance(event.result, RefundInstead)


def keep_refund(c: Void, event: Returned) -> Step:
    """The caller begins it."""
    return replace(c, instead=event.result), ()


def needs_card(c: Void, event: object) -> bool:
    """The shop has the card swiped again."""
    return c.facts.parameters.void_card == "swipe"


def keep_sale_and_ask_card(c: Void, event: Returned) -> Step:
    """Only the card that paid."""
    return _ask_card(replace(c, sale=event.result), again=False)


def ask_card_again(c: Void, event: object) -> Step:
    """Its data was dropped after a minute; a PIN is bound to the card."""
    return _ask_card(replace(c, pin=None), again=True)


def _ask_card(c: Void, again: bool) -> Step:
    purchase = c.original.purchase
    return c, (card_entry.call(c.facts, purchase, again=again, operation="void"),)


# ---- PIN and approval


def asks_pin(c: Void, event: object) -> bool:
    """The shop takes PINs for voids."""
    return c.facts.parameters.void_pin != "never"


def keep_card_and_ask_pin(c: Void, event: Returned) -> Step:
    """The customer types it at the pad."""
    kept, _ = keep(c, event)
    assert kept.card is not None
    setting = c.facts.parameters.void_pin
    case = PinCase(c.facts, kept.card.held, "void", c.amount_minor, setting)
    return kept, (pin_entry.call(case),)


def keep(c: Void, event: Returned) -> Step:
    """Sale, card or PIN, whichever was asked for."""
    result = event.result
    if isinstance(result, Transaction):
        return replace(c, sale=result), ()
    if isinstance(result, TakenCard):
        return replace(c, card=result, pin=None, error=None), ()
    return replace(c, pin=result), ()


def needs_approver(c: Void, event: Returned) -> bool:
    """The shop wants a second person, who has not agreed yet."""
    known, _ = keep(c, event)
    wanted = void_policy.needs_approver(c.facts.parameters, known.amount_minor)
    return wanted and not c.approver


def keep_and_ask_approver(c: Void, event: Returned) -> Step:
    """The approver sees the whole case; never the requester."""
    kept, _ = keep(c, event)
    operator = c.facts.operator
    assert operator is not None
    card = kept.original.intent.card
    lines = approval_lines("void", kept.amount_minor, card, Text.CASE_VOID)
    case = approval.Case(c.facts, "void.approval", operator.number, Action.APPROVE_REFUND, lines)
    return kept, (approval.call(case),)


def keep_approver(c: Void, event: Returned) -> Step:
    """All is known."""
    return replace(c, approver=event.result), ()


# ---- sending


def _sealed(c: Void) -> bytes | None:
    history = c.facts.history
    return history.sealed(c.original.record) if history else None


def must_swipe_again(c: Void, event: object) -> bool:
    """The card's data was dropped after a minute."""
    return needs_card(c, event) and (c.card is None or not c.card.held.held)


def card_is_held(c: Void, event: object) -> bool:
    """It was swiped."""
    return needs_card(c, event)


def number_is_kept(c: Void, event: object) -> bool:
    """The pad's seal of the sale's card is there."""
    return _sealed(c) is not None


def say_no_number(c: Void, event: object) -> Step:
    """The sale stands."""
    return replace(c, error=say(Text.VOID_NO_CARD)), (Beep(),)


def open_card(c: Void, event: object) -> Step:
    """Only now, and only for this message."""
    sealed = _sealed(c)
    assert sealed is not None
    return c, (AskKeypad(OpenCard(c.original.intent.batch, sealed)),)


def send_opened(c: Void, event: KeypadAnswered) -> Step:
    """F2 and F14 of the card that paid, as if typed (3.4)."""
    opened = event.answer
    assert isinstance(opened, CardOpened)
    held = HeldCard(opened.pan, EntryMode.TYPED, opened.expiry or None, None)
    intent = _intent(c, EntryMode.TYPED.value, None)
    return c, (host_exchange.call(c.facts, intent, held, _sealed(c)),)


def send(c: Void, event: object) -> Step:
    """From here on only the exchange decides."""
    assert c.card is not None
    block = c.pin.block if c.pin else None
    intent = _intent(c, c.card.masked.mode.value, block)
    sent = host_exchange.call(c.facts, intent, c.card.held, c.card.sealed, block)
    return replace(c, pin=None), (sent,)


def _intent(c: Void, entry: str, block: bytes | None) -> Intent:
    books, sale, parameters = c.facts.books, c.original, c.facts.parameters
    is_above = c.amount_minor > parameters.approval_above_minor
    return Intent(
        operation="void",
        stan=books.next_stan,
        batch=books.batch,
        amount_minor=c.amount_minor,
        entry=entry,
        card=sale.intent.card,
        token=sale.intent.token,
        original=sale.purchase,
        reason="",
        document="",
        operator=books.operator,
        approver=c.approver,
        exceptions=(ABOVE_LIMIT,) if c.approver and is_above else (),
        entry_mode=entry_mode(entry, block),
    )


def say_no_keypad(c: Void, event: object) -> Step:
    """Nothing left; the sale stands."""
    return forget(replace(c, error=say(Text.KEYPAD_GAVE_NO_ANSWER)), Beep())

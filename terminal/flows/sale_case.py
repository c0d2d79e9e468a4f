"""What a sale knows on its way, and what each step decides and does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from terminal.domain.card import EntryMode
from terminal.domain.facts import Facts
from terminal.domain.money import typed_amount
from terminal.domain.operators import Action
from terminal.domain.transaction import Transaction
from terminal.effects import Effect
from terminal.events import Returned
from terminal.flows import approval, card_entry, pin_entry
from terminal.flows.card_entry import TakenCard
from terminal.flows.leaving import Left
from terminal.flows.pin_entry import Pin, PinCase
from terminal.flows.sale_lines import approval_lines
from terminal.ui.screens import Say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Sale:
    """All of it; `pins` counts the wrong ones of this customer."""

    facts: Facts
    entry: str = ""
    error: Say | None = None
    amount_minor: int = 0
    card: TakenCard | None = None
    approver: str = ""
    approved_token: str = ""
    pin: Pin | None = field(default=None, repr=False)
    pins: int = 0
    left: Left | None = None
    done: Transaction | None = None

    @property
    def operation(self) -> str:
        """Its name in the journal."""
        return "sale"

    @property
    def taken(self) -> TakenCard:
        """The card, once it was swiped or typed."""
        assert self.card is not None
        return self.card


Step = tuple[Sale, tuple[Effect, ...]]

# ---- before the card


def amount_is_typed(c: Sale, event: object) -> bool:
    """More than nothing."""
    return typed_amount(c.entry) > 0


def keep_amount_and_ask_card(c: Sale, event: object) -> Step:
    """Next: the card that pays."""
    return ask_card(replace(c, amount_minor=typed_amount(c.entry), entry="", error=None), event)


def ask_card(c: Sale, event: object) -> Step:
    """Any card."""
    return c, (card_entry.call(c.facts, None, operation="sale"),)


def ask_card_again(c: Sale, event: object) -> Step:
    """Its data was dropped after a minute; a PIN is bound to the card."""
    again = card_entry.call(c.facts, None, again=True, operation="sale")
    return replace(c, pin=None, done=None), (again,)


# ---- card, approval, PIN


def _with_card(c: Sale, event: Returned) -> Sale:
    card: TakenCard = event.result
    # An approval is bound to the card that the approver saw.
    approver = c.approver if card.masked.token == c.approved_token else ""
    return replace(c, card=card, approver=approver, pin=None, entry="", error=None)


def needs_approver(c: Sale, event: Returned) -> bool:
    """A typed number, which nobody has approved."""
    with_card = _with_card(c, event)
    return with_card.taken.masked.mode is EntryMode.TYPED and not with_card.approver


def keep_card_and_ask_approver(c: Sale, event: Returned) -> Step:
    """A second person, never the requester."""
    kept = _with_card(c, event)
    operator = c.facts.operator
    assert operator is not None
    lines = approval_lines("sale", c.amount_minor, kept.taken.masked.masked, Text.CASE_TYPED_CARD)
    case = approval.Case(c.facts, "sale.approval", operator.number, Action.APPROVE_REFUND, lines)
    return kept, (approval.call(case),)


def asks_pin(c: Sale, event: object) -> bool:
    """The shop takes PINs."""
    return c.facts.parameters.sale_pin != "never"


def keep_card_and_ask_pin(c: Sale, event: Returned) -> Step:
    """The customer types it at the pad."""
    return pin_question(_with_card(c, event))


def keep_card(c: Sale, event: Returned) -> Step:
    """All is known."""
    return _with_card(c, event), ()


def _with_approver(c: Sale, event: Returned) -> Sale:
    return replace(c, approver=event.result, approved_token=c.taken.masked.token)


def keep_approver_and_ask_card(c: Sale, event: Returned) -> Step:
    """The approval stays with this card."""
    return ask_card_again(_with_approver(c, event), event)


def keep_approver_and_ask_pin(c: Sale, event: Returned) -> Step:
    """Next: the PIN."""
    return pin_question(_with_approver(c, event))


def keep_approver(c: Sale, event: Returned) -> Step:
    """All is known."""
    return _with_approver(c, event), ()


def pin_question(c: Sale, error: Say | None = None) -> Step:
    """The customer types it at the pad; `error` says why once more."""
    case = PinCase(
        facts=c.facts,
        card=c.taken.held,
        operation="sale",
        amount_minor=c.amount_minor,
        setting=c.facts.parameters.sale_pin,
        error=error,
    )
    return c, (pin_entry.call(case),)


def keep_pin(c: Sale, event: Returned) -> Step:
    """All is known."""
    return replace(c, pin=event.result), ()

"""The second half of a sale: its intent, sending, and a wrong PIN."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from terminal.domain.card import EntryMode
from terminal.domain.original import Original
from terminal.domain.refund_policy import TYPED_CARD
from terminal.domain.transaction import Intent, Outcome, Transaction
from terminal.events import Returned
from terminal.flows import host_exchange
from terminal.flows.exchange_request import entry_mode
from terminal.flows.sale_case import Sale, Step, asks_pin, pin_question
from terminal.ui.screens import say
from terminal.ui.text import Text

WRONG_PIN: Final = "55"
PINS_MOST: Final = 3  # then the card's bank would lock it


def intent_of(c: Sale) -> Intent:
    """What goes on disk before the message leaves; the sale is its own purchase."""
    books, masked = c.facts.books, c.taken.masked
    entry = masked.mode.value
    return Intent(
        operation="sale",
        stan=books.next_stan,
        batch=books.batch,
        amount_minor=c.amount_minor,
        entry=entry,
        card=masked.masked,
        token=masked.token,
        original=_purchase(c),
        reason="",
        document="",
        operator=books.operator,
        approver=c.approver,
        exceptions=(TYPED_CARD,) if masked.mode is EntryMode.TYPED else (),
        entry_mode=entry_mode(entry, _block(c)),
    )


def _purchase(c: Sale) -> Original:
    books, masked = c.facts.books, c.taken.masked
    return Original(
        rrn="",
        day=c.facts.today,
        amount_minor=c.amount_minor,
        terminal=c.facts.identity.terminal_id,
        batch=books.batch,
        stan=books.next_stan,
        card_ends=masked.ends,
        token=masked.token,
        source="journal",
    )


def _block(c: Sale) -> bytes | None:
    return c.pin.block if c.pin else None


def send(c: Sale, event: object) -> Step:
    """From here on only the exchange decides."""
    card = c.taken
    sent = host_exchange.call(c.facts, intent_of(c), card.held, card.sealed, _block(c))
    return replace(c, pin=None), (sent,)


# ---- a wrong PIN


def may_try_again(c: Sale, event: Returned) -> bool:
    """The PIN was wrong, not too often: the card stays for another one."""
    done: Transaction = event.result
    is_wrong = done.outcome is Outcome.DECLINED and done.response_code == WRONG_PIN
    return is_wrong and c.pins + 1 < PINS_MOST and asks_pin(c, event)


def keep_wrong_pin(c: Sale, event: Returned) -> Step:
    """One try of this customer is used up."""
    return replace(c, done=event.result, pins=c.pins + 1), ()


def ask_pin_again(c: Sale, event: object) -> Step:
    """A new PIN is a new intent."""
    return pin_question(replace(c, done=None), say(Text.PIN_WRONG))

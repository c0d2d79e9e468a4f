"""The card number that the keypad sealed beside an intent, opened once more (profile 5)."""

from __future__ import annotations

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardOpened, OpenCard, Refusal
from terminal.domain.transaction import Transaction
from terminal.effects import AskKeypad
from terminal.events import KeypadFailed

# Of OpenCard: the key of that batch is not in this pad, or did not seal this number.
NEVER_OPENS = (Refusal.NO_WORKING_KEY, Refusal.CHECK_VALUE)
NO_CARD = CardOpened("", "")


def sealed(facts: Facts, record: int) -> bytes | None:
    """The sealed number, while it is still there; a payment by code has none."""
    return None if facts.history is None else facts.history.sealed(record)


def opening(facts: Facts, one: Transaction) -> AskKeypad:
    """Number and expiry, sealed under the batch of the intent."""
    number = sealed(facts, one.record)
    assert number is not None
    return AskKeypad(OpenCard(one.intent.batch, number))


def never_opens(c: object, event: KeypadFailed) -> bool:
    """No later question to this pad would open it."""
    return event.refusal in NEVER_OPENS

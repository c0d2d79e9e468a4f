"""The card number that the keypad sealed beside an intent, opened once more (profile 5)."""

from __future__ import annotations

from collections.abc import Callable

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CardOpened, OpenCard, Refusal
from terminal.domain.transaction import Transaction
from terminal.effects import AskKeypad
from terminal.events import KeypadAnswered, KeypadFailed
from terminal.iso8583 import messages
from terminal.iso8583.messages import Message, MessageError

# Of OpenCard: the key of that batch is not in this pad, or did not seal this number.
NEVER_OPENS = (Refusal.NO_WORKING_KEY, Refusal.CHECK_VALUE)
NO_CARD = CardOpened("", "")
CARD_FIELDS = (2, 14, 35, 36, 52)  # number, expiry, stripe, PIN


def sealed(facts: Facts, record: int) -> bytes | None:
    """The sealed number, while it is still there; a payment by code has none."""
    return None if facts.history is None else facts.history.sealed(record)


def opening(facts: Facts, one: Transaction) -> AskKeypad:
    """Number and expiry, sealed under the batch of the intent."""
    number = sealed(facts, one.record)
    assert number is not None
    return AskKeypad(OpenCard(one.intent.batch, number))


def built(build: Callable[[CardOpened], Message], event: object) -> tuple[Message, bytes] | None:
    """A message of the card that was opened, or of none, and the bytes that its MAC is over.

    None for what can't be sent so: `build` has raised a MessageError.
    """
    opened = event.answer if isinstance(event, KeypadAnswered) else NO_CARD
    assert isinstance(opened, CardOpened)
    try:
        request = build(opened)
        return request, messages.unsigned(request)
    except MessageError:
        return None


def without_card(request: Message) -> Message:
    """What is kept of a message: an answer is compared with no card data (profile 2)."""
    kept = {n: v for n, v in request.fields.items() if n not in CARD_FIELDS}
    return Message(request.mti, kept)


def never_opens(c: object, event: KeypadFailed) -> bool:
    """No later question to this pad would open it."""
    return event.refusal in NEVER_OPENS

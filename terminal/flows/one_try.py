"""What one try of a reversal and of a step of recovery do alike: its leaving, and no answer.

The context is a Reversal or a Trying: both have facts, record, request, unsigned, asked and one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import MacMade, MakeMac
from terminal.domain.transaction import Transaction
from terminal.effects import AskKeypad, Effect, Persist, SendToHost
from terminal.events import KeypadAnswered
from terminal.flows.kept_refund import sent_entry_mode
from terminal.flows.sealed_card import opening, without_card
from terminal.iso8583 import messages
from terminal.iso8583.matching import Asked
from terminal.iso8583.messages import Message
from terminal.ui.text import Text

C = TypeVar("C", bound=Any)
Step = tuple[C, tuple[Effect, ...]]

# By the name of the state that it ended in: nothing usable came, so no other try is worth it now.
NO_ANSWER: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "UNUSABLE": Text.ANSWER_NOT_USABLE,
        "UNKNOWN": Text.HOST_GAVE_NO_ANSWER,
        "NOT_SENT": Text.HOST_NOT_REACHED,
        "NO_KEYPAD": Text.KEYPAD_GAVE_NO_ANSWER,
    }
)


def in_books(facts: Facts, record: int) -> Transaction:
    """The transaction as it stands now."""
    found = facts.books.transaction(record)
    assert found is not None
    return found


def open_card(c: C, event: object) -> Step[C]:
    """The pad opens the card's number, which is still sealed beside the intent."""
    return c, (opening(c.facts, c.one),)


def stored(c: C, built: tuple[Message, bytes], record: Persist) -> Step[C]:
    """On disk before it leaves; the pad's MAC carries the number of just this record."""
    request, unsigned = built
    ask = AskKeypad(MakeMac(c.facts.profile.mac_algorithm, unsigned))
    return replace(c, request=without_card(request), unsigned=unsigned), (record, ask)


def send(c: C, event: KeypadAnswered) -> Step[C]:
    """The point of no return of this copy."""
    assert isinstance(event.answer, MacMade)
    raw = messages.sign(c.unsigned, event.answer.mac)
    order = SendToHost(raw, sent_entry_mode(c.one.intent))
    return replace(c, unsigned=b"", asked=_asked_now(c)), (order,)


def _asked_now(c: Any) -> Asked:
    # Whether it is another day is for the answer to say.
    return Asked.EARLY if c.facts.life_left_s(c.record) else Asked.AFTER_LIFE

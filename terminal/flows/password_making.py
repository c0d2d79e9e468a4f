"""A new password, typed twice at the pad: what is asked of it, and the record of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import EntryOutcome, MakePassword, PasswordMade
from terminal.domain.parameters import Person
from terminal.effects import AskKeypad, Persist
from terminal.events import KeypadAnswered
from terminal.ui.text import Text

COMPLAINTS: Mapping[EntryOutcome, Text] = MappingProxyType(
    {EntryOutcome.WEAK: Text.PASSWORD_WEAK, EntryOutcome.DIFFERENT: Text.PASSWORD_DIFFERS}
)


def question(facts: Facts, person: Person) -> AskKeypad:
    """As long as the role wants it; the pad refuses weak ones."""
    shortest, longest = facts.parameters.password_digits(person.role)
    cost = facts.parameters.password_cost
    return AskKeypad(MakePassword(person.number, shortest, longest, cost))


def made(event: KeypadAnswered) -> PasswordMade:
    """The pad's answer."""
    assert isinstance(event.answer, PasswordMade)
    return event.answer


def record(facts: Facts, person: Person, event: KeypadAnswered) -> Persist:
    """Salt and verifier; the password itself is nowhere."""
    answer = made(event)
    body = {"salt": answer.salt.hex(), "verifier": answer.verifier.hex()}
    who = {"number": person.number, "cost": facts.parameters.password_cost}
    return Persist("password", who | body)

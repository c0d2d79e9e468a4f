"""What the first set-up asks the pad, person after person, and stores."""

from __future__ import annotations

from dataclasses import dataclass, replace

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import (
    CancelEntry,
    CheckCode,
    EntryEnded,
    EntryOutcome,
    SpendCode,
)
from terminal.domain.parameters import Person
from terminal.effects import AskKeypad, Effect, Persist
from terminal.events import EntryProgressed, KeypadAnswered
from terminal.flows import password_making
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class SetUp:
    """What stands in the pad's secure entry, and what was wrong with the last one."""

    facts: Facts
    phase: int = 1
    stars: int = 0
    error: Text | None = None


Step = tuple[SetUp, tuple[Effect, ...]]


def _waiting(facts: Facts) -> list[Person]:
    return [p for p in facts.parameters.people if p.number not in facts.books.people]


def without_password(facts: Facts) -> Person | None:
    """The first person of the list who has none."""
    return next(iter(_waiting(facts)), None)


def nobody_is_listed(c: SetUp, event: object) -> bool:
    """The parameter file has no people."""
    return not c.facts.parameters.people


def ask_code(c: SetUp, event: object) -> Step:
    """The paper that came with the pad."""
    return replace(c, stars=0), (AskKeypad(CheckCode()),)


def begin_again(c: SetUp, event: object) -> Step:
    """The pad is there again; it may still be in an entry that nobody waits for."""
    asked, effects = ask_code(replace(c, error=None), event)
    return asked, (AskKeypad(CancelEntry()), *effects)


def code_wrong(c: SetUp, event: object) -> Step:
    """Ask for it again."""
    return ask_code(replace(c, error=Text.CODE_WRONG), event)


def code_is_right(c: SetUp, event: KeypadAnswered) -> bool:
    """The pad knows its code."""
    return _ended(event) is EntryOutcome.RIGHT


def code_is_spent(c: SetUp, event: KeypadAnswered) -> bool:
    """Somebody has set this pad up before."""
    return _ended(event) is EntryOutcome.SPENT


def code_was_given(c: SetUp, event: KeypadAnswered) -> bool:
    """Not cancelled, not timed out: it was wrong."""
    return _ended(event) is EntryOutcome.WRONG


def _ended(event: KeypadAnswered) -> EntryOutcome:
    assert isinstance(event.answer, EntryEnded)
    return event.answer.outcome


def ask_first(c: SetUp, event: object) -> Step:
    """The code was right: a wrong one before it is forgotten."""
    return ask_password(replace(c, error=None), event)


def ask_password(c: SetUp, event: object) -> Step:
    """The next person's new password, typed twice at the pad."""
    person = without_password(c.facts)
    assert person is not None
    return replace(c, phase=1, stars=0), (password_making.question(c.facts, person),)


def password_is_made(c: SetUp, event: KeypadAnswered) -> bool:
    """The pad has salt and verifier of a new password."""
    return password_making.made(event).outcome is EntryOutcome.RIGHT


def others_wait(c: SetUp, event: KeypadAnswered) -> bool:
    """A password is made, and somebody else still has none."""
    return password_is_made(c, event) and len(_waiting(c.facts)) > 1


def _store(c: SetUp, event: KeypadAnswered) -> Persist:
    person = without_password(c.facts)
    assert person is not None
    return password_making.record(c.facts, person, event)


def store_and_ask_next(c: SetUp, event: KeypadAnswered) -> Step:
    """Store this one; the one after this person is next."""
    fresh = replace(c, phase=1, stars=0, error=None)
    return fresh, (_store(c, event), password_making.question(c.facts, _waiting(c.facts)[1]))


def store_last(c: SetUp, event: KeypadAnswered) -> Step:
    """The shop is set up on disk before the code is used up."""
    return c, (_store(c, event), Persist("set_up", {}), AskKeypad(SpendCode()))


def spend(c: SetUp, event: object) -> Step:
    """All passwords are there: a cut came before the end."""
    return c, (Persist("set_up", {}), AskKeypad(SpendCode()))


def everybody_has_one(c: SetUp, event: KeypadAnswered) -> bool:
    """A cut came after the last password."""
    return code_is_right(c, event) and without_password(c.facts) is None


def say_what_was_wrong(c: SetUp, event: KeypadAnswered) -> Step:
    """Weak or different: the same person again."""
    outcome = password_making.made(event).outcome
    return ask_password(replace(c, error=password_making.COMPLAINTS.get(outcome)), event)


def keep_stars(c: SetUp, event: EntryProgressed) -> Step:
    """Something was typed at the pad."""
    return replace(c, phase=event.phase, stars=event.count), ()

"""What was sealed for a batch that is over: the pad destroys its key, the journal its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from terminal.domain.books import SealedBatch
from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import DestroySeal
from terminal.domain.settling import seals_to_destroy
from terminal.effects import AskKeypad, Call, DropSealed, Effect, Persist
from terminal.events import KeypadAnswered
from terminal.flow import Flow, FlowTable, On
from terminal.flows.silence import pad_silent
from terminal.ui.screens import Progress, Screen, say
from terminal.ui.text import Text


class S(Enum):
    """One batch after the other; what the pad does not answer stays on the list."""

    DESTROYING = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Seals:
    """The world; the list is in the books."""

    facts: Facts


Step = tuple[Seals, tuple[Effect, ...]]


def due(facts: Facts) -> bool:
    """Is there a batch that is over and wholly resolved, and whose cards can still be opened?"""
    return bool(seals_to_destroy(facts.books))


def call(facts: Facts) -> Call:
    """Destroy what is not needed any more; what can't be done now is done the next time."""
    return Call(lambda: Flow(TABLE, Seals(facts)))


def there_is_one(c: Seals, event: object) -> bool:
    """Something is to be destroyed."""
    return due(c.facts)


def destroy_first(c: Seals, event: object) -> Step:
    """The oldest batch first."""
    return c, (_destroy(seals_to_destroy(c.facts.books)[0]),)


def _destroy(sealed: SealedBatch) -> AskKeypad:
    return AskKeypad(DestroySeal(sealed.batch))


def there_is_another(c: Seals, event: KeypadAnswered) -> bool:
    """This was not the last."""
    return len(seals_to_destroy(c.facts.books)) > 1


def forget(c: Seals, event: KeypadAnswered) -> Step:
    """The key is gone; so are the numbers that it sealed."""
    sealed = seals_to_destroy(c.facts.books)[0]
    return c, (_drop(c, sealed), Persist("seal_destroyed", {"batch": sealed.batch}))


def forget_and_destroy_next(c: Seals, event: KeypadAnswered) -> Step:
    """One after the other."""
    _, effects = forget(c, event)
    return c, (*effects, _destroy(seals_to_destroy(c.facts.books)[1]))


def _drop(c: Seals, sealed: SealedBatch) -> DropSealed:
    history = c.facts.history
    assert history is not None
    records = history.records(sealed.first, sealed.last)
    return DropSealed(
        tuple(r.number for r in records if r.kind == "intent" and r.body["batch"] == sealed.batch)
    )


def _screen(c: Seals) -> Screen:
    return Progress("settlement.close", say(Text.TITLE_SETTLEMENT), (say(Text.HINT_WAIT),))


TABLE: FlowTable[Seals] = FlowTable(
    name="settlement_seals",
    states=S,
    initial=S.DESTROYING,
    final=frozenset({S.OVER}),
    rows=[
        On("started", S.DESTROYING, S.DESTROYING, when=there_is_one, do=destroy_first),
        On("started", S.DESTROYING, S.OVER),
        On("keypad", S.DESTROYING, S.DESTROYING, there_is_another, forget_and_destroy_next),
        On("keypad", S.DESTROYING, S.OVER, do=forget),
        *pad_silent(S.DESTROYING, S.OVER),
    ],
    screens={S.DESTROYING: _screen},
    timeout_s={S.DESTROYING: 10.0},
    result=lambda state, c: None,
)

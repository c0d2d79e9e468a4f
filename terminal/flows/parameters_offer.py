"""What a download would change here: each value before and after, and what is refused by name."""

from __future__ import annotations

from dataclasses import dataclass

from terminal.domain import downloaded
from terminal.domain.downloaded import Value
from terminal.domain.facts import Facts
from terminal.iso8583.matching import ParameterAnswer, ParameterChange


@dataclass(frozen=True, slots=True)
class Change:
    """One value that the host wants to be another."""

    key: str
    before: Value | None
    after: Value

    @property
    def loosens(self) -> bool:
        """Somebody has to approve it."""
        return downloaded.loosens(self.key, self.after)


@dataclass(frozen=True, slots=True)
class Offer:
    """What differs from what is in force; `refused` are (tag, why)."""

    changes: tuple[Change, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def offer_of(answer: ParameterAnswer, facts: Facts) -> Offer:
    """Sort an answer: a value that can't be here is refused like a tag that may not be."""
    changes: list[Change] = []
    refused = [(refusal.tag, refusal.why) for refusal in answer.refused]
    for proposed in answer.changes:
        key, value = str(proposed.key), _value(proposed)
        if downloaded.is_possible(key, value, facts.profile):
            changes.append(Change(key, _before(key, facts), value))
        else:
            refused.append((proposed.tag, "out of range"))
    new = tuple(change for change in changes if change.before != change.after)
    return Offer(new, tuple(refused))


def _value(change: ParameterChange) -> Value:
    return change.value.hex().upper() if isinstance(change.value, bytes) else change.value


def _before(key: str, facts: Facts) -> Value | None:
    return downloaded.in_force(key, facts.parameters, facts.profile, facts.books.downloaded)

"""A trace number belongs to one thing in its batch, for ever (INV-6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from tests.simulation.check_cases import batches
from tests.simulation.check_frames import Message
from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation

USES: Final = ("intent", "stan", "settle_asked")
SHOWN: Final = (3, 37, 60, 61)


def stored_twice(run: Run) -> Iterator[Violation]:
    """No two records take the same number of a batch."""
    used: Counter[tuple[int, int]] = Counter()
    for record, batch in batches(run.journal.records):
        if record.kind in USES:
            used[record.body.get("batch", batch), record.body["stan"]] += 1
    for (batch, stan), times in used.items():
        if times > 1:
            yield Violation("INV-6", f"{batch}/{stan:06d} was taken {times} times")


def sent_twice(run: Run) -> Iterator[Violation]:
    """On the line a number is either an intent's, or one question's."""
    seen: dict[tuple[int, int], set[str]] = defaultdict(set)
    for message in run.sent_once():
        if message.get(11):
            seen[message.key].add(_use(message))
    for (batch, stan), uses in seen.items():
        if len(uses) > 1:
            story = f"{batch}/{stan:06d} was sent as {', '.join(sorted(uses))}"
            yield Violation("INV-6", story)


def sent_for_something_else(run: Run) -> Iterator[Violation]:
    """All sales, voids and refunds under a number ask for the same thing."""
    for message in run.sent_once():
        first = run.first_sent.get(message.key)
        if first is None or not message.carries_money:
            continue
        if message.mti == first.mti and _wants(message) != _wants(first):
            story = f"{first.key} was sent as {_wants(first)}, then as {_wants(message)}"
            yield Violation("INV-6", story)


def questions_of_their_own(run: Run) -> Iterator[Violation]:
    """Each inquiry has a number that no other message had."""
    used = Counter(m.key for m in run.sent_once() if m.is_inquiry)
    for key, times in used.items():
        if times > 1:
            yield Violation("INV-6", f"inquiry {key} was sent {times} times")


def _use(message: Message) -> str:
    if message.carries_money:
        return "money"
    return f"{message.mti} {message.get(60)[8:11]}"


def _wants(message: Message) -> tuple[str, ...]:
    return (str(message.amount_minor), *(message.get(number) for number in SHOWN))


CHECKS: Final = (stored_twice, sent_twice, sent_for_something_else, questions_of_their_own)

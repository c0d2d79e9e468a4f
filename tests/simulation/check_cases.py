"""What the journal says, folded anew: each intent with all that became of it, in order.

Written from the table of kinds in the journal's README. An outcome that is not known here is
final: new ways to end may come, new ways to stay open must be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.simulation.check_chain import Record

OPEN: Final = frozenset({"sent", "unknown", "to_reverse", "manual"})
MOVED: Final = frozenset({"approved", "done_by_hand"})
OUTCOMES: Final = frozenset({"result", "settled"})
REFUNDS: Final = frozenset({"refund", "qr_refund"})
REVERSIBLE: Final = frozenset({"sale", "void"})
SEEN: Final = "94"
TRIES_MOST: Final = 3  # of a reversal or of a settlement's message, before it is a person's


@dataclass(slots=True)
class Case:
    """One intent, the body of its record; `key`: its batch and STAN.

    `results`: the records `result` and `settled` about it, oldest first.
    """

    record: Record
    results: list[Record] = field(default_factory=list)
    tries: list[Record] = field(default_factory=list)
    printed: list[Record] = field(default_factory=list)
    intent: Mapping[str, Any] = field(init=False)
    key: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.intent = self.record.body
        self.key = self.intent["batch"], self.intent["stan"]

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.intent['operation']} {self.intent['batch']}/{self.intent['stan']:06d}"

    @property
    def outcome(self) -> str:
        """The first final one, else the last, else `sent`: what is final never changes."""
        said = [r.body["outcome"] for r in self.results]
        final = next((outcome for outcome in said if outcome not in OPEN), "")
        return final or (said[-1] if said else "sent")

    @property
    def is_open(self) -> bool:
        """Nobody knows yet, or a person has to find out."""
        return self.outcome in OPEN

    @property
    def is_refund(self) -> bool:
        """Money goes back to a customer; unknown, it is asked about (profile 4)."""
        return self.intent["operation"] in REFUNDS

    @property
    def is_reversible(self) -> bool:
        """A sale or void: unknown, it is taken back."""
        return self.intent["operation"] in REVERSIBLE

    @property
    def is_duplicate(self) -> bool:
        """Its number was seen before, and may be another's: a person's at once (profile 1).

        The host's word on a reversal says something else.
        """
        first = next(iter(self.results), None)
        if first is None or first.body.get("response_code") != SEEN:
            return False
        return not any(one.number < first.number for one in self.tries)

    def counted(self, kind: str) -> int:
        """How many records of this kind tell of its reversals."""
        return sum(one.kind == kind for one in self.tries)

    @property
    def has_moved(self) -> bool:
        """Its money has moved for certain."""
        return self.outcome in MOVED

    @property
    def deciding(self) -> Record | None:
        """The record that made it final."""
        return next((r for r in self.results if r.body["outcome"] not in OPEN), None)

    @property
    def moved_minor(self) -> int:
        """What an approval has moved."""
        decided = self.deciding
        approved = decided.body.get("approved_minor") if decided else None
        return int(approved or self.intent["amount_minor"])

    @property
    def original(self) -> str:
        """What returns on one purchase have in common; empty for a sale, which has none."""
        if self.intent["operation"] == "sale":
            return ""
        about = self.intent["original"]
        if about.get("voucher"):
            return f"voucher {about['voucher']}"
        return f"{about['day']} {about['rrn']}"

    @property
    def token(self) -> str:
        """Of its card."""
        return str(self.intent.get("token", ""))


def cases(records: Iterable[Record]) -> dict[int, Case]:
    """All intents by the number of their record, as they stand at the end."""
    found: dict[int, Case] = {}
    for _ in steps(records, found):
        pass
    return found


def steps(records: Iterable[Record], found: dict[int, Case]) -> Iterator[Record]:
    """Each record, once `found` knows it."""
    for record in records:
        take_in(found, record)
        yield record


def take_in(found: dict[int, Case], record: Record) -> None:
    """One more record; one about no intent, or about one that is not there, changes nothing."""
    if record.kind == "intent":
        found[record.number] = Case(record)
        return
    about = record.body.get("intent")
    case = found.get(about) if isinstance(about, int) else None
    if case is None:
        return
    if record.kind in OUTCOMES:
        case.results.append(record)
    elif record.kind == "printed":
        case.printed.append(record)
    elif record.kind.startswith("reversal_"):
        case.tries.append(record)


def closed_before(records: Iterable[Record], batch: int, number: int) -> int:
    """The record that closed a batch of this number last, before that record; 0 for none.

    A host gives the number again if it has not heard of the end (profile 3): another batch.
    """
    closed = (r for r in records if r.kind == "batch_closed" and r.body["batch"] == batch)
    return max((r.number for r in closed if r.number < number), default=0)


def batches(records: Iterable[Record]) -> Iterator[tuple[Record, int]]:
    """Each record with the batch that was current when it was written; 0 before the first."""
    batch = 0
    for record in records:
        if record.kind == "signed_in":
            batch = record.body["batch"]
        elif record.kind == "batch_closed":
            batch = record.body["next"]
        yield record, batch

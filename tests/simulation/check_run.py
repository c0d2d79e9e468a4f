"""A run as the invariants look at it: evidence, journal, messages and ledger, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.simulation.check_cases import Case, cases
from tests.simulation.check_chain import Journal, read_journal
from tests.simulation.check_frames import Message, messages
from tests.simulation.check_pad_frames import Frame, read_frames
from tests.simulation.check_slips import Slip, read_slips
from tests.simulation.evidence import Evidence, Passed

STANDING: Final = frozenset({"booked", "settled"})
MOVED_THERE: Final = STANDING | {
    "voided"
}  # a voided sale moved its money, and its void moved it back
PURCHASE, VOID, REFUND = "22", "23", "25"
REPEATED_S: Final = 0.5  # after the NAK, however late that came
NAK: Final = b"\x15"
REQUESTS: Final = frozenset({"0200", "0220", "0320"})


@dataclass(frozen=True, slots=True)
class Booking:
    """One line of the host's ledger."""

    key: tuple[int, int]
    kind: str
    amount_minor: int
    state: str
    response_code: str
    rrn: str
    original_rrn: str
    is_ours: bool

    @property
    def stands(self) -> bool:
        """Its money has moved and nothing has undone it."""
        return self.state in STANDING

    @property
    def has_moved(self) -> bool:
        """Its money has moved; a void may have brought it back."""
        return self.state in MOVED_THERE


@dataclass(frozen=True, slots=True)
class Run:
    """`by_key`: cases by batch and STAN; `booked`: this terminal's bookings by the same;
    `without_repeats`: what `sent_once` gives, told apart once; `pad`: what the keypad was
    asked, and what it answered.

    `first_sent`: when the first copy of a sale, void or refund was written to the line.
    """

    evidence: Evidence
    journal: Journal
    cases: tuple[Case, ...]
    by_key: Mapping[tuple[int, int], Case]
    messages: tuple[Message, ...]
    without_repeats: tuple[Message, ...]
    pad: tuple[Frame, ...]
    slips: tuple[Slip, ...]
    ledger: tuple[Booking, ...]
    booked: Mapping[tuple[int, int], Booking]
    first_sent: Mapping[tuple[int, int], Message]

    @property
    def trusts_journal(self) -> bool:
        """What is not in the journal was never written to it."""
        return not self.journal.fault

    @property
    def is_settled(self) -> bool:
        """There are no more faults, and nothing is open."""
        return self.evidence.calm_s is not None and not any(c.is_open for c in self.cases)

    def sent(self) -> Iterator[Message]:
        """What the firmware wrote to the acquirer."""
        return (m for m in self.messages if m.out)

    def sent_once(self) -> Iterator[Message]:
        """As `sent`, without the repeats of a frame that was not acknowledged (profile 6)."""
        return iter(self.without_repeats)

    def reversals(self, key: tuple[int, int]) -> int:
        """How many of the intent with this batch and number left."""
        return sum(m.mti == "0400" and m.key == key for m in self.without_repeats)

    def heard(self) -> Iterator[Message]:
        """What came from the acquirer."""
        return (m for m in self.messages if not m.out)


def _without_repeats(evidence: Evidence, said: Iterable[Message]) -> Iterator[Message]:
    last, refused_s = b"", [p.at_s for p in evidence.passed if _is_refusal(p)]
    for message in (m for m in said if m.out):
        is_refused = any(0 <= message.at_s - at_s <= REPEATED_S for at_s in refused_s)
        if message.raw != last or not is_refused:
            yield message
        last = message.raw


def _is_refusal(one: Passed) -> bool:
    return one.wire == "acquirer" and not one.out and NAK in one.raw


def read_run(evidence: Evidence) -> Run:
    """Everything the invariants need, out of the evidence alone."""
    journal = read_journal(evidence)
    found = tuple(cases(journal.records).values())
    said = messages(evidence.passed)
    ledger = tuple(_bookings(evidence, _own_keys(said), _own_batches(journal)))
    return Run(
        evidence=evidence,
        journal=journal,
        cases=found,
        by_key={case.key: case for case in reversed(found)},
        messages=said,
        without_repeats=tuple(_without_repeats(evidence, said)),
        pad=tuple(read_frames(evidence.passed)),
        slips=tuple(read_slips(evidence.papers)),
        ledger=ledger,
        booked={b.key: b for b in ledger if b.is_ours},
        first_sent={m.key: m for m in reversed(said) if _is_request(m)},
    )


def _is_request(message: Message) -> bool:
    return message.out and message.mti in REQUESTS and message.carries_money


def _own_keys(said: tuple[Message, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(m.key for m in said if m.out and m.carries_money)


def _own_batches(journal: Journal) -> frozenset[int]:
    return frozenset(r.body["batch"] for r in journal.records if r.kind == "signed_in")


def _bookings(
    evidence: Evidence, keys: frozenset[tuple[int, int]], batches: frozenset[int]
) -> Iterator[Booking]:
    for row in evidence.bookings:
        key = int(str(row["batch"])), int(str(row["stan"]))
        is_here = row["terminal"] == evidence.terminal and row["merchant"] == evidence.merchant
        yield Booking(
            key=key,
            kind=str(row["transaction_type"]),
            amount_minor=int(str(row["amount_minor"])),
            state=str(row["state"]),
            response_code=str(row["response_code"]),
            rrn=str(row["rrn"]),
            original_rrn=str(row["original_rrn"]),
            is_ours=is_here and (key in keys or key[0] in batches),
        )

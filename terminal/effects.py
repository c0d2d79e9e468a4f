"""Everything the core can ask of the world. An effect is an order; the runtime performs them in
the order given, and that order is the contract: persist, send, persist, show, print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from terminal.domain.card import HeldCard
from terminal.domain.keypad_questions import Question
from terminal.domain.slip import Slip


@dataclass(frozen=True, slots=True)
class Persist:
    """Append a record; it is durable before the next effect is looked at."""

    kind: str
    body: Mapping[str, Any]
    sealed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AskKeypad:
    """Ask the pad; the answer is `KeypadAnswered` or `KeypadFailed`. A newer question replaces it:
    an answer to an older one is dropped."""

    question: Question


@dataclass(frozen=True, slots=True)
class SendToHost:
    """Open the line, send the message (MTI to last field), wait for its answer.

    `entry_mode` chooses the header's application class; None is a management message.
    """

    raw: bytes = field(repr=False)
    entry_mode: str | None = None


@dataclass(frozen=True, slots=True)
class HangUp:
    """Nobody waits for the host any more."""


@dataclass(frozen=True, slots=True)
class Print:
    """Put a slip on paper; answered by `Printed` or `PrintFailed`."""

    slip: Slip


@dataclass(frozen=True, slots=True)
class Beep:
    """An error sound."""


@dataclass(frozen=True, slots=True)
class ForgetCard:
    """Drop the card's number and stripe."""

    card: HeldCard


@dataclass(frozen=True, slots=True)
class OpenJournal:
    """Compare journal and pad, then open it for writing; answered by `JournalOpened` or refused."""

    record_number: int
    record_hash: bytes


@dataclass(frozen=True, slots=True)
class ExportJournal:
    """Copy the journal into a new file beside it; answered by `JournalExported`."""

    name: str


@dataclass(frozen=True, slots=True)
class DropSealed:
    """Forget the sealed card numbers of these records: nothing needs them any more."""

    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Run another flow on top of this one; its end comes as `Returned`. `make` builds it."""

    make: Callable[[], Any]


Effect = (
    Persist
    | AskKeypad
    | SendToHost
    | HangUp
    | Print
    | Beep
    | ForgetCard
    | OpenJournal
    | ExportJournal
    | DropSealed
    | Call
)

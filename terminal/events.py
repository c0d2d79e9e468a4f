"""Everything that can happen to the terminal. An event is a past fact; its `trigger` finds rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Protocol

from terminal.domain.card import HeldCard
from terminal.domain.keypad_questions import Answer, Refusal
from terminal.domain.slip import PrinterProblem


class Event(Protocol):
    """What every event has: the name of the rows that it may fire."""

    @property
    def trigger(self) -> str: ...


class Key(Enum):
    """The keys of the pad."""

    N0 = "0"
    N1 = "1"
    N2 = "2"
    N3 = "3"
    N4 = "4"
    N5 = "5"
    N6 = "6"
    N7 = "7"
    N8 = "8"
    N9 = "9"
    DOUBLE_ZERO = "00"
    ENTER = "ENTER"
    CLEAR = "CLEAR"
    CANCEL = "CANCEL"
    UP = "UP"
    DOWN = "DOWN"
    MENU = "MENU"
    ALPHA = "ALPHA"


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key went down. Trigger: `digit` for digits and 00, else the key's name in lower case."""

    key: Key

    @property
    def trigger(self) -> str:
        """`digit`, `enter`, `clear`, `cancel`, `up`, `down`, `menu` or `alpha`."""
        return "digit" if self.key.value.isdigit() else self.key.value.lower()


@dataclass(frozen=True, slots=True)
class CardSwiped:
    """A stripe was read well."""

    trigger: ClassVar[str] = "card"
    card: HeldCard


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """A stripe was read badly; `reason` holds nothing of it."""

    trigger: ClassVar[str] = "bad_card"
    reason: str


@dataclass(frozen=True, slots=True)
class ChipPresented:
    """A card was put into the slot or held to the antenna: not supported yet."""

    trigger: ClassVar[str] = "chip"
    way: str


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """The scanner read a line."""

    trigger: ClassVar[str] = "scan"
    text: str


@dataclass(frozen=True, slots=True)
class EntryProgressed:
    """Secure entry goes on: how many characters stand there; phase 2 is the second typing."""

    trigger: ClassVar[str] = "entry"
    phase: int
    count: int


@dataclass(frozen=True, slots=True)
class KeypadAnswered:
    """The pad answered question `number`."""

    trigger: ClassVar[str] = "keypad"
    number: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class KeypadFailed:
    """The pad refused question `number`, or was silent (`refusal` is None)."""

    trigger: ClassVar[str] = "keypad_failed"
    number: int
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class HostReplied:
    """An answer that is ours (profile 2, step 1) to exchange `number`: message from MTI on."""

    trigger: ClassVar[str] = "host"
    number: int
    raw: bytes = field(repr=False)
    processing_request: str


@dataclass(frozen=True, slots=True)
class HostNotReached:
    """Certain: nothing of exchange `number` left this terminal."""

    trigger: ClassVar[str] = "host_not_reached"
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class HostSilent:
    """A write was called and no answer of ours came: the outcome is unknown."""

    trigger: ClassVar[str] = "host_silent"
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Slip `number` is wholly on paper."""

    trigger: ClassVar[str] = "printed"
    number: int


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """Slip `number` is not, or not wholly, on paper."""

    trigger: ClassVar[str] = "print_failed"
    number: int
    problem: PrinterProblem


@dataclass(frozen=True, slots=True)
class WireLost:
    """A device is not there any more; reconnecting is the runtime's."""

    trigger: ClassVar[str] = "wire_lost"
    wire: str
    reason: str


@dataclass(frozen=True, slots=True)
class WireBack:
    """A device is there (again)."""

    trigger: ClassVar[str] = "wire_back"
    wire: str


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The state lasted as long as it may."""

    trigger: ClassVar[str] = "timeout"


@dataclass(frozen=True, slots=True)
class Started:
    """A flow begins: the first event that it gets."""

    trigger: ClassVar[str] = "started"


@dataclass(frozen=True, slots=True)
class Returned:
    """A called flow has ended with `result`."""

    trigger: ClassVar[str] = "returned"
    result: Any


@dataclass(frozen=True, slots=True)
class JournalOpened:
    """The journal passed every check and holds a new boot record."""

    trigger: ClassVar[str] = "journal_opened"


@dataclass(frozen=True, slots=True)
class JournalRefused:
    """The journal is damaged, older than the pad remembers, or missing; nothing was touched."""

    trigger: ClassVar[str] = "journal_refused"
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalExported:
    """A copy of the journal is in the file `name`, beside it."""

    trigger: ClassVar[str] = "exported"
    name: str


@dataclass(frozen=True, slots=True)
class ExportFailed:
    """There is no copy, or not a whole one."""

    trigger: ClassVar[str] = "export_failed"
    reason: str

"""A secure entry at the keypad: digits are typed, their number is shown, they stay inside."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from emulator.frames import MalformedPayloadError

LONGEST_ENTRY = 32


class Outcome(IntEnum):
    """How an entry ended."""

    WRONG = 0
    RIGHT = 1
    CANCELLED = 2
    TIMED_OUT = 3
    DIFFERENT = 4
    WEAK = 5
    SPENT = 6
    BYPASSED = 7


@dataclass(frozen=True, slots=True)
class Ended:
    """An entry's end. `proof` follows the outcome in the answer; zeros where there is none."""

    outcome: Outcome
    proof: bytes = b""


Conclude = Callable[[str, float], Ended]  # digits, now_s


@dataclass(frozen=True, slots=True)
class Terms:
    """What a question wants: how many digits, by when, and how long the proof in the answer is."""

    shortest: int
    longest: int
    deadline_s: float
    proof_bytes: int = 0
    may_be_empty: bool = False  # Enter at once is an answer too
    typed_twice: Callable[[str], bool] | None = None  # says whether a first typing is weak

    def __post_init__(self) -> None:
        if not 1 <= self.shortest <= self.longest <= LONGEST_ENTRY:
            raise MalformedPayloadError("bounds of an entry")


class Entry:
    """The entry that is going on. What was typed never leaves this object but to `conclude`."""

    def __init__(self, terms: Terms, conclude: Conclude) -> None:
        self.terms = terms
        self.phase = 1
        self._conclude = conclude
        self._digits = ""
        self._first = ""

    @property
    def count(self) -> int:
        """How many characters stand there."""
        return len(self._digits)

    def press(self, key: str, now_s: float) -> Ended | None:
        """A key of the pad; None while the entry goes on."""
        if key == "CANCEL":
            return self._without_proof(Outcome.CANCELLED)
        if key == "CLEAR":
            self._digits = ""
        elif key == "ENTER":
            return self._enter(now_s)
        elif key in tuple("0123456789") and self.count < self.terms.longest:
            self._digits += key
        return None

    def stopped(self, outcome: Outcome) -> Ended:
        """The end that nobody typed: cancelled by the firmware, or timed out."""
        return self._without_proof(outcome)

    def _enter(self, now_s: float) -> Ended | None:
        if self.count == 0 and self.terms.may_be_empty:
            return self._without_proof(Outcome.BYPASSED)
        if self.count < self.terms.shortest:
            return None
        if self.terms.typed_twice is not None:
            return self._enter_new(self.terms.typed_twice, now_s)
        return self._concluded(now_s)

    def _enter_new(self, is_weak: Callable[[str], bool], now_s: float) -> Ended | None:
        if self.phase == 1:
            if is_weak(self._digits):
                return self._without_proof(Outcome.WEAK)
            self._first, self._digits, self.phase = self._digits, "", 2
            return None
        if self._digits != self._first:
            return self._without_proof(Outcome.DIFFERENT)
        return self._concluded(now_s)

    def _concluded(self, now_s: float) -> Ended:
        return self._conclude(self._digits, now_s)

    def _without_proof(self, outcome: Outcome) -> Ended:
        return Ended(outcome, bytes(self.terms.proof_bytes))

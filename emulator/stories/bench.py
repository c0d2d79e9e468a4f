"""What a story is played on: the verbs of the control channel, a clock, and the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from emulator.stories.story import WorldName


class NotDone(Exception):
    """The bench refused a request; the text is its error."""


class Differs(AssertionError):
    """Something is not as the story has it: where, what was wanted, and what is there."""

    def __init__(self, text: str, where: str, wanted: str, found: str) -> None:
        super().__init__(text)
        self.where = where
        self.wanted = wanted
        self.found = found


class StoryBench(Protocol):
    """A bench of any kind."""

    @property
    def name(self) -> WorldName:
        """Which kind it is."""

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """The reply of a verb of the control channel. Raises NotDone."""

    def now_s(self) -> float:
        """A clock that never goes back."""

    def pass_time(self, seconds: float) -> None:
        """Let this much time pass."""

    def journal(self) -> list[Mapping[str, Any]] | None:
        """The records; None where nobody may look at them. The terminal is off afterwards."""

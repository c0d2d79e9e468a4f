"""When the messages about an unresolved intent left, on the monotonic clock (profile 4).

Only of this run of the program: after a restart every message may have left just before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from terminal.domain.recovery_records import UNSENT
from terminal.domain.transaction import Outcome

DAY_S: Final = 86_400
COPIES: Final = frozenset({"resend_same_stan", "batch_upload"})  # steps that may move the money


@dataclass(frozen=True, slots=True)
class HostTime:
    """The time in an answer of the host's: day, second of the day, and when it was stored here."""

    day: date
    second: int
    at_s: float

    def begun_s(self) -> float:
        """When day one began, on our monotonic clock: the later the host's time, the smaller."""
        return self.at_s - self.second - self.day.toordinal() * DAY_S


@dataclass(slots=True)
class MessageClocks:
    """By the record number of the intent, in seconds.

    `copy_s`: the last copy of its message, or reversal that left within the life of one. `any_s`:
    the last of anything that moves money under its number, every reversal too. `asked_s`: the last
    try of recovery; `unsent` counts those that did not leave, since the last one that did.
    `resolved`: what got a result in this run. `early`: whose reversal is on its way too early.
    `host_time`: the last one that is believed; the host's day is known by no other clock.
    """

    begun: dict[int, float] = field(default_factory=dict)  # intents of this run of the program
    resolved: set[int] = field(default_factory=set)
    copy_s: dict[int, float] = field(default_factory=dict)
    any_s: dict[int, float] = field(default_factory=dict)
    asked_s: dict[int, float] = field(default_factory=dict)
    unsent: dict[int, int] = field(default_factory=dict)
    early: set[int] = field(default_factory=set)
    host_time: HostTime | None = None

    def believe(self, said: HostTime) -> None:
        """The host's time, which does not go back: an answer may be older than it looks."""
        if self.host_time is None or said.begun_s() < self.host_time.begun_s():
            self.host_time = said

    def take(self, number: int, kind: str, body: Mapping[str, Any], now_s: float) -> None:
        """Record `number` was stored; one about a result is stored after the last byte has left."""
        if kind == "result":
            self.resolved.add(body["intent"])
        if kind == "intent":
            self.begun[number] = now_s
        elif kind == "result" and Outcome(body["outcome"]).unresolved:
            self._open(body, now_s)
        elif kind == "reversal_early":
            self.early.add(body["intent"])
            self._reversal_over(body["intent"], now_s, has_left=True)
        elif kind == "recovery_try":
            self.asked_s[body["intent"]] = now_s
        elif kind == "recovery_answer":
            self._answered(body, now_s)

    def _open(self, body: Mapping[str, Any], now_s: float) -> None:
        record = body["intent"]
        if record in self.begun:
            # The first counts: later ones are about copies of a reversal.
            self.copy_s.setdefault(record, now_s)
        # One that was taken off the count never left.
        self._reversal_over(record, now_s, has_left="reversal_tries" not in body)

    def _reversal_over(self, record: int, now_s: float, has_left: bool) -> None:
        """Every 0400 has its intent's number: an answer to an early one could pass for a later."""
        self.any_s[record] = now_s
        if record in self.early and has_left:
            self.copy_s[record] = now_s
        self.early.discard(record)

    def _answered(self, body: Mapping[str, Any], now_s: float) -> None:
        record, has_left = body["intent"], body["finding"] not in UNSENT
        self.asked_s[record] = now_s
        self.unsent[record] = 0 if has_left else self.unsent.get(record, 0) + 1
        if has_left and body["step"] in COPIES:
            self.copy_s[record] = self.any_s[record] = now_s

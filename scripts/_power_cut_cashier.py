"""The cashier of the power-cut test: looks at the screen and does what it asks, as people do.

He knows what he set out to do, not where the terminal is: whatever comes in between (a reversal, a
sign-in, paper that runs out), the name of the screen says what is next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from emulator.stories.bench import NotDone
from scripts._power_cut_answers import Screen, answer
from tests.end_to_end.channel import Channel
from tests.end_to_end.till import Sale

PATIENCE_S: Final = 120.0
LOOK_S: Final = 1.0
SAME_BEFORE_CANCEL: Final = 5
DAMAGED: Final = "journal.damaged"
CONFIRM: Final = ".confirm"


class StuckError(Exception):
    """The terminal does not go on, or ended by itself; one line that says where."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What the cashier wants.

    `kind`: sale, refund, partial, qr, void, pending, settle, reprint, or start: only the idle
    screen. `amount_minor`: 0 for all that remains. `stan`: of what is to be reprinted.
    """

    kind: str
    purchase: Sale | None = None
    amount_minor: int = 0
    stan: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """When the power goes: so long after the errand began, or after Enter at its confirm screen."""

    after_s: float
    is_after_confirm: bool = False


NEVER: Final = Cut(float("inf"))


class Cashier:
    """One person; `was_booked` tells of a trace number what the acquirer's list says."""

    def __init__(self, channel: Channel, chance: Random, was_booked: Callable[[int], bool]) -> None:
        self.channel = channel
        self.chance = chance
        self.was_booked = was_booked
        self.people: list[dict[str, Any]] = channel.ask("people")["people"]
        self.locked: set[str] = set()
        self.asked = ""  # whose password
        self.settled_by_hand = 0
        self._set_out(Errand("start"))

    def _set_out(self, errand: Errand) -> None:
        self.errand = errand
        self.line = ""  # of the menu
        self.is_begun = errand.kind == "start"
        self.is_done = False
        self.picked_stan = 0
        self._seen: tuple[str, ...] = ()
        self._same = 0
        self.began_s = time.monotonic()
        self.confirmed_s: float | None = None

    def carry_out(self, errand: Errand, cut: Cut = NEVER) -> bool:
        """Up to the idle screen; False when that moment came first. Raises StuckError."""
        self._set_out(errand)
        latest_s = self.began_s + PATIENCE_S
        while time.monotonic() < (cut_at_s := self._moment(cut)):
            shown = self.channel.ask("screen")
            if shown["name"] == "idle" and self.is_begun:
                return True
            if time.monotonic() > latest_s or shown["name"] == DAMAGED:
                raise StuckError(f"{errand.kind} is stuck at {_in_a_line(shown)}")
            self._see(shown)
            self._look(shown["seq"], cut_at_s)
        return False

    def _see(self, shown: Screen) -> None:
        """Do what it asks for; what has not helped several times is left."""
        seen = (shown["name"], *shown["rows"])
        self._same = self._same + 1 if seen == self._seen else 0
        self._seen = seen
        if shown["name"].endswith(CONFIRM):
            self.confirmed_s = time.monotonic()
        if self._same and self._same % SAME_BEFORE_CANCEL == 0:
            self.press("CANCEL")
        else:
            answer(self, shown)

    def _moment(self, cut: Cut) -> float:
        since_s = self.confirmed_s if cut.is_after_confirm else self.began_s
        return float("inf") if since_s is None else since_s + cut.after_s

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        self.channel.press(*keys)

    def type_secret(self, name: str, digits: Sequence[str]) -> None:
        """Once the keypad takes it."""
        with suppress(NotDone):  # it is another screen by now
            self.channel.wait(name=name, timeout_s=LOOK_S)
            self.press(*digits, "ENTER")

    def _look(self, seq: int, cut_at_s: float) -> None:
        wait_s = max(0.0, min(LOOK_S, cut_at_s - time.monotonic()))
        try:
            self.channel.wait(after_seq=seq, timeout_s=wait_s)
        except NotDone:
            self._check_power()

    def _check_power(self) -> None:
        firmware = self.channel.ask("firmware")
        if firmware["state"] != "on":
            raise StuckError(f"the firmware ended by itself: {firmware['last_line']}")


def _in_a_line(shown: Screen) -> str:
    rows = " / ".join(row.strip() for row in shown["rows"] if row.strip())
    return f"{shown['name']}: {rows}"

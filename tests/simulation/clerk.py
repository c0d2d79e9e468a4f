"""The cashier of a simulated day: looks at the screen and does the next thing, as people do.

He knows what he set out to do, not where the terminal is: whatever happens in between (a restart,
a sign-in, paper that runs out), the screen says what comes next.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

from emulator.stories.words import KEYS
from tests.scenarios.fingers import press
from tests.simulation.clerk_answers import MOST_STEPS, answer, card
from tests.simulation.errands import begin_errand, purchase_for
from tests.simulation.evidence import Wish
from tests.simulation.plan import Operation
from tests.simulation.reading import wish_on
from tests.simulation.trouble_kinds import Trouble
from tests.simulation.world import World

SAME_BEFORE_CANCEL, SAME_BEFORE_REST = 4, 7
REST_S: Final = 35.0
AWAY_S: Final = 130.0
BY_HAND: Final = "pending."  # what a person says there is as it was; a display may lag behind it


class Clerk:
    """One person at the keypad of `world`. `who`: the operator number he works under."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world = world
        self.chance = chance
        self.who = "01"
        self.wishes: list[Wish] = []
        self.settled: dict[tuple[int, int], bool] = {}
        self.listed_minor = 0
        self.approver = "10"
        self.locked: list[str] = []
        world.on_key = self._note_wish
        self._begin(Operation("rest", 0, 0))

    def _begin(self, operation: Operation) -> None:
        self.operation = operation
        self.purchase: dict[str, Any] | None = purchase_for(self.world, operation)
        self.begun = self.done = self.asked_keys = False
        self.steps = self.same = 0
        self._last: tuple[str, ...] = ()
        self.picked_stan = 0
        self._pause_s = 0.0
        self.tried_himself = False
        self._impulses = {t.at: t for t in operation.troubles if t.kind.startswith("clerk.")}

    def carry_out(self, operation: Operation, most_steps: int = MOST_STEPS) -> bool:
        """All that belongs to one operation, up to the idle screen; False when it got stuck."""
        self._begin(operation)
        for self.steps in range(1, most_steps + 1):
            if self.world.screen == "idle" and self.begun:
                return True
            self._follow_impulse()
            self.world.run(self._pause_s)
            self._go_on()
        return self.world.screen == "idle"

    # ---- one step

    def _go_on(self) -> None:
        seen = (self.world.screen, *self.world.display.rows)
        self.same = self.same + 1 if seen == self._last else 0
        self._last = seen
        if self.same >= SAME_BEFORE_REST:
            self.same = 0
            self.world.run(REST_S)
        elif self.same >= SAME_BEFORE_CANCEL:
            self.keys("CANCEL")
        else:
            answer(self)

    def keys(self, text: str) -> None:
        """Press keys; fingers, or the keys, may bounce."""
        for word in text.split():
            for key in list(word) if word.isdigit() else [word]:
                for _ in range(2 if self.world.bounces and self.chance.random() < 0.15 else 1):
                    press(self.world, key)

    def _note_wish(self, key: str) -> None:
        """Enter on a confirm screen is a wish, also of fingers, or keys, that were too fast."""
        if key == "ENTER" and self.world.is_on and (wish := wish_on(self.world)):
            self.wishes.append(wish)

    # ---- impulses

    def _follow_impulse(self) -> None:
        impulse = self._impulses.pop(self.steps, None)
        if impulse is not None and impulse.kind in IMPULSES:
            self.world.reached[impulse.kind] += 1
            IMPULSES[impulse.kind](self, impulse)

    def _walk_away(self, impulse: Trouble) -> None:
        self.world.run(AWAY_S)

    def _random_keys(self, impulse: Trouble) -> None:
        for _ in range(self.chance.randint(1, 6)):
            if not self.world.screen.startswith(BY_HAND):
                press(self.world, self.chance.choice(KEYS))

    def _dawdle(self, impulse: Trouble) -> None:
        self._pause_s = impulse.size

    def _power_cycle(self, impulse: Trouble) -> None:
        if self.world.is_on:
            self.world.off_s = impulse.size
            self.world.lose_power()


IMPULSES: Final[dict[str, Callable[[Clerk, Trouble], None]]] = {
    "clerk.cancels": lambda clerk, t: clerk.keys("CANCEL"),
    "clerk.walks_away": Clerk._walk_away,
    "clerk.random_keys": Clerk._random_keys,
    "clerk.dawdles": Clerk._dawdle,
    "clerk.power_cycles": Clerk._power_cycle,
    "clerk.scans_again": lambda clerk, t: begin_errand(clerk),
    "clerk.swipes_again": lambda clerk, t: card(clerk),
}

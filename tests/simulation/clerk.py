"""The cashier of a simulated day: looks at the screen and does the next thing, as people do.

He knows what he set out to do, not where the terminal is: whatever happens in between (a restart,
a sign-in, paper that runs out), the screen says what comes next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any, Final

from emulator.stories.words import KEYS
from terminal.ui.text import Text
from tests.scenarios.fingers import PASSWORDS, press
from tests.simulation.errands import PEOPLE, begin, begin_errand, purchase_for
from tests.simulation.evidence import Wish
from tests.simulation.plan import Operation
from tests.simulation.reading import wish_on
from tests.simulation.trouble_kinds import Trouble
from tests.simulation.troubles import mend_printer
from tests.simulation.world import World

MOST_STEPS: Final = 60
SAME_BEFORE_CANCEL, SAME_BEFORE_REST = 4, 7
REST_S: Final = 35.0
AWAY_S: Final = 130.0
WAITING: Final = ("", "start", "host.wait", "reversal.wait", "recovery", "settlement.wait")
APPROVERS: Final = ("10", "11")
SIGNED_OFF: Final = re.compile("未签到|not signed in")
LOCKED: Final = re.compile("密码错误过多|Too many wrong")
BY_HAND: Final = ("pending.answer", "pending.amount")  # what a person says there is as it was
OWN_WORK: Final = re.compile("不能授权自己的操作|Not one's own work")
PINS: Final = {"credit": "246810", "gift": "1357"}


class Clerk:
    """One person at the keypad of `world`. `who`: the operator number he works under."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world = world
        self.chance = chance
        self.who = "01"
        self.wishes: list[Wish] = []
        self.settled: dict[tuple[int, int], bool] = {}
        self._listed_minor = 0
        self.approver = "10"
        self.locked: list[str] = []
        world.on_key = self._note_wish
        self._begin(Operation("rest", 0, 0))

    def _begin(self, operation: Operation) -> None:
        self.operation = operation
        self.purchase: dict[str, Any] | None = purchase_for(self.world, operation)
        self.begun = self.done = self._asked_keys = False
        self.steps = self._same = 0
        self._last: tuple[str, ...] = ()
        self._picked_stan = 0
        self._pause_s = 0.0
        self._tried_himself = False
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
        self._same = self._same + 1 if seen == self._last else 0
        self._last = seen
        if self._same >= SAME_BEFORE_REST:
            self._same = 0
            self.world.run(REST_S)
        elif self._same >= SAME_BEFORE_CANCEL:
            self.keys("CANCEL")
        else:
            self._answer(self.world.screen)

    def _answer(self, name: str) -> None:
        if name in WAITING:
            self.world.run(2.0)
        elif name in ANSWERS:
            ANSWERS[name](self)
        else:
            ending = name.rpartition(".")[2]
            ENDINGS.get(ending, Clerk.enter)(self)

    def keys(self, text: str) -> None:
        """Press keys; fingers, or the keys, may bounce."""
        for word in text.split():
            for key in list(word) if word.isdigit() else [word]:
                for _ in range(2 if self.world.bounces and self.chance.random() < 0.15 else 1):
                    press(self.world, key)

    def enter(self) -> None:
        """Read it, go on, and give the machine a moment."""
        self.keys("ENTER")
        self.world.run(1.0)

    # ---- what each screen wants

    def log_on(self) -> None:
        if self.who in self.locked:
            self.who = next(p for p in PEOPLE if p not in self.locked)
        self.keys(f"{self.who} ENTER")

    def password(self) -> None:
        if LOCKED.search(self.world.rows):
            self.locked = [*self.locked[-2:], self.who]
            self.keys("CANCEL")
            return
        self.keys(f"{PASSWORDS[self.who]} ENTER")
        self.world.run(1.0)

    def own_password(self) -> None:
        may_be_wrong = "clerk.wrong_password" in {t.kind for t in self.operation.troubles}
        first = self.steps < MOST_STEPS // 2 and self._same == 0
        is_wrong = may_be_wrong and first and self.chance.random() < 0.5
        self.world.reached["clerk.wrong_password"] += is_wrong
        self.keys(f"{'13579246' if is_wrong else PASSWORDS[self.who]} ENTER")

    def idle(self) -> None:
        """First the keys, if the screen says that there are none."""
        if SIGNED_OFF.search(self.world.rows) and not self._asked_keys:
            self._asked_keys = True
            begin(self, Text.MENU_SIGN_IN)
            return
        self.begun = True
        begin_errand(self)

    def amount(self) -> None:
        kind, typed = self.operation.kind, self.operation.amount_minor
        wants_all = kind in ("refund", "refund_over_limit", "other_card", "typed_refund")
        if kind == "by_amount":  # of 8880.00 to 8889.99: the cents are the host's code
            typed = 888_000 + 100 * (self.operation.pick % 10) + self.operation.pick // 10 % 100
        self.keys("ENTER" if wants_all else f"{typed} ENTER")

    def reason(self) -> None:
        self.keys(str(1 + self.operation.pick % 4))

    def document(self) -> None:
        self.keys("1234 ENTER")

    def card(self) -> None:
        own = str(self.purchase["card"]) if self.purchase else "debit"
        name = "debit-2" if self.operation.kind == "other_card" else own
        if self.operation.kind == "typed_card" and not self._same:
            self.keys(f"{self.world.card(name).pan} ENTER")
        else:
            self.world.swipe(name)

    def pin(self) -> None:
        own = str(self.purchase["card"]) if self.purchase else "debit"
        right = PINS.get(own, "123456")
        self.keys(
            f"{'999999' if self.operation.pick % 11 == 0 and self._same == 0 else right} ENTER"
        )

    def approver_number(self) -> None:
        requester = self.approver if OWN_WORK.search(self.world.rows) else self.who
        free = (p for p in APPROVERS if p not in (self.who, requester, *self.locked))
        self.approver = next(free, APPROVERS[0])
        if self.operation.pick % 5 == 0 and not self._tried_himself:
            self._tried_himself, self.approver = True, self.who
        self.keys(f"{self.approver} ENTER")

    def approver_password(self) -> None:
        if LOCKED.search(self.world.rows):
            self.locked = [*self.locked[-2:], self.approver]
            self.keys("CANCEL")
            return
        self.keys(f"{PASSWORDS[self.approver]} ENTER")

    def _note_wish(self, key: str) -> None:
        """Enter on a confirm screen is a wish, also of fingers, or keys, that were too fast."""
        if key == "ENTER" and self.world.is_on and (wish := wish_on(self.world)):
            self.wishes.append(wish)

    def printer(self) -> None:
        mend_printer(self.world)
        self.enter()

    def void_or_refund(self) -> None:
        self.keys("1" if self.operation.kind == "void" else "2")

    def void_sale(self) -> None:
        if self.purchase:
            self.keys(f"{int(str(self.purchase['stan']))} ENTER")
        else:
            self.keys("CANCEL")

    def original(self) -> None:
        self.keys("CANCEL")

    def unresolved(self) -> None:
        """Pick one; later ones too, so that a first that can't be settled yet isn't all."""
        count = len(self.world.runtime.facts.books.unresolved) if self.world.is_on else 0
        if count == 0 or self.done:
            self.keys("CANCEL")
        else:
            self.keys(str(1 + self.chance.randrange(min(count, 6))))

    def one_unresolved(self) -> None:
        found = re.search(r"(\d{6})", "".join(self.world.display.rows[1:]))
        self._picked_stan = int(found[1]) if found else 0
        self.done = True
        self.enter()

    def settle_by_hand(self) -> None:
        """As the acquirer's list says."""
        books = self.world.runtime.facts.books
        one = next(
            (t for t in books.unresolved.values() if t.intent.stan == self._picked_stan), None
        )
        if one is None:
            self.keys("CANCEL")
            return
        key = (one.intent.batch, one.intent.stan)
        self._listed_minor = self.world.host_says_minor(key)
        self.settled[key] = bool(self._listed_minor)
        self.keys("1" if self._listed_minor else "2")

    def listed_amount(self) -> None:
        """How much of it the list says."""
        self.keys(f"{self._listed_minor} ENTER")

    def settlement_stuck(self) -> None:
        is_patient = self.steps < MOST_STEPS - 20 and self.operation.pick % 3 != 1
        self.keys("ENTER" if is_patient else "CANCEL")
        self.world.run(5.0)

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
            if self.world.screen not in BY_HAND:
                press(self.world, self.chance.choice(KEYS))

    def _dawdle(self, impulse: Trouble) -> None:
        self._pause_s = impulse.size

    def _power_cycle(self, impulse: Trouble) -> None:
        if self.world.is_on:
            self.world.off_s = impulse.size
            self.world.lose_power()


ANSWERS: Final[dict[str, Callable[[Clerk], None]]] = {
    "idle": Clerk.idle,
    "logon": Clerk.log_on,
    "logon.password": Clerk.password,
    "refund.password": Clerk.own_password,
    "refund.void_or_refund": Clerk.void_or_refund,
    "refund.original": Clerk.original,
    "void.sale": Clerk.void_sale,
    "pending": Clerk.unresolved,
    "pending.one": Clerk.one_unresolved,
    "pending.to_reverse": Clerk.one_unresolved,
    "pending.to_ask": Clerk.one_unresolved,
    "pending.answer": Clerk.settle_by_hand,
    "pending.amount": Clerk.listed_amount,
    "settlement.stuck": Clerk.settlement_stuck,
    "settlement.paper": Clerk.printer,
    "settlement.confirm": Clerk.enter,
    "find": lambda clerk: clerk.keys("CANCEL"),
    "find.one": lambda clerk: clerk.keys("CANCEL"),
    "menu": lambda clerk: clerk.keys("CANCEL"),
}
ENDINGS: Final[dict[str, Callable[[Clerk], None]]] = {
    "amount": Clerk.amount,
    "reason": Clerk.reason,
    "document": Clerk.document,
    "card": Clerk.card,
    "pin": Clerk.pin,
    "approval": Clerk.approver_number,
    "approval_password": Clerk.approver_password,
    "paper_out": Clerk.printer,
}
IMPULSES: Final[dict[str, Callable[[Clerk, Trouble], None]]] = {
    "clerk.cancels": lambda clerk, t: clerk.keys("CANCEL"),
    "clerk.walks_away": Clerk._walk_away,
    "clerk.random_keys": Clerk._random_keys,
    "clerk.dawdles": Clerk._dawdle,
    "clerk.power_cycles": Clerk._power_cycle,
    "clerk.scans_again": lambda clerk, t: begin_errand(clerk),
    "clerk.swipes_again": lambda clerk, t: clerk.card(),
}

"""The till: a cashier, a supervisor and a customer at the emulated terminal."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from emulator.stories.bench import NotDone
from tests.end_to_end.channel import PATIENCE_S, Channel

MESSAGE_S: Final = 1.0
BUSY: Final = ("", "start", "host.wait")
REFUND, PENDING = "退货", "未决交易"  # lines of the menu
Sale = dict[str, Any]
Slip = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Till:
    """What people do at the terminal, by the names of its screens."""

    channel: Channel

    def reach(self, *names: str) -> str:
        """Wait for one of these screens, past results that only want Enter."""
        latest_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < latest_s:
            shown = self.channel.ask("screen")
            if shown["name"] in names:
                # The keypad may still have to open its entry; then this waits for it.
                self._shows(name=shown["name"])
                return str(shown["name"])
            if shown["name"].endswith(".result"):
                self.channel.press("ENTER")
            self._shows(after_seq=shown["seq"])
        raise AssertionError(f"{names} did not come, but {self.channel.ask('screen')}")

    def _shows(self, **wanted: object) -> bool:
        try:
            self.channel.wait(timeout_s=MESSAGE_S, **wanted)
        except NotDone:
            return False
        return True

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        self.channel.press(*keys)

    def log_on(self) -> None:
        """The operator, from the log-on screen to idle."""
        operator = self._person("operator")
        if self.reach("logon", "idle") == "idle":
            return
        self.press(*operator["number"], "ENTER")
        self.reach("logon.password")
        self.press(*operator["password"], "ENTER")
        self.reach("idle")

    def to_idle(self) -> None:
        """Leave whatever another test left on the screen."""
        latest_s = time.monotonic() + PATIENCE_S
        while (shown := self.channel.ask("screen"))["name"] not in ("idle", "logon"):
            assert time.monotonic() < latest_s, shown
            if shown["name"] not in BUSY:
                self.press("CANCEL")
            self._shows(after_seq=shown["seq"])
        self.log_on()

    def restart(self) -> None:
        """The power comes back; the same operator logs on again."""
        self.channel.ask("power", to="on")
        self.log_on()

    def sale(self, amount_minor: int) -> Sale:
        """The seeded purchase of this amount."""
        sales: list[Sale] = self.channel.ask("sales")["sales"]
        return next(sale for sale in sales if sale["amount_minor"] == amount_minor)

    def enter(self, sale: Sale, keys: Sequence[str] = ()) -> str:
        """A refund up to its card, all that remains unless keys type less; the screen after it."""
        self.channel.ask("scan", text=sale["code"])
        self.reach("refund.amount")
        self.press(*keys, "ENTER")
        return self.enter_reason_and_card(sale)

    def enter_reason_and_card(self, sale: Sale) -> str:
        """Reason, own password, card; the screen after it."""
        self.reach("refund.reason")
        self.press("1")
        # The benches are shared: another test may have given back as much of this purchase.
        if self.reach("refund.password", "refund.same_again") == "refund.same_again":
            self.press("ENTER")
            self.reach("refund.password")
        self.press(*self._person("operator")["password"], "ENTER")
        self.reach("refund.card")
        self.channel.ask("swipe", card=sale["card"])
        return self.reach("refund.confirm", "refund.approval")

    def approve(self) -> None:
        """A supervisor decides."""
        supervisor = self._person("supervisor")
        self.press(*supervisor["number"], "ENTER")
        self.reach("refund.approval_password")
        self.press(*supervisor["password"], "ENTER")
        self.reach("refund.confirm")

    def confirm(self, *outcomes: str) -> str:
        """Enter on the confirm screen; the screen that tells the outcome."""
        self.press("ENTER")
        return self.reach(*(outcomes or ("refund.approved",)))

    def slips(self, count: int) -> list[Slip]:
        """Wait for so many whole slips; Enter asks for the next copy."""
        latest_s = time.monotonic() + PATIENCE_S
        while len(whole := self.whole_slips()) < count:
            assert time.monotonic() < latest_s, whole
            shown = self.channel.ask("screen")
            # The last row names Enter where it does something; at idle it would open the menu.
            if shown["name"].startswith(("refund.", "print.")) and shown["rows"][-1].strip():
                self.press("ENTER")
            self._shows(after_seq=shown["seq"])
        return whole

    def whole_slips(self) -> list[Slip]:
        """What hangs out of the printer and was cut."""
        return [slip for slip in self.channel.ask("paper")["slips"] if slip["cut"]]

    def refund(self, sale: Sale, keys: Sequence[str] = ()) -> list[Slip]:
        """A whole refund on a good day, from idle to idle; its two slips."""
        self.channel.ask("tear")
        if self.enter(sale, keys) == "refund.approval":
            self.approve()
        self.confirm()
        slips = self.slips(2)
        self.reach("idle")
        return slips

    def choose(self, line: str) -> None:
        """Menu, then down to this line, whatever its number is, and Enter."""
        self.press("MENU")
        self.reach("menu")
        latest_s = time.monotonic() + PATIENCE_S
        while not is_picked(line, shown := self.channel.ask("screen")):
            assert time.monotonic() < latest_s, shown
            self.press("DOWN")
            self._shows(after_seq=shown["seq"])
        self.press("ENTER")

    def pending(self) -> str:
        """What the list of unresolved refunds shows."""
        self.choose(PENDING)
        self.reach("pending")
        rows = "\n".join(self.channel.ask("screen")["rows"])
        self.press("CANCEL")
        self.reach("idle")
        return rows

    def _person(self, role: str) -> dict[str, Any]:
        people: list[dict[str, Any]] = self.channel.ask("people")["people"]
        return next(person for person in people if person["role"] == role)


def is_picked(line: str, shown: dict[str, Any]) -> bool:
    rows = zip(shown["rows"], shown["inverse"], strict=True)
    return any(is_inverse and row.split()[1:] == [line] for row, is_inverse in rows)

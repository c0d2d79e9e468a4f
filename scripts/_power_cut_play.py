"""What happens to the terminal of the power-cut test: operations, faults of the host, the cuts."""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from scripts._power_cut_books import own
from scripts._power_cut_cashier import Cashier, Cut, Errand
from tests.end_to_end.channel import Channel
from tests.end_to_end.till import Sale
from tests.simulation.check_run import MOVED_THERE

LIFE_S, ANSWER_S = 3, 2
REST_S: Final = LIFE_S + 0.2  # a person waits until nothing can arrive any more
PROFILE: Final = f"message_life_s = {LIFE_S}\nanswer_timeout_s = {ANSWER_S}"
UNRESOLVED, UNSETTLED = "结果未知", "结算未完成"  # on the idle screen
CALM_ROUNDS: Final = 200
GUESS_S, KEPT = 3.0, 5
CARDS: Final = ("debit", "debit-2")
# How often of a hundred.
KINDS: Final = {"sale": 34, "refund": 12, "partial": 22, "qr": 12, "void": 17, "settle": 3}
FAULT_SHARE, CUT_AT_START_SHARE, SETTLE_BY_HAND_SHARE = 0.4, 0.2, 0.3
LATE_CUT_SHARE: Final = 0.6  # after Enter at the confirm screen: the rest is mostly typing
FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "host.no_answer", "booked": True},
    {"name": "host.no_answer", "booked": False},
    {"name": "host.close", "booked": True},
    {"name": "host.close", "booked": False},
    {"name": "host.late", "delay_s": ANSWER_S + 0.5},
    {"name": "host.decline"},
    {"name": "host.wrong_mac"},
    {"name": "host.no_mac"},
    {"name": "host.field", "number": 4, "value": "000000000001"},
    {"name": "host.duplicate_answer"},
    {"name": "host.split"},
    {"name": "host.glue"},
    {"name": "host.cut_frame"},
    {"name": "host.slow_drip", "bytes_per_s": 150.0},
    {"name": "host.wrong_totals", "mti": "0500"},
    {"name": "link.drop"},
    {"name": "printer.paper_out"},
    {"name": "printer.silent"},
    {"name": "reader.bad_track"},
)
MOST_BYTES, MOST_LINES = 300, 40


@dataclass(slots=True)
class Play:
    """A terminal with its cashier, and what was done to it. `chance`: everything by lot."""

    channel: Channel
    chance: Random
    papers: list[dict[str, Any]] = field(default_factory=list)
    operations: Counter[str] = field(default_factory=Counter)
    cuts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    cashier: Cashier = field(init=False)
    _lasted_s: dict[tuple[str, bool], deque[float]] = field(init=False)

    def __post_init__(self) -> None:
        self.cashier = Cashier(self.channel, self.chance, self.was_booked)
        self._lasted_s = defaultdict(lambda: deque([GUESS_S], KEPT))

    @property
    def kills(self) -> int:
        """How often the power was cut."""
        return self.cuts.total()

    def one_operation(self) -> None:
        """With or without a fault, up to its end or to the power cut; then the idle screen."""
        self.channel.ask("clear")
        errand = self._errand()
        if self.chance.random() < FAULT_SHARE:
            self._arm(self.chance.choice(FAULTS))
        if not self._finish(errand):
            self._cut(errand.kind)
        self._keep_paper()

    def _finish(self, errand: Errand) -> bool:
        """Whether it was over before its moment, which is anywhere in the time that it takes."""
        self.operations[errand.kind] += 1
        is_late = self.chance.random() < LATE_CUT_SHARE
        after_s = self.chance.uniform(0, max(self._lasted_s[errand.kind, is_late]))
        done = self.cashier.carry_out(errand, Cut(after_s, is_late))
        if done:
            self._note_time(errand.kind)
        return done

    def _note_time(self, kind: str) -> None:
        over_s, confirmed_s = time.monotonic(), self.cashier.confirmed_s
        self._lasted_s[kind, False].append(over_s - self.cashier.began_s)
        if confirmed_s is not None:
            self._lasted_s[kind, True].append(over_s - confirmed_s)

    def _cut(self, kind: str) -> None:
        """The power is gone, and comes back; now and then not for long."""
        self._off(kind)
        while self.chance.random() < CUT_AT_START_SHARE and not self._finish(Errand("start")):
            self._off("start")
        self.cashier.carry_out(Errand("start"))

    def _off(self, kind: str) -> None:
        self.channel.ask("power", to="off")
        self.cuts[kind] += 1
        self._keep_paper()
        self.channel.ask("power", to="on")

    def _arm(self, fault: dict[str, Any]) -> None:
        sizes = {
            "link.drop": {"after_bytes": self.chance.randint(1, MOST_BYTES)},
            "host.cut_frame": {"bytes": self.chance.randint(1, MOST_BYTES)},
            "printer.paper_out": {"line": self.chance.randint(1, MOST_LINES)},
        }
        self.channel.ask("fault", **fault, **sizes.get(fault["name"], {}))
        self.faults[fault["name"]] += 1

    # ---- what the cashier sets out to do

    def _errand(self) -> Errand:
        if UNRESOLVED in self._rows() and self.chance.random() < SETTLE_BY_HAND_SHARE:
            time.sleep(REST_S)
            return Errand("pending")
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        if kind in ("sale", "settle"):
            return Errand(kind, amount_minor=100 * self.chance.randint(1, 99))
        fitting = [sale for sale in self._purchases() if _fits(kind, sale)]
        if not fitting:
            return Errand("sale", amount_minor=5000)
        return self._about(kind, self.chance.choice(fitting))

    def _about(self, kind: str, purchase: Sale) -> Errand:
        most = min(purchase["remaining_minor"], 500)
        part = self.chance.randint(1, most) if kind in ("partial", "qr") else 0
        return Errand(kind, purchase, part)

    def _rows(self) -> str:
        return "\n".join(self.channel.ask("screen")["rows"])

    def _purchases(self) -> list[Sale]:
        sales: list[Sale] = self.channel.ask("sales")["sales"]
        return [sale for sale in sales if sale["remaining_minor"] > 0]

    def _keep_paper(self) -> None:
        self.papers += [slip for slip in self.channel.ask("paper")["slips"] if slip["cut"]]
        self.channel.ask("tear")

    # ---- the end of it

    def was_booked(self, stan: int) -> bool:
        """What the acquirer tells on the telephone."""
        bookings = own(self.channel.ask("ledger")["bookings"])
        mine = [b for b in bookings if int(b["stan"]) == stan]
        return bool(mine) and mine[-1]["state"] in MOVED_THERE

    def calm_down(self) -> bool:
        """No faults any more: all is resolved and settled; whether that came about."""
        self.channel.ask("clear")
        for _ in range(CALM_ROUNDS):
            if UNRESOLVED not in self._rows():
                break
            time.sleep(REST_S)
            self.cashier.carry_out(Errand("pending"))
        self.cashier.carry_out(Errand("settle"))
        self._keep_paper()
        return not any(word in self._rows() for word in (UNRESOLVED, UNSETTLED))

    def reprint(self, stan: int) -> None:
        """A slip that is not there, from its record."""
        self.cashier.carry_out(Errand("reprint", stan=stan))
        self._keep_paper()


def _fits(kind: str, sale: Sale) -> bool:
    if kind == "qr":
        return bool(sale["voucher"])
    if sale["voucher"] or sale["card"] not in CARDS:
        return False
    if kind == "void":
        return bool(sale["state"] == "booked")
    return kind == "partial" or sale["remaining_minor"] < 10_000

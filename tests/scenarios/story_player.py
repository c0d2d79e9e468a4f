"""Plays a story on a bench, whatever kind it is: through the verbs of the control channel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from tests.scenarios.story import Expect, Step, Story, WorldName
from tests.scenarios.story_words import (
    Scan,
    journal_lines,
    keys_of,
    ledger_line,
    packed,
    scan_of,
)

NO_MESSAGES: Final = ("", "start", "host.wait", "idle", "menu")
KEPT_SCREENS: Final = 4
SETTLE_S: Final = 20.0
LEAVE_TRIES: Final = 20
MESSAGE_S: Final = 3.0
MENU_TRIES: Final = 20
Screen = dict[str, Any]


class NotDone(Exception):
    """The bench refused a request; the text is its error."""


class StoryBench(Protocol):
    """A bench that a story is played on."""

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


class StoryFailed(Exception):
    """Something is not as the story has it."""

    def __init__(self, step: int, what: str, screens: Sequence[Screen]) -> None:
        where = f"step {step}" if step else "at the end"
        super().__init__(f"{where}: {what}")
        self.step = step
        self.screens = tuple(screens)


class Player:
    """Plays one story. `told` hears of each step before it is played."""

    def __init__(
        self,
        bench: StoryBench,
        story: Story,
        told: Callable[[int, int], None] = lambda at, of: None,
    ) -> None:
        self._bench = bench
        self._story = story
        self._told = told
        self._screens: deque[Screen] = deque(maxlen=KEPT_SCREENS)
        self._at = 0
        self._known_bookings = 0

    def play(self) -> None:
        """Raises StoryFailed at the first thing that differs."""
        try:
            self._begin()
            for number, step in enumerate(self._story.steps, start=1):
                self._at = number
                self._told(self._at, len(self._story.steps))
                self._play(step)
            self._at = 0
            self._check(self._story.expect)
        except (NotDone, AssertionError) as error:
            raise StoryFailed(self._at, str(error), self._screens) from None

    def _begin(self) -> None:
        bookings = self._bench.ask("ledger")["bookings"]
        self._known_bookings = max((int(b["id"]) for b in bookings), default=0)
        self._bench.ask("tear")
        if self._story.begin == "idle":
            self._log_on("01")

    def _play(self, step: Step) -> None:
        self._see(step)
        if step.act is not None:
            DO[step.act](self, step)
        if step.expect is not None:
            self._check(step.expect)

    # ---- eyes

    def _see(self, step: Step) -> None:
        names, shows, hides = _several(step.screen), _several(step.shows), _several(step.hides)
        if not names and not shows:
            return
        shown = self._reach(names, shows, step.within_s)
        unwanted = [text for text in hides if packed(text) in packed("".join(shown["rows"]))]
        assert not unwanted, f"{shown['name']} shows {unwanted[0]!r}"

    def _reach(self, names: Sequence[str], shows: Sequence[str], within_s: float) -> Screen:
        """One of these screens, with all of these texts on it."""
        left_s, began = within_s, self._now()
        while True:
            shown = self._look()
            if (not names or shown["name"] in names) and _is_on(shown, shows):
                return self._with_entry(shown)
            left_s = within_s - (self._now() - began)
            if left_s <= 0 or not self._changes(shown, left_s):
                raise AssertionError(_missing(self._look(), names, shows))

    def _look(self) -> Screen:
        shown = self._bench.ask("screen")
        if not self._screens or self._screens[-1]["rows"] != shown["rows"]:
            self._screens.append(shown)
        return shown

    def _changes(self, shown: Screen, timeout_s: float) -> bool:
        try:
            self._bench.ask("wait", after_seq=shown["seq"], timeout_s=timeout_s)
        except NotDone as error:
            if "not in time" in str(error):
                return False
            raise
        return True

    def _with_entry(self, shown: Screen) -> Screen:
        """The keypad may still have to open its entry: `wait` with the name waits for it."""
        if shown["name"]:
            self._bench.ask("wait", name=shown["name"], timeout_s=MESSAGE_S)
        return shown

    def _now(self) -> float:
        return self._bench.now_s()

    # ---- hands

    def _press(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._bench.ask("press", keys=[key])

    def _keys(self, step: Step) -> None:
        text = step.keys or ""
        sale = self._sale(scan_of(step.of or "last sale")) if "{" in text else None
        self._press(keys_of(text, sale))

    def _menu(self, step: Step) -> None:
        """Menu, then down to this line, whatever its number is, and Enter."""
        self._press(["MENU"])
        self._reach(["menu"], [], SETTLE_S)
        for _ in range(MENU_TRIES):
            shown = self._look()
            if _is_picked(str(step.menu), shown):
                self._press(["ENTER"])
                return
            self._press(["DOWN"])
            self._changes(shown, MESSAGE_S)
        raise AssertionError(f"the menu has no line {step.menu}")

    def _log_on(self, number: str) -> None:
        """Number and password, past what the sign-in says, to idle."""
        self._reach(["logon"], [], SETTLE_S)
        self._press([*number, "ENTER"])
        self._reach(["logon.password"], [], SETTLE_S)
        self._press([*self._password(number), "ENTER"])
        self._leave()

    def _approve(self, step: Step) -> None:
        """Somebody else's number and password."""
        number = str(step.approve)
        name = str(self._look()["name"])
        self._press([*number, "ENTER"])
        self._reach([f"{name}_password"], [], SETTLE_S)
        self._press([*self._password(number), "ENTER"])

    def _password(self, number: str) -> str:
        people = self._bench.ask("people")["people"]
        found = [p["password"] for p in people if p["number"] == number]
        assert found, f"nobody has the number {number}"
        return str(found[0])

    def _leave(self) -> None:
        """Enter, where the screen names it, until idle is back."""
        for _ in range(LEAVE_TRIES):
            shown = self._look()
            if shown["name"] == "idle":
                return
            if shown["name"] not in NO_MESSAGES and shown["rows"][-1].strip():
                self._press(["ENTER"])
            self._changes(shown, MESSAGE_S)
        raise AssertionError(_missing(self._look(), ["idle"], []))

    def _scan(self, step: Step) -> None:
        wanted = scan_of(step.scan or "")
        self._bench.ask("scan", text=wanted.text or self._sale(wanted)["code"])

    def _sale(self, wanted: Scan) -> dict[str, Any]:
        """The purchase that is meant, of several the one that most is left of."""
        sales = self._bench.ask("sales")["sales"]
        if wanted.is_last:
            found = [s for s in sales if self._is_own(s)][-1:]
        else:
            found = [s for s in sales if _is_meant(s, wanted)]
        assert found, "the host's books have no such purchase"
        return dict(max(found, key=lambda sale: sale["remaining_minor"]))

    def _is_own(self, sale: Mapping[str, Any]) -> bool:
        return any(b["rrn"] == sale["rrn"] for b in self._bookings())

    def _fault(self, step: Step) -> None:
        self._bench.ask("fault", **(step.fault or {}))

    def _clear(self, step: Step) -> None:
        self._bench.ask("clear", **({} if step.clear == "all" else {"name": step.clear}))

    # ---- books and paper

    def _bookings(self) -> list[dict[str, Any]]:
        return list(self._bench.ask("ledger", since=self._known_bookings)["bookings"])

    def _check(self, expect: Expect) -> None:
        if expect.ledger is not None:
            _same("ledger", list(expect.ledger), [ledger_line(b) for b in self._bookings()])
        if expect.slips is not None:
            self._check_slips([_several(slip) for slip in expect.slips])
        records = None if expect.journal is None else self._bench.journal()
        if expect.journal is not None and records is not None:
            _same("journal", list(expect.journal), journal_lines(records))

    def _check_slips(self, wanted: Sequence[Sequence[str]]) -> None:
        slips = ["".join(s["rows"]) for s in self._bench.ask("paper")["slips"] if s["cut"]]
        assert len(slips) == len(wanted), f"slips: {len(wanted)} expected, {len(slips)} on paper"
        for number, (slip, texts) in enumerate(zip(slips, wanted, strict=True), start=1):
            for text in texts:
                assert packed(text) in packed(slip), f"slips: slip {number} has no {text!r}"


Act = Callable[[Player, Step], object]
DO: Final[Mapping[str, Act]] = {
    "keys": Player._keys,
    "menu": Player._menu,
    "log_on": lambda p, s: p._log_on(str(s.log_on)),
    "approve": Player._approve,
    "leave": lambda p, s: p._leave(),
    "scan": Player._scan,
    "swipe": lambda p, s: p._bench.ask("swipe", card=s.swipe),
    "insert": lambda p, s: p._bench.ask("insert", card=s.insert),
    "tap": lambda p, s: p._bench.ask("tap", card=s.tap),
    "remove": lambda p, s: p._bench.ask("remove"),
    "paper": lambda p, s: p._bench.ask("printer", paper=s.paper),
    "cover": lambda p, s: p._bench.ask("printer", cover=s.cover),
    "tear": lambda p, s: p._bench.ask("tear"),
    "pull": lambda p, s: p._bench.ask("link", wire=s.pull, to="down"),
    "plug": lambda p, s: p._bench.ask("link", wire=s.plug, to="up"),
    "power": lambda p, s: p._bench.ask("power", to=s.power),
    "fault": Player._fault,
    "clear": Player._clear,
    "wait_s": lambda p, s: p._bench.pass_time(float(s.wait_s or 0)),
}


def _several(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _is_on(shown: Screen, texts: Sequence[str]) -> bool:
    page = packed("".join(shown["rows"]))
    return all(packed(text) in page for text in texts)


def _missing(shown: Screen, names: Sequence[str], texts: Sequence[str]) -> str:
    wanted = " or ".join(names) or "a screen"
    having = f" with {', '.join(repr(text) for text in texts)}" if texts else ""
    rows = " | ".join(row.strip() for row in shown["rows"] if row.strip())
    return f"screen: {wanted}{having} did not come; there is {shown['name'] or 'none'}: {rows}"


def _is_picked(line: str, shown: Screen) -> bool:
    rows = zip(shown["rows"], shown["inverse"], strict=True)
    return any(inverse and packed(line) in packed(row) for row, inverse in rows)


def _is_meant(sale: Mapping[str, Any], wanted: Scan) -> bool:
    return bool(sale["card"] == wanted.card and sale["amount_minor"] == wanted.amount_minor)


def _same(what: str, wanted: list[str], found: list[str]) -> None:
    assert wanted == found, f"{what}: {wanted} expected, {found or 'nothing'} there"

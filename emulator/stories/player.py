"""Plays a story on a bench, whatever kind it is: through the verbs of the control channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from emulator.stories.bench import Differs, NotDone, StoryBench
from emulator.stories.books import Books, several
from emulator.stories.eyes import Eyes, Screen, Seen
from emulator.stories.story import Step, Story
from emulator.stories.words import keys_of, packed, scan_of

NO_MESSAGES: Final = ("", "start", "host.wait", "idle", "menu")
START_S: Final = 60.0
LEAVE_TRIES: Final = 20
MESSAGE_S: Final = 3.0
MENU_TRIES: Final = 20
Told = Callable[[int, int], None]


class StoryFailed(Exception):
    """Something is not as the story has it. `differs`: what was wanted and found, if it is that."""

    def __init__(self, step: int, error: Exception, screens: Sequence[Screen]) -> None:
        where = f"step {step}" if step else "at the end"
        super().__init__(f"{where}: {error}")
        self.step = step
        self.error = error
        self.screens = tuple(screens)

    @property
    def differs(self) -> Differs | None:
        """What was wanted and what was found, where it is that."""
        return self.error if isinstance(self.error, Differs) else None


class Player:
    """Plays one story.

    `told` hears the number of each step before it is played, of how many; 0 before the end's books.
    """

    def __init__(
        self, bench: StoryBench, story: Story, told: Told = lambda number, count: None
    ) -> None:
        self._bench = bench
        self._story = story
        self._told = told
        self._eyes = Eyes(bench)
        self._books = Books(bench)
        self._at = 0

    def play(self) -> None:
        """Raises StoryFailed at the first thing that differs."""
        try:
            self._begin()
            for number, step in enumerate(self._story.steps, start=1):
                self._at = number
                self._told(number, len(self._story.steps))
                self._play(step)
            self._at = 0
            self._told(0, len(self._story.steps))
            self._books.check(self._story.expect)
        except (NotDone, AssertionError) as error:
            raise StoryFailed(self._at, error, self._eyes.screens) from None

    def _begin(self) -> None:
        if self._story.begin != "idle":
            return
        if self._eyes.reach(Seen(["logon", "idle"]), START_S)["name"] == "logon":
            self._log_on("01")

    def _play(self, step: Step) -> None:
        wanted = Seen(several(step.screen), several(step.shows), several(step.hides))
        if wanted.names or wanted.shows:
            self._eyes.reach(wanted, step.within_s)
        if step.act is not None:
            DO[step.act](self, step)
        if step.expect is not None:
            self._books.check(step.expect)

    def ask(self, verb: str, **fields: object) -> None:
        """A verb that is an act by itself."""
        self._bench.ask(verb, **fields)

    def keys(self, step: Step) -> None:
        """Keys, and what is typed off a purchase."""
        text = step.keys or ""
        sale = self._books.sale(scan_of(step.of or "last sale")) if "{" in text else None
        self._press(keys_of(text, sale))

    def menu(self, step: Step) -> None:
        """Menu, then down to this line, whatever its number is, and Enter."""
        self._press(["MENU"])
        self._eyes.reach(Seen(["menu"]))
        for _ in range(MENU_TRIES):
            shown = self._eyes.look()
            if _is_picked(str(step.menu), shown):
                self._press(["ENTER"])
                return
            self._press(["DOWN"])
            self._eyes.changes(shown, MESSAGE_S)
        raise AssertionError(f"the menu has no line {step.menu}")

    def log_on(self, step: Step) -> None:
        """Somebody logs on."""
        self._log_on(str(step.log_on))

    def approve(self, step: Step) -> None:
        """Somebody else's number and password."""
        number = str(step.approve)
        name = str(self._eyes.look()["name"])
        self._press([*number, "ENTER"])
        self._eyes.reach(Seen([f"{name}_password"]))
        self._press([*self._password(number), "ENTER"])

    def leave(self, step: Step | None = None) -> None:
        """Enter, where the screen names it, until idle is back."""
        for _ in range(LEAVE_TRIES):
            shown = self._eyes.look()
            if shown["name"] == "idle":
                return
            if shown["name"] not in NO_MESSAGES and shown["rows"][-1].strip():
                self._press(["ENTER"])
            self._eyes.changes(shown, MESSAGE_S)
        self._eyes.reach(Seen(["idle"]), 0)

    def scan(self, step: Step) -> None:
        """A text, or the code on a purchase's slip."""
        wanted = scan_of(step.scan or "")
        self.ask("scan", text=wanted.text or self._books.sale(wanted)["code"])

    def pass_time(self, step: Step) -> None:
        """Nothing happens for a while."""
        self._bench.pass_time(float(step.wait_s or 0))

    def _log_on(self, number: str) -> None:
        """Number and password, past what the sign-in says, to idle."""
        self._eyes.reach(Seen(["logon"]))
        self._press([*number, "ENTER"])
        self._eyes.reach(Seen(["logon.password"]))
        self._press([*self._password(number), "ENTER"])
        self._eyes.until_gone("logon.password")
        self.leave()

    def _press(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._bench.ask("press", keys=[key])

    def _password(self, number: str) -> str:
        people = self._bench.ask("people")["people"]
        found = [person["password"] for person in people if person["number"] == number]
        assert found, f"nobody has the number {number}"
        return str(found[0])


def _clear(player: Player, step: Step) -> None:
    player.ask("clear", **({} if step.clear == "all" else {"name": step.clear}))


DO: Final[Mapping[str, Callable[[Player, Step], None]]] = MappingProxyType(
    {
        "keys": Player.keys,
        "menu": Player.menu,
        "log_on": Player.log_on,
        "approve": Player.approve,
        "leave": Player.leave,
        "scan": Player.scan,
        "swipe": lambda player, step: player.ask("swipe", card=step.swipe),
        "insert": lambda player, step: player.ask("insert", card=step.insert),
        "tap": lambda player, step: player.ask("tap", card=step.tap),
        "remove": lambda player, step: player.ask("remove"),
        "paper": lambda player, step: player.ask("printer", paper=step.paper),
        "cover": lambda player, step: player.ask("printer", cover=step.cover),
        "tear": lambda player, step: player.ask("tear"),
        "pull": lambda player, step: player.ask("link", wire=step.pull, to="down"),
        "plug": lambda player, step: player.ask("link", wire=step.plug, to="up"),
        "power": lambda player, step: player.ask("power", to=step.power),
        "fault": lambda player, step: player.ask("fault", **(step.fault or {})),
        "clear": _clear,
        "wait_s": Player.pass_time,
    }
)
"""What each act of a step does."""


def _is_picked(line: str, shown: Screen) -> bool:
    rows = zip(shown["rows"], shown["inverse"], strict=True)
    return any(inverse and packed(line) in packed(row) for row, inverse in rows)

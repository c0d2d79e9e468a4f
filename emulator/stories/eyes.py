"""Eyes at the display of a story's bench: what is there, and waiting for what is wanted."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from emulator.stories.bench import Differs, NotDone, StoryBench
from emulator.stories.words import packed

KEPT_SCREENS: Final = 4
SETTLE_S: Final = 20.0
ENTRY_S: Final = 3.0
Screen = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be seen: one of these screens (none named: any), these texts on it, not those."""

    names: Sequence[str]
    shows: Sequence[str] = ()
    hides: Sequence[str] = ()

    def missing(self, shown: Screen) -> Differs | None:
        """What differs, None when nothing does."""
        page, name = packed("".join(shown["rows"])), shown["name"] or "none"
        found = f"{name}: {' | '.join(row.strip() for row in shown['rows'] if row.strip())}"
        is_there = all(packed(text) in page for text in self.shows)
        if (self.names and name not in self.names) or not is_there:
            wanted = " or ".join(self.names) or "a screen"
            having = f" with {', '.join(map(repr, self.shows))}" if self.shows else ""
            text = f"screen: {wanted}{having} did not come; there is {found}"
            return Differs(text, "screen", " ".join([*self.names, *_quoted(self.shows)]), found)
        unwanted = [text for text in self.hides if packed(text) in page]
        if not unwanted:
            return None
        return Differs(f"{name} shows {unwanted[0]!r}", "hides", _quoted(unwanted)[0], found)


def _quoted(texts: Sequence[str]) -> list[str]:
    return [f"“{text}”" for text in texts]


class Eyes:
    """`screens`: the last that were looked at, oldest first."""

    def __init__(self, bench: StoryBench) -> None:
        self.screens: deque[Screen] = deque(maxlen=KEPT_SCREENS)
        self._bench = bench

    def look(self) -> Screen:
        """What the display shows."""
        shown = self._bench.ask("screen")
        if not self.screens or self.screens[-1]["rows"] != shown["rows"]:
            self.screens.append(shown)
        return shown

    def reach(self, wanted: Seen, within_s: float = SETTLE_S) -> Screen:
        """The screen that is wanted, as soon as it is there; AssertionError when it isn't."""
        until_s = self._bench.now_s() + within_s
        while True:
            shown = self.look()
            differs = wanted.missing(shown)
            if differs is None:
                return self._with_entry(shown)
            left_s = until_s - self._bench.now_s()
            if left_s <= 0 or not self.changes(shown, left_s):
                raise differs

    def until_gone(self, name: str) -> None:
        """Until another screen is shown than this one."""
        until_s = self._bench.now_s() + SETTLE_S
        while (shown := self.look())["name"] == name and self._bench.now_s() < until_s:
            self.changes(shown, SETTLE_S)

    def changes(self, shown: Screen, timeout_s: float) -> bool:
        """Whether the display shows something else in time."""
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
            self._bench.ask("wait", name=shown["name"], timeout_s=ENTRY_S)
        return shown

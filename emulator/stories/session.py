"""A story that is open: a new terminal in its own shop, and the player, step by step or through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from emulator.bench import Bench, running_bench
from emulator.host.ledger import LedgerError
from emulator.keypad import PadMemoryError
from emulator.parts import BenchOptions
from emulator.shop import Shop
from emulator.state_folder import StateError
from emulator.stories.bench import NotDone
from emulator.stories.loop_bench import LoopBench, StoryStopped
from emulator.stories.player import Player, StoryFailed
from emulator.stories.story import Story
from emulator.stories.told import failure_told, story_told

State = Literal["preparing", "playing", "paused", "passed", "failed", "stopped"]
OVER: Final = ("passed", "failed", "stopped")
CAN_T_START: Final = (StateError, LedgerError, PadMemoryError, OSError)
Show = Callable[[Bench | None], None]


class Session:
    """From `begin` to `close`. Its terminal stays to be looked at when the story is over.

    `show` puts its terminal before everybody, None takes it away; `changed` hears of each step.
    """

    def __init__(self, story: Story, shop: Shop, show: Show, changed: Callable[[], None]) -> None:
        self.story = story
        self._shop = shop
        self._show = show
        self._changed = changed
        self._state: State = "preparing"
        self._at = 0
        self._failure: dict[str, object] | None = None
        self._bench: LoopBench | None = None
        self._may_go_on = asyncio.Event()
        self._is_one_by_one = False
        self._pace_s = 0.0
        self._is_left = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    @property
    def is_over(self) -> bool:
        """Whether it was played to its end, or stopped."""
        return self._state in OVER

    def told(self) -> dict[str, Any]:
        """The story, and how far it is. `at`: the step whose turn it is, from 1; last the end."""
        now = {"state": self._state, "at": self._at, "failure": self._failure}
        return {**story_told(self.story), **now}

    def begin(self, to: str, pace_s: float = 0.0) -> None:
        """Set the terminal up and play, or play the first step."""
        self.go(to, pace_s)
        self._life = asyncio.create_task(self._live())

    def go(self, to: str, pace_s: float = 0.0) -> None:
        """Go on (`play`), make one step (`step`), wait before the next (`pause`), end (`stop`)."""
        self._pace_s = pace_s
        self._is_one_by_one = to in ("step", "pause")
        if to in ("play", "step"):
            self._may_go_on.set()
            if self._state == "paused":
                self._enter("playing")
        elif to == "pause":
            self._may_go_on.clear()
        elif not self.is_over:
            self._end("stopped")

    async def close(self) -> None:
        """The terminal is gone when this is done."""
        self.go("stop")
        self._is_left.set()
        if self._life is not None:
            await self._life

    async def _live(self) -> None:
        with TemporaryDirectory(prefix="story-") as folder:
            options = BenchOptions(Path(folder) / "state", self._shop, seed=self.story.seed)
            try:
                async with running_bench(options, lambda line: None) as bench:
                    await self._shown(bench)
            except CAN_T_START as error:
                self._end("failed", StoryFailed(0, error, ()))

    async def _shown(self, bench: Bench) -> None:
        self._show(bench)
        try:
            await self._play(LoopBench(bench))
            await self._is_left.wait()
        finally:
            self._show(None)

    async def _play(self, bench: LoopBench) -> None:
        self._bench = bench
        if self.is_over:  # stopped while the terminal was started
            return
        try:
            await asyncio.to_thread(self._play_through, bench)
            self._end("passed")
        except StoryFailed as failure:
            self._end("failed", failure)
        except NotDone as error:
            self._end("failed", StoryFailed(0, error, ()))
        except StoryStopped:
            return

    def _play_through(self, bench: LoopBench) -> None:
        """In the player's thread."""
        Player(bench, self.story, lambda at, of: bench.wait_for(self._turn(at or of + 1))).play()

    async def _turn(self, at: int) -> None:
        """A step's turn has come: it is played as soon as it may."""
        self._at = at
        self._enter("playing" if self._may_go_on.is_set() else "paused")
        await self._may_go_on.wait()
        await asyncio.sleep(self._pace_s)
        if self._is_one_by_one:
            self._may_go_on.clear()

    def _end(self, state: State, failure: StoryFailed | None = None) -> None:
        self._failure = failure_told(failure) if failure else None
        if self._bench is not None:
            self._bench.stop()
        self._enter(state)

    def _enter(self, state: State) -> None:
        self._state = state
        self._changed()

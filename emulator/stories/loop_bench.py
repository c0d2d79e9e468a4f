"""A bench of this process, asked from the thread that a story is played in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import CancelledError
from typing import Any

from emulator.bench import Bench
from emulator.stories.bench import NotDone
from emulator.stories.story import WorldName


class StoryStopped(Exception):
    """Somebody has stopped the story."""


class LoopBench:
    """What it is asked is done on the bench's loop. After `stop` nothing is: StoryStopped."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._loop = asyncio.get_running_loop()
        self._is_stopped = False
        self._waiting: asyncio.Task[Any] | None = None

    @property
    def name(self) -> WorldName:
        return "emulator"

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """The reply of a verb. Raises NotDone."""
        asked = self._bench.do({"do": verb, **fields})
        reply = self._done(self._wait(asked) if verb == "wait" else self._do(asked))
        if not reply["ok"]:
            raise NotDone(f"{verb}: {reply['error']}")
        return dict(reply)

    def now_s(self) -> float:
        """The computer's clock."""
        return time.monotonic()

    def pass_time(self, seconds: float) -> None:
        """Wait."""
        self.wait_for(asyncio.sleep(seconds))

    def journal(self) -> list[Mapping[str, Any]]:
        """The records."""
        self.ask("power", to="off")
        return list(self.ask("journal")["records"])

    def wait_for(self, waiting: Coroutine[Any, Any, Any]) -> None:
        """Wait for something of the loop, until it is stopped."""
        self._done(self._wait(waiting))

    def stop(self) -> None:
        """On the loop: what waits ends now, what is being done is done."""
        self._is_stopped = True
        if self._waiting is not None:
            self._waiting.cancel()

    def _done(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result()
        except CancelledError:
            raise StoryStopped from None

    async def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        if self._is_stopped:
            work.close()
            raise StoryStopped
        return await work

    async def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        self._waiting = asyncio.current_task()
        try:
            return await self._do(work)
        finally:
            self._waiting = None

"""Which terminal page and control channel have before them: the bench's own, or a story's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from emulator.bench import Bench
from emulator.paper_slip import PaperSlip
from emulator.parts import Parts
from emulator.pushes import Push
from emulator.requests import STORY_REQUESTS, RequestError, parsed

if TYPE_CHECKING:
    from emulator.stories.desk import Desk


class Stage:
    """As a bench to whoever looks on. While a story is open, its terminal is the one that is shown.

    The own terminal goes on meanwhile, and nothing of the story reaches it.
    """

    def __init__(self, own: Bench) -> None:
        self._own = own
        self._shown = own
        self._ends: dict[Push, Callable[[], None]] = {}
        self._desk: Desk | None = None

    @property
    def parts(self) -> Parts:
        """What the shown terminal is put together from."""
        return self._shown.parts

    @property
    def slips(self) -> tuple[PaperSlip, ...]:
        """The paper of the shown terminal, oldest first."""
        return self._shown.slips

    async def do(self, message: Mapping[str, Any]) -> dict[str, object]:
        """One request to its reply; errors are replies too."""
        verb = message.get("do")
        if not isinstance(verb, str) or verb not in STORY_REQUESTS:
            return await self._shown.do(message)
        reply = {"id": message.get("id")}
        try:
            return {**reply, "ok": True, **await self._at_desk(message)}
        except RequestError as error:
            return {**reply, "ok": False, "error": str(error)}

    def subscribe(self, push: Push) -> Callable[[], None]:
        """Be told of everything that changes; the result ends it."""
        self._ends[push] = self._shown.subscribe(push)
        return lambda: self._unsubscribe(push)

    def show(self, bench: Bench | None) -> None:
        """From now on the terminal of this bench; None: the own one. Who looks on starts anew."""
        self._shown = bench or self._own
        for push, end in self._ends.items():
            end()
            self._ends[push] = self._shown.subscribe(push)
        self.tell({"event": "bench"})
        self.tell({"event": "screen", **self.parts.screens.now.as_dict()})

    def tell(self, event: dict[str, object]) -> None:
        """Something that no bench tells."""
        for push in tuple(self._ends):
            push(event)

    def _unsubscribe(self, push: Push) -> None:
        if push in self._ends:
            self._ends.pop(push)()

    async def close(self) -> None:
        """End a story that is open."""
        if self._desk is not None:
            await self._desk.close()

    async def _at_desk(self, message: Mapping[str, Any]) -> dict[str, object]:
        if self._desk is None and message["do"] == "playing":
            return {"playing": None}
        # Only here: who plays no story needs none of it.
        from emulator.stories.desk import Desk

        self._desk = self._desk or Desk(self.show, self.tell)
        return await self._desk.done(*parsed(message, STORY_REQUESTS))

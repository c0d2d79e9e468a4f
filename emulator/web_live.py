"""One open page: the messages of the control channel over its web socket, and the pushes."""

import asyncio
import json
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from emulator.stage import Stage

MOST_WAITING: Final = 5000
TRY_AGAIN_LATER: Final = 1013


class LivePage:
    """Requests of one page are done in their order; replies and pushes leave in theirs."""

    def __init__(self, stage: Stage, browser: WebSocket) -> None:
        self._stage = stage
        self._browser = browser
        self._outbox: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self._is_behind = False

    async def run(self) -> None:
        """Until the page is closed, or the emulator stops."""
        unsubscribe = self._stage.subscribe(self._put)
        shown = self._stage.parts.screens.now
        self._put({"event": "screen", **shown.as_dict(), "inverse": list(shown.inverse)})
        tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._write())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            unsubscribe()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await self._hang_up()

    async def _hang_up(self) -> None:
        if self._browser.client_state is WebSocketState.CONNECTED and self._is_behind:
            await self._browser.close(TRY_AGAIN_LATER)

    async def _read(self) -> None:
        try:
            while True:
                self._put(await self._answer(await self._browser.receive_text()))
        except (WebSocketDisconnect, KeyError):
            return  # KeyError: bytes instead of text, which no page of ours sends

    async def _answer(self, text: str) -> dict[str, object]:
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            return {"id": None, "ok": False, "error": "a message must be one JSON object"}
        return await self._stage.do(message)

    async def _write(self) -> None:
        try:
            while not self._is_behind:
                await self._browser.send_text(await self._outbox.get())
        except (WebSocketDisconnect, RuntimeError):
            return  # the page was closed while something was on its way to it

    def _put(self, message: dict[str, object]) -> None:
        """A page that doesn't keep up is let go: it comes back and asks for everything again."""
        if self._outbox.full():
            self._is_behind = True
            return
        self._outbox.put_nowait(json.dumps(message, ensure_ascii=False))

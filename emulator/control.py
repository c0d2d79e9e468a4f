"""The control channel: one JSON object a line each way, over TCP on loopback."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

LOOPBACK: Final = "127.0.0.1"
LONGEST_LINE: Final = 1 << 20
Do = Callable[[Mapping[str, Any]], Awaitable[dict[str, object]]]


class ControlServer:
    """Serves any number of connections; the requests of one are done in their order."""

    def __init__(self, do: Do) -> None:
        self._do = do
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def open(self, port: int = 0) -> int:
        """Listen; the port that was taken. OSError when it can't be had."""
        self._server = await asyncio.start_server(self._serve, LOOPBACK, port, limit=LONGEST_LINE)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and end every connection, waiting requests included."""
        if self._server is not None:
            self._server.close()
            for task in self._connections:
                task.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._line(reader, writer):
                pass
        except (OSError, asyncio.CancelledError):
            return  # the other side is gone, or the bench stops: nobody to answer
        finally:
            self._connections.discard(task)
            writer.transport.abort() if task.cancelling() else writer.close()

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        try:
            line = await reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return False
        except asyncio.LimitOverrunError:
            return await _refused(writer, f"a line has at most {LONGEST_LINE} bytes")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            # What speaks something else, a browser for instance, gets no second line.
            return await _refused(writer, "a line must be one JSON object")
        await _write(writer, await self._do(message))
        return True


async def _refused(writer: asyncio.StreamWriter, error: str) -> bool:
    await _write(writer, {"id": None, "ok": False, "error": error})
    return False


async def _write(writer: asyncio.StreamWriter, reply: dict[str, object]) -> None:
    writer.write(json.dumps(reply, ensure_ascii=False).encode() + b"\n")
    await writer.drain()

"""The host on a TCP port: any number of terminals at once."""

import asyncio
import ssl
from collections.abc import Callable
from typing import Protocol

from emulator.host.core import Action, Framing, Send


class Line(Protocol):
    """One terminal's line, as `core.Connection` is."""

    def receive(self, raw: bytes, now_s: float) -> tuple[Action, ...]:
        """Bytes in, timed writes out."""

    def closed(self) -> None:
        """The line is gone."""


class Lines(Protocol):
    """What gives a line to each terminal that connects, as `core.Host` does."""

    def connection(self, framing: Framing = "tcp") -> Line:
        """A new line."""


class Tap(Protocol):
    """Is told of all that passes on one connection."""

    def came(self, raw: bytes) -> None:
        """The terminal wrote this."""

    def wrote(self, raw: bytes) -> None:
        """The host wrote this."""

    def closed(self) -> None:
        """The connection is gone."""


Address = tuple[str, int]
TapMaker = Callable[[Address, Address], Tap]
"""From the addresses of a terminal and of the host."""
NOWHERE: Address = ("0.0.0.0", 0)


class ListeningHost:
    """A host that listens. Close it before the loop ends."""

    def __init__(self, server: asyncio.Server, lines: set["TerminalLine"]) -> None:
        self._server = server
        self._lines = lines

    @property
    def port(self) -> int:
        """The TCP port that was taken."""
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and drop every connection."""
        self._server.close()
        for line in list(self._lines):
            line.drop()
        await self._server.wait_closed()


class TerminalLine(asyncio.Protocol):
    """One TCP connection of a terminal; asyncio asks for a class of this shape."""

    def __init__(self, host: Lines, lines: set["TerminalLine"], tapped: TapMaker | None) -> None:
        self._connection = host.connection("tcp")
        self._lines = lines
        self._tapped = tapped
        self._tap: Tap | None = None
        self._transport: asyncio.Transport | None = None
        self._timers: set[asyncio.TimerHandle] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back to the terminal."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._lines.add(self)
        if self._tapped is not None:
            self._tap = self._tapped(_end(transport, "peername"), _end(transport, "sockname"))

    def data_received(self, raw: bytes) -> None:
        """Give the bytes to the host and do what it says, each at its time."""
        now_s = asyncio.get_running_loop().time()
        if self._tap is not None:
            self._tap.came(raw)
        for action in self._connection.receive(raw, now_s):
            self._schedule(action)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the writes that are still due."""
        for timer in self._timers:
            timer.cancel()
        self._lines.discard(self)
        self._transport = None
        self._connection.closed()
        if self._tap is not None:
            self._tap.closed()

    def drop(self) -> None:
        """Cut the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def _schedule(self, action: Action) -> None:
        if action.delay_s <= 0:
            self._perform(action)
            return
        loop = asyncio.get_running_loop()
        self._timers.add(loop.call_later(action.delay_s, self._perform, action))

    def _perform(self, action: Action) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        if isinstance(action, Send):
            self._transport.write(action.raw)
            if self._tap is not None:
                self._tap.wrote(action.raw)
        else:
            self._transport.close()


def _end(transport: asyncio.Transport, name: str) -> Address:
    # A terminal that hung up at once has no address any more.
    host, port = (transport.get_extra_info(name) or NOWHERE)[:2]
    return host, port


async def serve_host(
    host: Lines,
    bind: str = "127.0.0.1",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    tapped: TapMaker | None = None,
) -> ListeningHost:
    """Listen for terminals; port 0 takes any free one. OSError if the port cannot be had.

    `tapped` makes somebody who is told of all that passes, without TLS.
    """
    lines: set[TerminalLine] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: TerminalLine(host, lines, tapped), bind, port, ssl=tls
    )
    return ListeningHost(server, lines)

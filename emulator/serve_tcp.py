"""A wire as a TCP port on loopback: plain bytes, or RFC 2217 through a codec."""

import asyncio
from collections.abc import Callable
from typing import Final, Literal, Protocol

from emulator.serve_wires import OnBytes, ignore

LOOPBACK: Final = "127.0.0.1"


class LineCodec(Protocol):
    """What stands between a connection's bytes and the device's."""

    def decoded(self, raw: bytes) -> bytes:
        """The device's bytes in what came. Raises ValueError when the peer talks nonsense."""

    def encoded(self, raw: bytes) -> bytes:
        """The device's bytes as the connection carries them."""


CodecMaker = Callable[[Callable[[bytes], None]], LineCodec]


class PlainCodec:
    """The connection carries the device's bytes as they are."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        pass

    def decoded(self, raw: bytes) -> bytes:
        return raw

    def encoded(self, raw: bytes) -> bytes:
        return raw


class TcpWire:
    """A listening port that serves one connection; a new one takes the place of the old."""

    def __init__(
        self, scheme: Literal["socket", "rfc2217"] = "socket", codec: CodecMaker = PlainCodec
    ) -> None:
        self.on_bytes: OnBytes = ignore
        self._scheme = scheme
        self._make_codec = codec
        self._port = 0
        self._server: asyncio.Server | None = None
        self._peer: Peer | None = None

    @property
    def url(self) -> str:
        return f"{self._scheme}://{LOOPBACK}:{self._port}"

    @property
    def is_up(self) -> bool:
        return self._server is not None

    async def up(self) -> None:
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._new_peer, LOOPBACK, self._port)
            self._port = self._server.sockets[0].getsockname()[1]

    async def down(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            # One that was accepted just now gets its transport in the loop's next turn; without
            # a server it would get none, and hang.
            await asyncio.sleep(0)
            server.close()
            self._replace(None)
            await server.wait_closed()
            # The aborted connection is closed by the loop, in its next turn.
            await asyncio.sleep(0)

    def send(self, raw: bytes) -> None:
        if self._peer is not None:
            self._peer.send(raw)

    def _new_peer(self) -> "Peer":
        return Peer(self._make_codec, self._replace, self._deliver)

    def _replace(self, peer: "Peer | None") -> None:
        old, self._peer = self._peer, peer
        if old is not None:
            old.hang_up()
        if peer is not None and self._server is None:
            peer.hang_up()

    def _deliver(self, peer: "Peer", raw: bytes) -> None:
        if self._peer is peer:
            self.on_bytes(raw)


class Peer(asyncio.Protocol):
    """One connection; asyncio asks for a class of this shape."""

    def __init__(
        self,
        codec: CodecMaker,
        connected: Callable[["Peer"], None],
        deliver: Callable[["Peer", bytes], None],
    ) -> None:
        self._make_codec = codec
        self._connected = connected
        self._deliver = deliver
        self._transport: asyncio.Transport | None = None
        self._codec: LineCodec | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The firmware has opened the port."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._codec = self._make_codec(transport.write)
        self._connected(self)

    def data_received(self, raw: bytes) -> None:
        """Bytes of the firmware; a peer that talks nonsense is hung up on."""
        assert self._codec is not None
        try:
            decoded = self._codec.decoded(raw)
        except ValueError:
            self.hang_up()
            return
        if decoded:
            self._deliver(self, decoded)

    def connection_lost(self, error: Exception | None) -> None:
        """What is sent from now on is lost."""
        self._transport = None

    def send(self, raw: bytes) -> None:
        """Bytes to the firmware."""
        if self._transport is not None and self._codec is not None:
            self._transport.write(self._codec.encoded(raw))

    def hang_up(self) -> None:
        """Cut the connection at once."""
        if self._transport is not None:
            self._transport.abort()

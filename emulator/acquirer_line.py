"""The line between the terminal and its acquirer: TCP, or a serial line on a pseudo-terminal."""

import asyncio
import ssl
from typing import Final

from emulator.cut import ACQUIRER, CuttableHost
from emulator.host.core import Action, Host, Send
from emulator.host.listener import ListeningHost, TapMaker, serve_host
from emulator.line_trouble import LineTrouble
from emulator.serve_cut import ByteCut, OnLink, WireCut, nobody
from emulator.serve_wires import Wire

LOOPBACK: Final = "127.0.0.1"


class TcpHostLine:
    """The host on a TCP port, with TLS or without. The port stays when the line is down and up.

    `tapped`, set before the line is up, makes somebody who is told of all that passes.
    """

    def __init__(self, host: Host, tls: ssl.SSLContext | None = None) -> None:
        self.on_link: OnLink = nobody
        self.tapped: TapMaker | None = None
        self._tls = tls
        self._lines = CuttableHost(host)
        self._listening: ListeningHost | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """What the firmware connects to."""
        return f"{'tls' if self._tls else 'tcp'}://{LOOPBACK}:{self._port}"

    @property
    def trouble(self) -> LineTrouble:
        """What is wrong with its connections."""
        return self._lines.trouble

    @property
    def is_up(self) -> bool:
        """False while connections are refused."""
        return self._listening is not None

    async def set_link(self, is_up: bool) -> None:
        """Listen; or drop every connection and refuse new ones."""
        if is_up == self.is_up:
            return
        if is_up:
            self._listening = await serve_host(
                self._lines, LOOPBACK, self._port, self._tls, self.tapped
            )
            self._port = self._listening.port
        else:
            listening, self._listening = self._listening, None
            assert listening is not None
            await listening.close()
        self.on_link(ACQUIRER, is_up)

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut a connection when `cut` says so; the next one is taken."""
        self._lines.cut = cut


class SerialHostLine:
    """The host at the end of one serial line (profile, 6): each write goes out at its own time."""

    def __init__(self, host: Host, wire: Wire) -> None:
        self.on_link: OnLink = nobody
        self.trouble = LineTrouble()
        self._wire = wire
        self._connection = host.connection("serial")
        self._cut = WireCut(self._switch)
        self._due: set[asyncio.TimerHandle] = set()
        wire.on_bytes = self._came

    @property
    def url(self) -> str:
        """What the firmware opens."""
        return self._wire.url

    @property
    def is_up(self) -> bool:
        """False while the cable is pulled."""
        return self._wire.is_up

    async def set_link(self, is_up: bool) -> None:
        """Put the cable in, or pull it: what was still to be said is lost."""
        self._cut.cancel()
        await self._switch(is_up)

    def cut_after(self, cut: ByteCut | None) -> None:
        """Cut the line when `cut` says so; it comes back by itself."""
        self._cut.cut = cut

    async def _switch(self, is_up: bool) -> None:
        if is_up == self.is_up:
            return
        for handle in self._due:
            handle.cancel()
        self._due.clear()
        self._connection.closed()
        await (self._wire.up() if is_up else self._wire.down())
        self.on_link(ACQUIRER, is_up)

    def _came(self, raw: bytes) -> None:
        now_s = asyncio.get_running_loop().time()
        late_s = self.trouble.late_s(raw, now_s)
        raw = self.trouble.heard(self._cut.passed(raw))
        for action in self._connection.receive(raw, now_s) if raw else ():
            self._schedule(action, late_s)

    def _schedule(self, action: Action, late_s: float) -> None:
        # A serial line stays open: a host that would hang up only falls silent.
        if not isinstance(action, Send):
            return
        delay_s = action.delay_s + late_s
        delay_s += self.trouble.late_s(action.raw, asyncio.get_running_loop().time() + delay_s)
        if delay_s <= 0:
            self._write(action.raw)
        else:
            self._write_later(Send(delay_s, action.raw))

    def _write_later(self, send: Send) -> None:
        def due() -> None:
            self._due.discard(handle)
            self._write(send.raw)

        handle = asyncio.get_running_loop().call_later(send.delay_s, due)
        self._due.add(handle)

    def _write(self, raw: bytes) -> None:
        raw = self.trouble.heard(self._cut.passed(raw))
        if raw:
            self._wire.send(raw)


HostLine = TcpHostLine | SerialHostLine

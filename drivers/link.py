"""Live links: serial ports, RFC 2217 servers and TCP. The only user of pyserial.

Results come as LinkOpened, BytesArrived, FrameWritten and LinkLost; see drivers/README.md.
"""

from __future__ import annotations

import os
import socket
import struct
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import serial

from drivers.reader_thread import Connect, Reopenable
from drivers.tls import TlsFiles, TlsPipe
from terminal.ports import Inbox, Link

READ_WITHIN_S = 0.5  # only how long a reader that can't be woken may stay behind
WRITE_WITHIN_S = 5.0  # a device that takes nothing for so long is lost
MOST_BYTES = 65536


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How a line is opened; TCP uses the last one only. A pty is always 8N1."""

    baudrate: int = 115200
    bytesize: int = 8
    parity: str = "N"
    stopbits: float = 1
    exclusive: bool = True
    connect_timeout_s: float = 10.0
    tls: TlsFiles | None = None

    def __post_init__(self) -> None:
        allowed = (
            ("baudrate", self.baudrate > 0, "a positive number"),
            ("bytesize", self.bytesize in (5, 6, 7, 8), "5, 6, 7 or 8"),
            ("parity", self.parity in tuple("NEOMS"), "N, E, O, M or S"),
            ("stopbits", self.stopbits in (1, 1.5, 2), "1, 1.5 or 2"),
            ("connect_timeout_s", self.connect_timeout_s > 0, "a positive number"),
        )
        for name, is_right, text in allowed:
            if not is_right:
                raise ValueError(f"{name}: {getattr(self, name)!r} is not {text}")


class _SerialPipe:
    def __init__(self, url: str, settings: LinkSettings) -> None:
        self._port = serial.serial_for_url(
            url,
            do_not_open=True,
            baudrate=settings.baudrate,
            bytesize=settings.bytesize,
            parity=settings.parity,
            stopbits=settings.stopbits,
            exclusive=settings.exclusive,
            timeout=READ_WITHIN_S,
            # RFC 2217 takes none; its socket has one of its own.
            write_timeout=WRITE_WITHIN_S if url.startswith("/") else None,
        )
        self._port.open()

    def read(self) -> bytes:
        first = self._port.read(1)
        return first and first + self._port.read(self._port.in_waiting)

    def write(self, raw: bytes) -> None:
        self._port.write(raw)

    def write_now(self, raw: bytes) -> int:
        # pyserial opens a path without blocking; a port behind a URL has no descriptor.
        descriptor = getattr(self._port, "fd", None)
        try:
            return os.write(descriptor, raw) if descriptor is not None else 0
        except BlockingIOError:
            return 0

    def wake(self) -> None:
        # A port behind a URL can't be woken; its read ends by itself.
        getattr(self._port, "cancel_read", lambda: None)()

    def close(self) -> None:
        self._port.close()


class _TcpPipe:
    def __init__(self, host: str, port: int, connect_timeout_s: float) -> None:
        self._socket = socket.create_connection((host, port), connect_timeout_s)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        patience = struct.pack("ll", int(WRITE_WITHIN_S), 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)

    def read(self) -> bytes:
        raw = self._socket.recv(MOST_BYTES)
        if not raw:
            raise ConnectionResetError("closed by the other end")
        return raw

    def write(self, raw: bytes) -> None:
        self._socket.sendall(raw)

    def write_now(self, raw: bytes) -> int:
        try:
            return self._socket.send(raw, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0

    def wake(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # gone already: the reader has been told the same way

    def close(self) -> None:
        self._socket.close()


class SerialLink:
    """A serial port: a device path, or `rfc2217://host:port`; `socket://host:port` is plain TCP."""

    def __init__(self, wire: str, url: str, inbox: Inbox, settings: LinkSettings) -> None:
        # pyserial's own socket:// leaves Nagle on, reads byte by byte and sleeps when it closes.
        if url.startswith("socket://"):
            address = _host_and_port(url)
            connect = partial(_TcpPipe, *address, settings.connect_timeout_s)
            self._link = Reopenable(wire, inbox, connect)
        else:
            self._link = Reopenable(wire, inbox, partial(_SerialPipe, url, settings), True)

    def open(self) -> None:
        """Begin to open the port; nothing when it is open or opening."""
        self._link.open()

    def write(self, frame: bytes) -> None:
        """Write a whole frame; nothing after a loss."""
        self._link.write(frame)

    def close(self) -> None:
        """Close; no event follows."""
        self._link.close()


class TcpLink:
    """A TCP connection, or TLS over one; one write a frame, without Nagle's delay."""

    def __init__(
        self,
        wire: str,
        address: tuple[str, int],
        inbox: Inbox,
        connect_timeout_s: float,
        tls: TlsFiles | None = None,
    ) -> None:
        connect: Connect = partial(_TcpPipe, *address, connect_timeout_s)
        if tls is not None:
            connect = partial(TlsPipe, *address, connect_timeout_s, tls)
        self._link = Reopenable(wire, inbox, connect)

    def open(self) -> None:
        """Begin to connect; nothing when it is connected or connecting."""
        self._link.open()

    def write(self, frame: bytes) -> None:
        """Write a whole frame; nothing after a loss."""
        self._link.write(frame)

    def close(self) -> None:
        """Close; no event follows."""
        self._link.close()


def make_link(wire: str, url: str, inbox: Inbox, settings: LinkSettings) -> Link:
    """The link that a URL of device.toml names; ValueError when it names none.

    `tcp://host:port`, `tls://…`, `serial:/dev/…`, `/dev/…`, `socket://…`, `rfc2217://…`.
    """
    if url.startswith("tcp://"):
        return TcpLink(wire, _host_and_port(url), inbox, settings.connect_timeout_s)
    if url.startswith("tls://"):
        if settings.tls is None:
            raise ValueError(f"{wire}: {url!r} needs the certificates of [tls]")
        address = _host_and_port(url)
        return TcpLink(wire, address, inbox, settings.connect_timeout_s, settings.tls)
    path = url.removeprefix("serial:")
    if path.startswith("/"):
        return SerialLink(wire, path, inbox, settings)
    if url.startswith(("socket://", "rfc2217://")):
        _host_and_port(url)
        return SerialLink(wire, url, inbox, settings)
    raise ValueError(
        f"{wire}: {url!r} is no tcp://, tls://, serial:/…, socket:// or rfc2217:// address"
    )


def _host_and_port(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port:
        raise ValueError(f"{url!r}: not of the form scheme://host:port")
    return host, port

"""TLS to the acquirer: its CA is pinned, name and dates are checked, we show a certificate.

A missing or refused client certificate shows only as end of file at the first read (TLS 1.3):
that is a loss after a write, so the outcome is unknown, never "not sent".
"""

from __future__ import annotations

import select
import socket
import ssl
from dataclasses import dataclass
from threading import Lock

MOST_BYTES = 65536
WRITE_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Paths of PEM files: pinned CAs (now and next in one file), our certificate and its key."""

    ca: str
    certificate: str
    key: str
    server_name: str


def context_of(files: TlsFiles) -> ssl.SSLContext:
    """TLS 1.2 or later with forward secrecy; raises OSError (ssl.SSLError) for bad files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.load_verify_locations(cafile=files.ca)
    context.load_cert_chain(files.certificate, files.key)
    return context


class TlsPipe:
    """One connection. Two threads use it, OpenSSL allows one at a time: a lock, and select."""

    def __init__(self, host: str, port: int, connect_timeout_s: float, files: TlsFiles) -> None:
        context = context_of(files)
        plain = socket.create_connection((host, port), connect_timeout_s)
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket = context.wrap_socket(plain, server_hostname=files.server_name)
        except BaseException:
            plain.close()
            raise
        self._socket.setblocking(False)
        self._lock = Lock()
        self._wake_read, self._wake_write = socket.socketpair()

    def read(self) -> bytes:
        """Wait for some bytes; b"" when woken or when only part of a TLS record came."""
        if not self._socket.pending():
            ready, _, _ = select.select([self._socket, self._wake_read], [], [])
            if self._wake_read in ready:
                raise ConnectionResetError("closed here")
        try:
            with self._lock:
                raw = self._socket.recv(MOST_BYTES)
        except ssl.SSLWantReadError:
            return b""
        if not raw:
            raise ConnectionResetError("closed by the other end")
        return raw

    def write(self, raw: bytes) -> None:
        """Write all of it; TimeoutError when the other end takes nothing."""
        rest = memoryview(raw)
        while rest:
            try:
                with self._lock:
                    rest = rest[self._socket.send(rest) :]
            except ssl.SSLWantWriteError:
                _, ready, _ = select.select([], [self._socket], [], WRITE_WITHIN_S)
                if not ready:
                    raise TimeoutError("nothing is taken") from None

    def write_now(self, raw: bytes) -> int:
        """Nothing: a record may have to wait for the lock."""
        return 0

    def wake(self) -> None:
        """End the read of the other thread."""
        self._wake_write.send(b".")

    def close(self) -> None:
        """Give the connection up."""
        for one in (self._socket, self._wake_read, self._wake_write):
            one.close()

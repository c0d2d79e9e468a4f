"""A host's end of TLS on loopback: one connection after another, each answered once."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from drivers.link import LinkSettings
from drivers.tls import TlsFiles
from emulator.host.certificates import CertificateFolder
from emulator.host.tls import server_context
from tests.drivers.live import WAIT_S

Talk = Callable[[ssl.SSLSocket], None]


def answered(connection: ssl.SSLSocket) -> None:
    """Whatever is asked is said back, in capitals."""
    while raw := connection.recv(4096):
        connection.sendall(raw.upper())


@dataclass(frozen=True, slots=True)
class TlsHost:
    """Where the host listens."""

    listener: socket.socket

    @property
    def url(self) -> str:
        """What a terminal connects to."""
        return f"tls://127.0.0.1:{self.listener.getsockname()[1]}"


def serve(listener: socket.socket, context: ssl.SSLContext, talk: Talk = answered) -> TlsHost:
    """Serve until the listener is closed."""
    listener.settimeout(WAIT_S)
    Thread(target=_serve, args=(listener, context, talk), daemon=True).start()
    return TlsHost(listener)


def _serve(listener: socket.socket, context: ssl.SSLContext, talk: Talk) -> None:
    with suppress(OSError):  # the listener was closed: the test is over
        while True:
            plain, _ = listener.accept()
            plain.settimeout(WAIT_S)
            _hold(plain, context, talk)


def _hold(plain: socket.socket, context: ssl.SSLContext, talk: Talk) -> None:
    with plain, suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
        talk(connection)


def serve_after(listener: socket.socket, context: ssl.SSLContext, sent: Event) -> TlsHost:
    """One connection, whose client is judged only when `sent` is set."""
    Thread(target=_judge_late, args=(listener, context, sent), daemon=True).start()
    return TlsHost(listener)


def _judge_late(listener: socket.socket, context: ssl.SSLContext, sent: Event) -> None:
    came, leaving = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(came, leaving, server_side=True)
    plain, _ = listener.accept()
    with plain:
        while not leaving.pending:  # until the whole flight of the host is there
            came.write(plain.recv(4096))
            with suppress(ssl.SSLWantReadError):
                tls.do_handshake()
        plain.sendall(leaving.read())
        sent.wait(WAIT_S)
        came.write(plain.recv(65536))
        with suppress(ssl.SSLError):
            tls.do_handshake()
        plain.sendall(leaving.read())


def settings(
    made: CertificateFolder,
    *,
    ca: Path | None = None,
    client: tuple[Path, Path] | None = None,
    name: str = "localhost",
) -> LinkSettings:
    """How the terminal connects: with what the folder holds, but for what is given."""
    certificate, key = client or (made.client, made.client_key)
    files = TlsFiles(str(ca or made.authority), str(certificate), str(key), name)
    return LinkSettings(connect_timeout_s=WAIT_S, tls=files)


def host_context(made: CertificateFolder, ask_client: bool = True) -> ssl.SSLContext:
    """The host's context with the folder's own certificates."""
    return server_context(made.for_host(ask_client))

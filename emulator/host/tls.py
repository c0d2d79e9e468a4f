"""The host's end of TLS: its certificate, and whose client certificates it takes."""

import ssl
from dataclasses import dataclass
from pathlib import Path


class TlsError(Exception):
    """A certificate or key cannot be used; the text names the file."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files. client_ca: who signs the terminals' certificates; None: none is asked for."""

    certificate: Path
    key: Path
    client_ca: Path | None = None


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """What `serve_host` takes as `tls`: TLS 1.2 or later. TlsError names a file that is no use."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(files.certificate, files.key)
    except OSError as error:  # ssl.SSLError is one
        raise TlsError(f"{files.certificate} with {files.key}: {_why(error)}") from None
    if files.client_ca is not None:
        _ask_for_client(context, files.client_ca)
    return context


def _ask_for_client(context: ssl.SSLContext, client_ca: Path) -> None:
    try:
        context.load_verify_locations(client_ca)
    except OSError as error:
        raise TlsError(f"{client_ca}: {_why(error)}") from None
    context.verify_mode = ssl.CERT_REQUIRED


def _why(error: OSError) -> str:
    return error.strerror or "cannot be read"

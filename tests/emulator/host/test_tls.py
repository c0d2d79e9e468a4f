"""The host over TLS on loopback: who gets through, and who does not."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emulator.host.certificates import (
    Authority,
    Dates,
    authority_pem,
    issue,
    make_authority,
    write_certificates,
)
from emulator.host.listener import serve_host
from emulator.host.tls import TlsError, TlsFiles, server_context
from tests.emulator.host.till import body_of, make_till, packet

NOW = datetime.now(UTC)
DATES = {
    "expired": Dates.before(NOW),
    "not yet": Dates(NOW + timedelta(days=1), NOW + timedelta(days=9)),
}


def client_context(authority: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority))


async def _ask(files: TlsFiles, client: ssl.SSLContext, name: str) -> bytes:
    listening = await serve_host(make_till().host, tls=server_context(files))
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", listening.port, ssl=client, server_hostname=name
        )
        writer.write(packet("C13"))
        length = await reader.readexactly(2)
        answer = length + await reader.readexactly(int.from_bytes(length, "big"))
        writer.close()
        return answer
    finally:
        await listening.close()


def ask(files: TlsFiles, client: ssl.SSLContext, name: str = "localhost") -> bytes:
    return asyncio.run(_ask(files, client, name))


def test_a_terminal_with_its_certificate_is_answered(tmp_path: Path) -> None:
    made = write_certificates(tmp_path, NOW)
    client = client_context(made.authority)
    client.load_cert_chain(made.client, made.client_key)
    assert body_of(ask(made.for_host(), client)).mti == "0830"
    assert body_of(ask(made.for_host(), client, "127.0.0.1")).mti == "0830"


def test_a_terminal_without_a_certificate_is_not_answered(tmp_path: Path) -> None:
    made = write_certificates(tmp_path, NOW)
    with pytest.raises((ssl.SSLError, ConnectionError, asyncio.IncompleteReadError)):
        ask(made.for_host(), client_context(made.authority))
    free = made.for_host(ask_client=False)
    assert body_of(ask(free, client_context(made.authority))).mti == "0830"


def test_a_client_certificate_of_another_authority_is_not_taken(tmp_path: Path) -> None:
    made = write_certificates(tmp_path / "one", NOW)
    other = write_certificates(tmp_path / "other", NOW)
    client = client_context(made.authority)
    client.load_cert_chain(other.client, other.client_key)
    with pytest.raises((ssl.SSLError, ConnectionError, asyncio.IncompleteReadError)):
        ask(made.for_host(), client)


def bad_server(folder: Path, authority: Authority, name: str, dates: Dates) -> TlsFiles:
    issued = issue(authority, (name,), "server", dates)
    files = TlsFiles(folder / "bad.pem", folder / "bad-key.pem")
    files.certificate.write_bytes(issued.certificate)
    files.key.write_bytes(issued.key)
    return files


@pytest.mark.parametrize("flaw", ["none", "name", "expired", "not yet", "authority"])
def test_terminals_refuse_a_host_with_a_wrong_certificate(tmp_path: Path, flaw: str) -> None:
    authority = make_authority("test", Dates.around(NOW))
    (tmp_path / "ca.pem").write_bytes(authority_pem(authority))
    signer = make_authority("other", Dates.around(NOW)) if flaw == "authority" else authority
    dates = DATES.get(flaw, Dates.around(NOW))
    name = "elsewhere.example" if flaw == "name" else "localhost"
    files = bad_server(tmp_path, signer, name, dates)
    client = client_context(tmp_path / "ca.pem")
    if flaw == "none":
        assert body_of(ask(files, client)).mti == "0830"
        return
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(files, client)


def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    made = write_certificates(tmp_path, NOW)
    assert made.server_key.stat().st_mode & 0o077 == 0
    assert made.client_key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("which", ["certificate", "client_ca"])
def test_a_file_that_is_no_use_is_named(tmp_path: Path, which: str) -> None:
    files = write_certificates(tmp_path, NOW).for_host()
    path: Path = getattr(files, which)
    path.write_text("nothing")
    with pytest.raises(TlsError, match=path.name):
        server_context(files)
    path.unlink()
    with pytest.raises(TlsError, match=path.name):
        server_context(files)

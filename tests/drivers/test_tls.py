"""TLS to the acquirer on loopback: who is believed, and what each refusal looks like here."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from drivers.link import make_link
from drivers.tls import TlsFiles, context_of
from emulator.host.certificates import (
    Authority,
    CertificateFolder,
    Dates,
    Issued,
    authority_pem,
    issue,
    make_authority,
    write_certificates,
)
from emulator.host.tls import TlsFiles as HostFiles
from emulator.host.tls import server_context
from terminal.link_events import FrameWritten, LinkLost, LinkOpened
from tests.drivers.live import Inbox
from tests.drivers.tls_host import host_context, serve, serve_after, settings

NOW = datetime.now(UTC)
GOOD, OVER = Dates.around(NOW), Dates.before(NOW)


@pytest.fixture
def made(tmp_path: Path) -> CertificateFolder:
    return write_certificates(tmp_path / "made", NOW)


def written(folder: Path, name: str, issued: Issued) -> tuple[Path, Path]:
    """A certificate and its key as files."""
    paths = folder / f"{name}.pem", folder / f"{name}-key.pem"
    paths[0].write_bytes(issued.certificate)
    paths[1].write_bytes(issued.key)
    return paths


def other_host(folder: Path, dates: Dates, *names: str) -> tuple[Path, ssl.SSLContext]:
    """A host of another authority; the authority's file and the host's context."""
    authority: Authority = make_authority("Another", GOOD)
    ca = folder / "another.pem"
    ca.write_bytes(authority_pem(authority))
    certificate, key = written(folder, "host", issue(authority, names, "server", dates))
    return ca, server_context(HostFiles(certificate, key))


def lost_at_once(url: str, inbox: Inbox, how: object) -> LinkLost:
    """The connection does not come to be: nothing was written, so nothing left."""
    link = make_link("acquirer", url, inbox, how)  # type: ignore[arg-type]  # of settings()
    link.open()
    link.write(b"money")
    lost = inbox.next()
    assert isinstance(lost, LinkLost)
    assert not lost.write_called
    return lost


def test_both_ways_with_a_client_certificate(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    host = serve(server, host_context(made))
    link = make_link("acquirer", host.url, inbox, settings(made))
    link.open()
    assert inbox.next() == LinkOpened("acquirer")
    link.write(b"request" * 5000)
    assert inbox.bytes(35_000) == b"REQUEST" * 5000
    link.close()
    link.open()
    while inbox.next() != LinkOpened("acquirer"):
        pass


def test_answer_in_many_records_comes_whole(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    def slowly(connection: ssl.SSLSocket) -> None:
        connection.recv(10)
        for byte in b"answer" * 50:
            connection.sendall(bytes([byte]))

    host = serve(server, host_context(made), slowly)
    link = make_link("acquirer", host.url, inbox, settings(made))
    link.open()
    assert inbox.next() == LinkOpened("acquirer")
    link.write(b"?")
    assert inbox.bytes(300) == b"answer" * 50
    assert inbox.lost().write_called


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_either_name_of_the_hosts_certificate_is_its_name(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, name: str
) -> None:
    host = serve(server, host_context(made))
    make_link("acquirer", host.url, inbox, settings(made, name=name)).open()
    assert inbox.next() == LinkOpened("acquirer")


def test_host_of_another_authority_is_not_believed(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, tmp_path: Path
) -> None:
    _, context = other_host(tmp_path, GOOD, "localhost")
    lost = lost_at_once(serve(server, context).url, inbox, settings(made))
    assert "certificate verify failed" in lost.reason.lower()


def test_host_of_another_name_is_not_believed(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    host = serve(server, host_context(made))
    lost = lost_at_once(host.url, inbox, settings(made, name="acquirer.example"))
    assert "verify failed" in lost.reason.lower()


def test_host_whose_certificate_has_expired_is_not_believed(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, tmp_path: Path
) -> None:
    ca, context = other_host(tmp_path, OVER, "localhost")
    lost = lost_at_once(serve(server, context).url, inbox, settings(made, ca=ca))
    assert "verify failed" in lost.reason.lower()


def test_client_certificate_does_not_make_a_host(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, tmp_path: Path
) -> None:
    authority = make_authority("Another", GOOD)
    ca = tmp_path / "another.pem"
    ca.write_bytes(authority_pem(authority))
    certificate, key = written(tmp_path, "x", issue(authority, ("localhost",), "client", GOOD))
    host = serve(server, server_context(HostFiles(certificate, key)))
    lost_at_once(host.url, inbox, settings(made, ca=ca))


def test_next_authority_can_be_pinned_beside_the_present_one(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, tmp_path: Path
) -> None:
    ca, context = other_host(tmp_path, GOOD, "localhost")
    both = tmp_path / "both.pem"
    both.write_bytes(made.authority.read_bytes() + ca.read_bytes())
    host = serve(server, context)
    make_link("acquirer", host.url, inbox, settings(made, ca=both)).open()
    assert inbox.next() == LinkOpened("acquirer")


@pytest.mark.parametrize("dates", [GOOD, OVER], ids=["another authority's", "expired"])
def test_client_certificate_that_is_refused_is_a_loss_without_an_answer(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, tmp_path: Path, dates: Dates
) -> None:
    stranger = make_authority("Another", GOOD)
    client = written(tmp_path, "client", issue(stranger, ("terminal",), "client", dates))
    host = serve(server, host_context(made))
    link = make_link("acquirer", host.url, inbox, settings(made, client=client))
    link.open()
    # In TLS 1.3 the terminal is done before the host has looked at its certificate.
    assert inbox.next() == LinkOpened("acquirer")
    link.write(b"money")
    events = [inbox.next()]
    while not isinstance(events[-1], LinkLost):
        events.append(inbox.next())
    # Whether the refusal or the write was first, nobody may take it for an answer.
    assert all(isinstance(event, FrameWritten | LinkLost) for event in events)


def test_client_that_is_refused_after_its_write_does_not_know_what_left(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, tmp_path: Path
) -> None:
    stranger = make_authority("Another", GOOD)
    client = written(tmp_path, "client", issue(stranger, ("terminal",), "client", GOOD))
    sent = Event()
    host = serve_after(server, host_context(made), sent)
    link = make_link("acquirer", host.url, inbox, settings(made, client=client))
    link.open()
    assert inbox.next() == LinkOpened("acquirer")
    link.write(b"money")
    assert inbox.next() == FrameWritten("acquirer")
    sent.set()
    lost = inbox.next()
    assert isinstance(lost, LinkLost)
    assert lost.write_called


def test_host_that_leaves_after_the_request_is_a_loss_after_a_write(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    def reads_and_leaves(connection: ssl.SSLSocket) -> None:
        connection.recv(100)

    host = serve(server, host_context(made), reads_and_leaves)
    link = make_link("acquirer", host.url, inbox, settings(made))
    link.open()
    assert inbox.next() == LinkOpened("acquirer")
    link.write(b"money")
    assert inbox.lost().write_called


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_version_1_1_is_refused(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    context = host_context(made, ask_client=False)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1_1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    lost = lost_at_once(serve(server, context).url, inbox, settings(made))
    assert "version" in lost.reason.lower() or "protocol" in lost.reason.lower()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_later_versions_are_spoken(
    server: socket.socket, inbox: Inbox, made: CertificateFolder, version: ssl.TLSVersion
) -> None:
    context = host_context(made)
    context.minimum_version = context.maximum_version = version
    link = make_link("acquirer", serve(server, context).url, inbox, settings(made))
    link.open()
    assert inbox.next() == LinkOpened("acquirer")
    link.write(b"request")
    assert inbox.bytes(7) == b"REQUEST"


def test_key_exchange_without_forward_secrecy_is_refused(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    context = host_context(made, ask_client=False)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")
    lost_at_once(serve(server, context).url, inbox, settings(made))


def test_host_that_speaks_no_tls_is_a_loss_without_a_write(
    server: socket.socket, inbox: Inbox, made: CertificateFolder
) -> None:
    url = f"tls://127.0.0.1:{server.getsockname()[1]}"
    link = make_link("acquirer", url, inbox, settings(made))
    link.open()
    connection, _ = server.accept()
    with connection:
        connection.recv(10)
        connection.sendall(b"who is there?" * 10)
    lost = inbox.next()
    assert isinstance(lost, LinkLost)
    assert not lost.write_called


@pytest.mark.parametrize("missing", ["ca", "certificate", "key"])
def test_file_that_is_not_there_is_an_os_error(made: CertificateFolder, missing: str) -> None:
    paths = {
        "ca": str(made.authority),
        "certificate": str(made.client),
        "key": str(made.client_key),
        missing: "/nowhere.pem",
    }
    with pytest.raises(FileNotFoundError):
        context_of(TlsFiles(**paths, server_name="localhost"))

"""The certificates of the line, as the terminal sees them at its start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest

from emulator.host.certificates import Dates, authority_pem, issue, make_authority
from terminal import app
from terminal.config import ConfigError, DeviceFile, TlsTable, WireUrls
from terminal.domain.facts import Identity
from terminal.domain.parameters import Parameters
from terminal.link_events import LinkEvent

NOW = datetime(2026, 6, 15, 1, 30, tzinfo=UTC)
TABLE = TlsTable("ca.pem", "client.pem", "client-key.pem", "localhost")


def setting(folder: Path, tls: TlsTable | None) -> app.Setting:
    urls = WireUrls(*("socket://127.0.0.1:1",) * 5, "tls://127.0.0.1:1")
    identity = Identity("12345678", "898310058120001")
    return app.Setting(DeviceFile(identity, urls, tls=tls), Parameters(), folder)


def write(folder: Path, ca_days: int, client_days: int) -> app.Setting:
    authority = make_authority("Test", Dates(NOW, NOW + timedelta(days=ca_days)))
    until = Dates(NOW, NOW + timedelta(days=client_days))
    issued = issue(authority, ("terminal",), "client", until)
    (folder / "ca.pem").write_bytes(authority_pem(authority))
    (folder / "client.pem").write_bytes(issued.certificate)
    (folder / "client-key.pem").write_bytes(issued.key)
    return setting(folder, TABLE)


def links(made: app.Setting) -> object:
    inbox: SimpleQueue[LinkEvent] = SimpleQueue()
    return app.live_links(made, inbox.put)


@pytest.mark.parametrize(("ca_days", "client_days"), [(40, 90), (90, 40)])
def test_whichever_ends_first_counts(tmp_path: Path, ca_days: int, client_days: int) -> None:
    made = write(tmp_path, ca_days, client_days)
    assert app.certificates_end(made) == (NOW + timedelta(days=40)).date()


def test_line_without_tls_has_no_end(tmp_path: Path) -> None:
    assert app.certificates_end(setting(tmp_path, None)) is None


@pytest.mark.parametrize(("name", "key"), [("ca.pem", "ca"), ("client.pem", "certificate")])
def test_file_that_is_no_certificate_is_named(tmp_path: Path, name: str, key: str) -> None:
    made = write(tmp_path, 40, 40)
    (tmp_path / name).write_text("nothing", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"device.toml: tls\.{key}: {name}: no certificate"):
        app.certificates_end(made)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ca\.pem"):
        app.certificates_end(setting(tmp_path, TABLE))


def test_files_that_go_together_make_links(tmp_path: Path) -> None:
    assert links(write(tmp_path, 40, 40))


def test_key_of_another_certificate_is_refused_at_the_start(tmp_path: Path) -> None:
    made = write(tmp_path, 40, 40)
    other = issue(make_authority("Other", Dates.around(NOW)), ("x",), "client", Dates.around(NOW))
    (tmp_path / "client-key.pem").write_bytes(other.key)
    with pytest.raises(ConfigError, match="tls: ca, certificate and key"):
        links(made)

"""The emulated host behind TLS: its test certificates, made once and kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator.acquirer_tls import certificates, terminal_files
from emulator.host.certificates import Dates, authority_pem, make_authority
from emulator.host.tls import server_context


def test_certificates_stay_the_same_from_start_to_start(tmp_path: Path) -> None:
    first = certificates(tmp_path / "made")
    before = {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    assert certificates(tmp_path / "made") == first
    assert {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()} == before


@pytest.mark.parametrize("name", ["authority.pem", "server.pem", "client-key.pem"])
def test_incomplete_set_is_made_anew(tmp_path: Path, name: str) -> None:
    made = certificates(tmp_path)
    (tmp_path / name).unlink()
    assert certificates(tmp_path) == made
    assert server_context(made.for_host()).cert_store_stats()["x509_ca"] == 1


def test_set_that_has_ended_is_made_anew(tmp_path: Path) -> None:
    made = certificates(tmp_path)
    over = authority_pem(make_authority("Old", Dates.before(datetime.now(UTC))))
    made.authority.write_bytes(over)
    certificates(tmp_path)
    assert made.authority.read_bytes() != over


def test_terminal_gets_paths_from_its_own_folder(tmp_path: Path) -> None:
    table = terminal_files(certificates(tmp_path / "certificates"))
    names = [table[key] for key in ("ca", "certificate", "key")]
    assert all((tmp_path / name).is_file() for name in names)
    assert table["server_name"] == "localhost"

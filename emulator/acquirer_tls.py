"""The test certificates of a host's line with TLS: made once, kept in the state folder."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509

from emulator.host.certificates import CertificateFolder, write_certificates

SERVER_NAME: Final = "localhost"
SPARE: Final = timedelta(days=1)


def certificates(folder: Path) -> CertificateFolder:
    """Those of the folder; new ones when it has none, or they end within a day.

    They stay the same from start to start: a board in the lab has a copy of the terminal's.
    """
    now = datetime.now(UTC)
    made = CertificateFolder(
        authority=folder / "authority.pem",
        server=folder / "server.pem",
        server_key=folder / "server-key.pem",
        client=folder / "client.pem",
        client_key=folder / "client-key.pem",
    )
    return made if _are_good(made, now) else write_certificates(folder, now)


def _are_good(made: CertificateFolder, now: datetime) -> bool:
    if not (made.server_key.is_file() and made.client_key.is_file()):
        return False
    ends = (_end(path) for path in (made.authority, made.server, made.client))
    return all(end is not None and end > now + SPARE for end in ends)


def _end(path: Path) -> datetime | None:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None


def terminal_files(made: CertificateFolder) -> Mapping[str, str]:
    """The table [tls] of device.toml; the paths count from the folder that this one is in."""
    paths = {"ca": made.authority, "certificate": made.client, "key": made.client_key}
    files = {key: f"{path.parent.name}/{path.name}" for key, path in paths.items()}
    return {**files, "server_name": SERVER_NAME}

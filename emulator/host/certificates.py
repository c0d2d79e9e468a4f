"""Test certificates for TLS: an authority, a host's and a terminal's, good ones and bad ones.

They protect nothing: everybody who has the emulator can make them.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from emulator.host.tls import TlsFiles

Use = Literal["server", "client"]
LIFE = timedelta(days=365)
LOOPBACK = ("localhost", "127.0.0.1")
READ_BY_OWNER = 0o600


@dataclass(frozen=True, slots=True)
class Dates:
    """From when until when a certificate is good; with a time zone."""

    since: datetime
    until: datetime

    @classmethod
    def around(cls, now: datetime) -> "Dates":
        """Good since yesterday, for a year."""
        return cls(now - timedelta(days=1), now + LIFE)

    @classmethod
    def before(cls, now: datetime) -> "Dates":
        """Expired yesterday."""
        return cls(now - LIFE, now - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs: a certificate and its key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its key as PEM."""

    certificate: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class CertificateFolder:
    """The files that `write_certificates` made."""

    authority: Path
    server: Path
    server_key: Path
    client: Path
    client_key: Path

    def for_host(self, ask_client: bool = True) -> TlsFiles:
        """What the host needs; with or without asking for the terminal's certificate."""
        return TlsFiles(self.server, self.server_key, self.authority if ask_client else None)


def make_authority(name: str, dates: Dates) -> Authority:
    """A new authority that signed itself."""
    key = generate_private_key(SECP256R1())
    builder = _builder(_named(name), _named(name), key, dates)
    limits = x509.BasicConstraints(ca=True, path_length=0)
    builder = builder.add_extension(limits, critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    return Authority(builder.sign(key, SHA256()), key)


def issue(authority: Authority, names: tuple[str, ...], use: Use, dates: Dates) -> Issued:
    """A new key and its certificate. names: host names or addresses, the first is its own name."""
    key = generate_private_key(SECP256R1())
    builder = _builder(_named(names[0]), authority.certificate.subject, key, dates)
    purpose = (
        ExtendedKeyUsageOID.SERVER_AUTH if use == "server" else ExtendedKeyUsageOID.CLIENT_AUTH
    )
    alternatives = x509.SubjectAlternativeName([_alternative(name) for name in names])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(alternatives, critical=False)
        .add_extension(issuer, critical=False)
    )
    return Issued(_pem(builder.sign(authority.key, SHA256())), _key_pem(key))


def write_certificates(
    folder: Path, now: datetime, names: tuple[str, ...] = LOOPBACK
) -> CertificateFolder:
    """A new authority, host and terminal, good around `now`, as PEM files in a folder."""
    dates = Dates.around(now)
    authority = make_authority("Emulated acquirer, test authority", dates)
    server = issue(authority, names, "server", dates)
    client = issue(authority, ("terminal",), "client", dates)
    folder.mkdir(parents=True, exist_ok=True)
    return CertificateFolder(
        authority=_write(folder / "authority.pem", _pem(authority.certificate)),
        server=_write(folder / "server.pem", server.certificate),
        server_key=_write(folder / "server-key.pem", server.key),
        client=_write(folder / "client.pem", client.certificate),
        client_key=_write(folder / "client-key.pem", client.key),
    )


def authority_pem(authority: Authority) -> bytes:
    """The certificate of an authority, as a terminal pins it."""
    return _pem(authority.certificate)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, dates: Dates
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(dates.since)
        .not_valid_after(dates.until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def _key_pem(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, raw: bytes) -> Path:
    path.touch(READ_BY_OWNER)
    path.write_bytes(raw)
    return path

"""When a certificate ends: notAfter of PEM texts, read by walking their DER (RFC 5280, 4.1).

Only for warnings: whether a certificate is good is for TLS to say.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

SEQUENCE: Final = 0x30
VERSION: Final = 0xA0  # [0], absent in version 1
UTC_TIME: Final = 0x17
GENERALIZED_TIME: Final = 0x18
MOST_BYTES: Final = 65_536  # of one certificate
_PEM: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL | re.ASCII
)


class CertificateError(Exception):
    """A text that holds no certificate whose end can be read; the text says where it breaks."""


class Warn(IntEnum):
    """How soon a certificate ends: the days left at which the warning begins."""

    OVER = -1
    URGENT = 7
    SOON = 30
    NOTICE = 90


@dataclass(frozen=True, slots=True)
class _Node:
    tag: int
    raw: bytes


def first_end(pem_texts: tuple[str, ...]) -> date:
    """The earliest last day (UTC) of all certificates in these texts. Raises CertificateError."""
    ends = [not_after(raw) for text in pem_texts for raw in _ders(text)]
    if not ends:
        raise CertificateError("no certificate in it")
    return min(ends)


def warning(ends: date | None, today: date) -> Warn | None:
    """What to warn of today; on its last day a certificate is still good."""
    if ends is None:
        return None
    left = (ends - today).days
    if left < 0:
        return Warn.OVER
    return next((level for level in (Warn.URGENT, Warn.SOON, Warn.NOTICE) if left <= level), None)


def _ders(text: str) -> Iterator[bytes]:
    for found in _PEM.finditer(text):
        try:
            yield base64.b64decode("".join(found[1].split()), validate=True)
        except binascii.Error:
            raise CertificateError("PEM: not base64") from None


def not_after(der: bytes) -> date:
    """The day (UTC) of a certificate's notAfter. Raises CertificateError."""
    if len(der) > MOST_BYTES:
        raise CertificateError(f"certificate: more than {MOST_BYTES} bytes")
    certificate = _children(_one(der, "certificate"), "certificate")
    fields = _children(_first(certificate, "certificate"), "tbsCertificate")
    # Version (optional), serial number, signature, issuer, then validity.
    place = 4 if fields and fields[0].tag == VERSION else 3
    if len(fields) <= place:
        raise CertificateError("tbsCertificate: no validity")
    times = _children(fields[place], "validity")
    if len(times) != 2:
        raise CertificateError("validity: not two times")
    return _day(times[1])


def _one(raw: bytes, name: str) -> _Node:
    nodes = _nodes(raw, name)
    if len(nodes) != 1:
        raise CertificateError(f"{name}: more than one value")
    return nodes[0]


def _first(nodes: list[_Node], name: str) -> _Node:
    if not nodes:
        raise CertificateError(f"{name}: empty")
    return nodes[0]


def _children(node: _Node, name: str) -> list[_Node]:
    if node.tag != SEQUENCE:
        raise CertificateError(f"{name}: not a sequence")
    return _nodes(node.raw, name)


def _nodes(raw: bytes, name: str) -> list[_Node]:
    nodes, at = [], 0
    while at < len(raw):
        start, length = _length(raw, at + 1, name)
        if start + length > len(raw):
            raise CertificateError(f"{name}: cut short")
        nodes.append(_Node(raw[at], raw[start : start + length]))
        at = start + length
    return nodes


def _length(raw: bytes, at: int, name: str) -> tuple[int, int]:
    """Where the value begins, and its length. DER: one byte, or a count of up to three."""
    if at >= len(raw):
        raise CertificateError(f"{name}: cut short")
    first = raw[at]
    if first < 0x80:
        return at + 1, first
    count = first & 0x7F
    if not 1 <= count <= 3 or at + 1 + count > len(raw):
        raise CertificateError(f"{name}: a length that can't be")
    return at + 1 + count, int.from_bytes(raw[at + 1 : at + 1 + count], "big")


def _day(time: _Node) -> date:
    """YYMMDDhhmmssZ, where 50 is 1950, or YYYYMMDDhhmmssZ."""
    digits = 12 if time.tag == UTC_TIME else 14
    text = time.raw.decode("ascii", errors="replace")
    if time.tag not in (UTC_TIME, GENERALIZED_TIME) or not re.fullmatch(
        rf"[0-9]{{{digits}}}Z", text
    ):
        raise CertificateError("notAfter: no time")
    year = int(text[: digits - 10])
    if time.tag == UTC_TIME:
        year += 1900 if year >= 50 else 2000
    rest = text[digits - 10 :]
    try:
        return date(year, int(rest[:2]), int(rest[2:4]))
    except ValueError:
        raise CertificateError("notAfter: no such day") from None

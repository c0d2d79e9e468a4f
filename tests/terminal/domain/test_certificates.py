"""The last day of a certificate, compared with a library that reads all of it; and its warnings."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from emulator.host.certificates import Dates, authority_pem, issue, make_authority
from terminal.domain.certificates import (
    CertificateError,
    Warn,
    first_end,
    not_after,
    warning,
)

NOW = datetime(2026, 6, 15, 1, 30, tzinfo=UTC)
TODAY = NOW.date()


def pem_until(until: datetime) -> str:
    return authority_pem(make_authority("Test", Dates(until - timedelta(days=9), until))).decode()


def der_of(pem: str) -> bytes:
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("year", [1951, 1999, 2000, 2026, 2049, 2050, 2051, 2099, 9999])
def test_end_is_read_as_the_library_reads_it(year: int) -> None:
    pem = pem_until(datetime(year, 3, 1, 23, 59, 59, tzinfo=UTC))
    whole = x509.load_pem_x509_certificate(pem.encode())
    assert first_end((pem,)) == whole.not_valid_after_utc.date() == date(year, 3, 1)


def test_certificate_of_a_terminal_is_read_too() -> None:
    authority = make_authority("Test", Dates.around(NOW))
    until = NOW + timedelta(days=40)
    client = issue(authority, ("terminal",), "client", Dates(NOW, until)).certificate.decode()
    assert first_end((client, authority_pem(authority).decode())) == until.date()


def test_first_of_several_in_one_file_counts() -> None:
    later, sooner = pem_until(NOW + timedelta(days=99)), pem_until(NOW + timedelta(days=5))
    text = f"pinned now and next\n{later}\n{sooner}"
    assert first_end((text,)) == TODAY + timedelta(days=5)


@pytest.mark.parametrize("text", ["", "no certificate", "-----BEGIN CERTIFICATE-----"])
def test_text_without_a_certificate_is_refused(text: str) -> None:
    with pytest.raises(CertificateError, match=r"^no certificate in it$"):
        first_end((text,))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("!!", "PEM: not base64"),
        ("MA!A=", "PEM: not base64"),
        ("AAA", "PEM: not base64"),
        ("", "certificate: more than one value"),
        ("MAA=", "certificate: empty"),
    ],
)
def test_certificate_that_is_none_is_refused(body: str, text: str) -> None:
    with pytest.raises(CertificateError, match=f"^{text}$"):
        first_end((f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----",))


def node(tag: int, raw: bytes) -> bytes:
    return bytes((tag, len(raw))) + raw


def made(validity: bytes, before: int = 3) -> bytes:
    """A certificate of version 1 with so many fields before its validity."""
    return node(0x30, node(0x30, node(0x02, b"\x01") * before + validity))


def times(*texts: str, tag: int = 0x17) -> bytes:
    return node(0x30, b"".join(node(tag, text.encode("latin-1")) for text in texts))


@pytest.mark.parametrize(
    ("der", "text"),
    [
        (b"", "certificate: more than one value"),
        (made(times("260101000000Z")) * 2, "certificate: more than one value"),
        (node(0x31, b""), "certificate: not a sequence"),
        (node(0x30, b""), "certificate: empty"),
        (node(0x30, b"\x30\x05"), "certificate: cut short"),
        (node(0x30, node(0x30, b"\x02\x05")), "tbsCertificate: cut short"),
        (node(0x30, node(0x31, b"")), "tbsCertificate: not a sequence"),
        (node(0x30, node(0x30, b"")), "tbsCertificate: no validity"),
        (made(b""), "tbsCertificate: no validity"),
        (made(node(0x31, b"")), "validity: not a sequence"),
        (made(times("260101000000Z")), "validity: not two times"),
        (made(times(*["260101000000Z"] * 3)), "validity: not two times"),
        (made(times("", "260101000000")), "notAfter: no time"),
        (made(times("", "2601010000000Z")), "notAfter: no time"),
        (made(times("", "26010100000\xffZ")), "notAfter: no time"),
        (made(times("", "260101000000Z", tag=0x18)), "notAfter: no time"),
        (made(times("", "260101000000Z", tag=0x16)), "notAfter: no time"),
        (made(times("", "260230000000Z")), "notAfter: no such day"),
        (b"\x30", "certificate: cut short"),
        (b"\x30\x05\x02\x01", "certificate: cut short"),
        (b"\x30\x80", "certificate: a length that can't be"),
        (b"\x30\x84\x00\x00\x00\x00", "certificate: a length that can't be"),
        (b"\x30\x82\x01", "certificate: a length that can't be"),
        (bytes(65_537), "certificate: more than 65536 bytes"),
    ],
)
def test_error_says_where_a_certificate_breaks(der: bytes, text: str) -> None:
    with pytest.raises(CertificateError) as caught:
        not_after(der)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("tag", "text", "day"),
    [
        (0x17, "491231235959Z", date(2049, 12, 31)),
        (0x17, "500101000000Z", date(1950, 1, 1)),
        (0x18, "20491231235959Z", date(2049, 12, 31)),
        (0x18, "20500101000000Z", date(2050, 1, 1)),
    ],
)
def test_certificate_of_version_1_is_read(tag: int, text: str, day: date) -> None:
    assert not_after(made(times("", text, tag=tag))) == day


def test_longest_length_that_is_read_takes_three_bytes() -> None:
    filler = b"\x04\x83\x00\x01\x00" + bytes(256)
    fields = node(0x02, b"\x01") * 2 + filler + times("", "260101000000Z")
    inner = b"\x30\x82" + len(fields).to_bytes(2, "big") + fields
    der = b"\x30\x83" + len(inner).to_bytes(3, "big") + inner
    assert not_after(der) == date(2026, 1, 1)


def test_certificate_cut_at_any_byte_is_refused() -> None:
    der = der_of(pem_until(NOW))
    for end in range(len(der)):
        with pytest.raises(CertificateError):
            not_after(der[:end])


def test_enormous_certificate_is_refused() -> None:
    with pytest.raises(CertificateError, match="more than"):
        not_after(bytes(70_000))


@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_else(raw: bytes) -> None:
    with pytest.raises(CertificateError):
        not_after(raw)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_changed_byte_gives_a_day_or_the_one_error(place: int, byte: int) -> None:
    der = bytearray(CHANGED)
    der[place % len(der)] = byte
    with suppress(CertificateError):
        assert isinstance(not_after(bytes(der)), date)


CHANGED = der_of(pem_until(NOW))


@pytest.mark.parametrize(
    ("left", "level"),
    [
        (91, None),
        (90, Warn.NOTICE),
        (31, Warn.NOTICE),
        (30, Warn.SOON),
        (8, Warn.SOON),
        (7, Warn.URGENT),
        (0, Warn.URGENT),
        (-1, Warn.OVER),
    ],
)
def test_warnings_begin_90_30_and_7_days_before(left: int, level: Warn | None) -> None:
    assert warning(TODAY + timedelta(days=left), TODAY) is level


def test_line_without_certificates_warns_of_nothing() -> None:
    assert warning(None, TODAY) is None

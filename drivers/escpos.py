"""A slip in the printer's language (ESC/POS). Source: drivers/printer.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drivers.slip_layout import clean, pair, wrapped
from terminal.domain.slip import COLUMNS, Align, Code128, Line, Pair, Qr, Row, Rule, Slip, Space

INITIALISE = b"\x1b\x40"
CHINESE_ON, CHINESE_OFF = b"\x1c\x26", b"\x1c\x2e"
CUT = b"\x1d\x56\x42\x00"
FENCE = b"\x1d\x72\x01"
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
MOST_QR_BYTES = 504  # version 17 at level M, the widest of 4-dot modules on 384 dots
MOST_CODE128 = 29  # (29 + 2) × 11 + 13 modules and the quiet zone on 384 dots


class SlipError(Exception):
    """A code that the paper can't carry; the text names the slip, never what is on it."""


def status_question(n: int) -> bytes:
    """Real-time status: 1 printer, 2 why off-line, 3 which error, 4 paper."""
    return bytes((0x10, 0x04, n))


class _Look(NamedTuple):
    """How a row stands and looks; the defaults are those of an initialised printer."""

    align: Align = Align.LEFT
    bold: bool = False
    tall: bool = False


def slip_bytes(slip: Slip) -> bytes:
    """The whole slip from initialising to the fence; SlipError when a code is too long."""
    try:
        rows = b"".join(_rows(slip.rows))
    except ValueError as error:
        raise SlipError(f"slip {slip.name}: {error}") from None
    return INITIALISE + CHINESE_ON + rows + CHINESE_OFF + CUT + FENCE


def _rows(rows: Iterable[Row]) -> Iterator[bytes]:
    """Each row, before it what of its look is another than that of the row before."""
    before = _Look()
    for row in rows:
        look = _look(row) or before
        if look != before:
            yield _change(before, look)
            before = look
        yield _row(row)


def _look(row: Row) -> _Look | None:
    """None: fed paper looks the same in any way."""
    match row:
        case Line():
            return _Look(row.align, row.bold, row.tall)
        case Pair():
            return _Look(bold=row.bold)
        case Rule():
            return _Look()
        case Qr() | Code128():
            return _Look(Align.CENTRE)
        case Space():
            return None


def _change(before: _Look, look: _Look) -> bytes:
    align = b"\x1b\x61" + bytes((look.align.value,)) if look.align is not before.align else b""
    bold = b"\x1b\x45" + bytes((look.bold,)) if look.bold != before.bold else b""
    size = b"\x1d\x21" + bytes((look.tall,)) if look.tall != before.tall else b""
    return align + bold + size


def _row(row: Row) -> bytes:
    match row:
        case Line():
            return _text(wrapped(clean(row.text)))
        case Pair():
            return _text(pair(clean(row.label), clean(row.value)))
        case Rule():
            return b"-" * COLUMNS + b"\n"
        case Space():
            return b"\x1b\x64" + bytes((min(row.lines, 255),)) if row.lines > 0 else b""
        case Qr():
            return _qr(row.text.encode("utf-8"))
        case Code128():
            return _code128(row.text)


def _text(rows: Iterable[str]) -> bytes:
    return b"".join(row.encode("gb18030", "replace") + b"\n" for row in rows)


def _qr(data: bytes) -> bytes:
    if not 0 < len(data) <= MOST_QR_BYTES:
        raise ValueError(f"QR code: not 1 to {MOST_QR_BYTES} bytes")
    functions = (b"1A2\x00", b"1C\x04", b"1E1", b"1P0" + data, b"1Q0")
    return b"".join(
        b"\x1d\x28\x6b" + len(function).to_bytes(2, "little") + function for function in functions
    )


def _code128(text: str) -> bytes:
    if not 0 < len(text) <= MOST_CODE128:
        raise ValueError(f"Code 128: not 1 to {MOST_CODE128} characters")
    # In code set B a brace begins a command; no code of ours has one.
    if "{" in text or not all(0x20 <= ord(sign) <= 0x7E for sign in text):
        raise ValueError("Code 128: a character that can't be printed")
    data = b"\x7b\x42" + text.encode("ascii")
    shape = b"\x1d\x48\x02\x1d\x68\x40\x1d\x77\x01"
    return shape + b"\x1d\x6b\x49" + bytes((len(data),)) + data

"""A slip in the printer's language (ESC/POS). Source: drivers/printer.md."""

from __future__ import annotations

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


def slip_bytes(slip: Slip) -> bytes:
    """The whole slip from initialising to the fence; SlipError when a code is too long."""
    try:
        rows = b"".join(_row(row) for row in slip.rows)
    except ValueError as error:
        raise SlipError(f"slip {slip.name}: {error}") from None
    return INITIALISE + CHINESE_ON + rows + CHINESE_OFF + CUT + FENCE


def _row(row: Row) -> bytes:
    match row:
        case Line():
            return b"".join(_text(line, row) for line in wrapped(clean(row.text)))
        case Pair():
            style = Line("", bold=row.bold)
            return b"".join(_text(line, style) for line in pair(clean(row.label), clean(row.value)))
        case Rule():
            return _text("-" * COLUMNS, Line(""))
        case Space():
            return b"\x1b\x64" + bytes((min(row.lines, 255),)) if row.lines > 0 else b""
        case Qr():
            return _align(Align.CENTRE) + _qr(row.text.encode("utf-8"))
        case Code128():
            return _align(Align.CENTRE) + _code128(row.text)


def _align(align: Align) -> bytes:
    return b"\x1b\x61" + bytes((align.value,))


def _text(text: str, style: Line) -> bytes:
    """One row with all of its attributes: nothing is left over from the row before."""
    bold = b"\x1b\x45" + bytes((style.bold,))
    size = b"\x1d\x21" + bytes((style.tall,))
    return _align(style.align) + bold + size + text.encode("gb18030", "replace") + b"\n"


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

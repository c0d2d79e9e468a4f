"""A message as a table that people can read, masked unless asked otherwise."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from terminal.iso8583.channel import HEADER_BYTES, TPDU_BYTES, parse_header, parse_tpdu
from terminal.iso8583.codec import Message, MessageError, dissect
from terminal.iso8583.masking import FieldValue, hidden, is_open, masked, readable
from terminal.iso8583.meanings import of_bytes, of_header, of_text, of_upload
from terminal.iso8583.private_fields import tagged_parts
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

_CHANNEL_BYTES = TPDU_BYTES + HEADER_BYTES
_TPDU_ID = 0x60
_UPLOAD = "0320"
_NAME_CELLS = 43
_VALUE_CELLS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `number` is a field's number or empty, `wire` hex, `meaning` what it says."""

    number: str
    name: str
    wire: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Description:
    """A whole message, as much of it as may be shown."""

    mti: str
    header: str
    rows: tuple[Row, ...]
    fields: Mapping[int, str]

    def as_table(self) -> str:
        """Lines of number, name, value, meaning and hex."""
        return "\n".join(_line(row) for row in self.rows)

    def as_json(self) -> str:
        """MTI, header (empty when there is none) and fields by number."""
        fields = {str(number): text for number, text in self.fields.items()}
        document = {"mti": self.mti, "header": self.header, "fields": fields}
        return json.dumps(document, ensure_ascii=False, indent=1)


def describe(raw: bytes, clear: bool = False) -> Description:
    """Describe bytes that begin at the length, the TPDU or the MTI. Raises MessageError."""
    head, header, body = _head(raw)
    message, wire = dissect(body)
    numbers = sorted(message.fields)
    rows = (
        *head,
        Row("", "MTI", body[:2].hex().upper(), message.mti, ""),
        Row("", "bitmap", body[2:10].hex().upper(), ",".join(map(str, numbers)), ""),
        *(_row(message, number, wire[number], clear) for number in numbers),
    )
    fields = {n: _shown(n, message.fields[n], clear) for n in numbers}
    return Description(message.mti, header, rows, fields)


def from_hex(text: str) -> bytes:
    """Bytes of hex with any white space in it. Raises MessageError."""
    digits = "".join(text.split())
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise MessageError("input", "neither hex digits nor a message") from None


def _head(raw: bytes) -> tuple[tuple[Row, ...], str, bytes]:
    if not raw:
        raise MessageError("input", "empty")
    if len(raw) > 2 and raw[2] == _TPDU_ID and int.from_bytes(raw[:2], "big") == len(raw) - 2:
        length = Row("", "length", raw[:2].hex().upper(), str(len(raw) - 2), "")
        rows, header, body = _channel(raw[2:])
        return (length, *rows), header, body
    if raw[0] == _TPDU_ID:
        return _channel(raw)
    if raw[0] == 0 and len(raw) > 2:
        announced = int.from_bytes(raw[:2], "big")
        raise MessageError("length", f"{announced} bytes announced, {len(raw) - 2} follow")
    return (), "", raw


def _channel(raw: bytes) -> tuple[tuple[Row, ...], str, bytes]:
    tpdu = parse_tpdu(raw[:TPDU_BYTES])
    header_raw = raw[TPDU_BYTES:_CHANNEL_BYTES]
    parse_header(header_raw)
    digits = header_raw.hex().upper()
    route = f"from {tpdu.source} to {tpdu.destination}"
    rows = (
        Row("", "TPDU", raw[:TPDU_BYTES].hex().upper(), tpdu.raw.hex(), route),
        Row("", "header", digits, digits, ""),
        *_header_rows(digits),
    )
    return rows, digits, raw[_CHANNEL_BYTES:]


def _header_rows(digits: str) -> Iterator[Row]:
    start = 0
    for part in UNIONPAY_POS.header:
        text = digits[start : start + part.digits]
        name = f"  {part.name_en} {part.name_zh}"
        yield Row("", name, text, text, of_header(part.name_en, text.lower()))
        start += part.digits


def _row(message: Message, number: int, wire: bytes, clear: bool) -> Row:
    value = message.fields[number]
    element = UNIONPAY_POS.element(number)
    may_show = clear or is_open(number, value)
    hex_text = wire.hex().upper() if may_show else hidden(wire)
    name = f"{element.name_en} {element.name_zh}"
    return Row(str(number), name, hex_text, _shown(number, value, clear), _meaning(message, number))


def _shown(number: int, value: FieldValue, clear: bool) -> str:
    if not clear:
        return masked(number, value)
    if isinstance(value, str):
        return value
    return value.hex().upper() if number in {52, 55, 64} else readable(value)


def _meaning(message: Message, number: int) -> str:
    """The parts of a field; of a hidden one only what says nothing about its contents."""
    value = message.fields[number]
    if number == 59 and isinstance(value, bytes):
        return ", ".join(f"{part.tag} ({len(part.value)})" for part in tagged_parts(value))
    if number == 48 and message.mti == _UPLOAD and isinstance(value, str):
        return of_upload(value)
    if isinstance(value, str):
        return of_text(number, value) if is_open(number, value) else ""
    if number == 62 or is_open(number, value):
        return of_bytes(message.mti, number, value)
    return ""


def _line(row: Row) -> str:
    name, value = _padded(row.name, _NAME_CELLS), _padded(row.value, _VALUE_CELLS)
    meaning = f"{row.meaning}  " if row.meaning else ""
    return f"{row.number:>3} {name} {value} {meaning}[{row.wire}]"


def _padded(text: str, cells: int) -> str:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return text + " " * (cells - len(text) - wide)

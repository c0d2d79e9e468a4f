"""Bytes to messages and back: MTI, bitmap and fields (UnionPay POS fact sheet, 1.4 and 1.5).

Written by hand from the documents and without the library that the terminal uses, so that a
mistake in one of the two is seen by the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.host.fields import FIELDS, Field

Value = str | bytes
BITMAP_END = 10
MAC_LENGTH = 8
DIGITS = frozenset("0123456789")
TRACK = frozenset("0123456789ABCDEF")  # an encrypted part may be any nibble (4.5)
PADS = frozenset("0F")


class MessageError(Exception):
    """The bytes are no message of this dialect. The text names the place, never the data."""


@dataclass(frozen=True, slots=True)
class Message:
    """MTI and fields by number: text for n, z, an and gbk, bytes for b. Values stay out of repr."""

    mti: str
    fields: Mapping[int, Value] = field(repr=False)

    def text(self, number: int) -> str:
        """The field as text; empty if it is absent or holds bytes."""
        value = self.fields.get(number, "")
        return value if isinstance(value, str) else ""

    def raw(self, number: int) -> bytes:
        """The field as bytes; empty if it is absent or holds text."""
        value = self.fields.get(number, b"")
        return value if isinstance(value, bytes) else b""


def decode(raw: bytes) -> Message:
    """Read MTI, bitmap and fields; MessageError names the first place that is wrong."""
    if len(raw) < BITMAP_END:
        raise MessageError("shorter than MTI and bitmap")
    mti = raw[:2].hex()
    if not set(mti) <= DIGITS:
        raise MessageError("MTI is not four digits")
    values: dict[int, Value] = {}
    at = BITMAP_END
    for number in _numbers(raw[2:BITMAP_END]):
        values[number], at = _read(number, raw, at)
    if at != len(raw):
        raise MessageError("bytes after the last field")
    return Message(mti, values)


def encode(message: Message) -> bytes:
    """The bytes from MTI to the last field; MessageError names a value that does not fit."""
    bits = 0
    parts = []
    for number in sorted(message.fields):
        if number not in FIELDS:
            raise MessageError(f"field {number} is not used in this dialect")
        bits |= 1 << (64 - number)
        parts.append(_write(number, message.fields[number]))
    return bytes.fromhex(message.mti) + bits.to_bytes(8, "big") + b"".join(parts)


def mac_input(raw: bytes) -> bytes:
    """What the MAC covers: everything from MTI to the field before field 64, which is last."""
    return raw[:-MAC_LENGTH]


def _numbers(bitmap: bytes) -> list[int]:
    bits = int.from_bytes(bitmap, "big")
    numbers = [number for number in range(1, 65) if bits >> (64 - number) & 1]
    for number in numbers:
        if number not in FIELDS:
            raise MessageError(f"field {number} is not used in this dialect")
    return numbers


def _read(number: int, raw: bytes, at: int) -> tuple[Value, int]:
    spec = FIELDS[number]
    length, at = _read_length(number, spec, raw, at)
    size = (length + 1) // 2 if spec.packed else length
    chunk = raw[at : at + size]
    if len(chunk) < size:
        raise MessageError(f"field {number} is cut short")
    return _value(number, spec, chunk, length), at + size


def _read_length(number: int, spec: Field, raw: bytes, at: int) -> tuple[int, int]:
    if not spec.length_digits:
        return spec.length, at
    size = (spec.length_digits + 1) // 2
    digits = raw[at : at + size].hex()
    if len(digits) < 2 * size or not set(digits) <= DIGITS:
        raise MessageError(f"field {number} has no readable length")
    if int(digits) > spec.length:
        raise MessageError(f"field {number} is longer than {spec.length}")
    return int(digits), at + size


def _value(number: int, spec: Field, chunk: bytes, length: int) -> Value:
    if spec.kind == "b":
        return chunk
    if spec.packed:
        return _unpack(number, spec, chunk.hex().upper(), length)
    try:
        return chunk.decode("ascii" if spec.kind == "an" else "gb18030")
    except UnicodeDecodeError:
        raise MessageError(f"field {number} is not readable text") from None


def _unpack(number: int, spec: Field, nibbles: str, length: int) -> str:
    text, pad = nibbles[:length], nibbles[length:]
    if spec.pad_left and length % 2:
        text, pad = nibbles[1:], nibbles[:1]
    if not set(text) <= (DIGITS if spec.kind == "n" else TRACK):
        raise MessageError(f"field {number} holds characters that are not allowed")
    if not set(pad) <= PADS:
        raise MessageError(f"field {number} has a wrong pad")
    return text


def _write(number: int, value: Value) -> bytes:
    spec = FIELDS[number]
    body = value if isinstance(value, bytes) else _text_bytes(number, spec, value)
    length = len(value) if spec.packed else len(body)
    if length > spec.length or (not spec.length_digits and length != spec.length):
        raise MessageError(f"field {number} has the wrong length, {length}")
    if not spec.length_digits:
        return body
    return bytes.fromhex(f"{length:0{2 * ((spec.length_digits + 1) // 2)}d}") + body


def _text_bytes(number: int, spec: Field, text: str) -> bytes:
    if spec.kind == "b":
        raise MessageError(f"field {number} takes bytes")
    if spec.packed:
        return _pack(number, spec, text)
    try:
        return text.encode("ascii" if spec.kind == "an" else "gb18030")
    except UnicodeEncodeError:
        raise MessageError(f"field {number} cannot be written as text") from None


def _pack(number: int, spec: Field, text: str) -> bytes:
    if not set(text) <= (DIGITS if spec.kind == "n" else TRACK):
        raise MessageError(f"field {number} holds characters that are not allowed")
    pad = "0" * (len(text) % 2)
    return bytes.fromhex(pad + text if spec.pad_left else text + pad)

"""Messages to bytes and back. The library does the packing; contents are checked here.

The library's own errors carry the whole message in clear, so none of them leaves this file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import iso8583

from terminal.iso8583.dialect import Dialect, FieldSpec, element_spec, library_spec
from terminal.iso8583.elements import OF_BYTES, content_check
from terminal.iso8583.masking import FieldValue, masked
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

_MTI_BYTES: Final = 2
_HEAD_BYTES: Final = 10  # MTI and bitmap
_MAC_BYTES: Final = 8
_HEAD_KEYS: Final = frozenset({"h", "t", "p", "1"})  # the library's names for what is no field


class MessageError(ValueError):
    """A message that can't be built or read: `place` is a field or a part, `what` is wrong there.

    Neither ever holds card data.
    """

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """An MTI of four digits and the fields by number; text, or bytes for binary and free text.

    `repr` and `str` show it masked.
    """

    mti: str
    fields: Mapping[int, FieldValue]

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    def text(self, number: int) -> str:
        """A field of text; empty when it is absent."""
        value = self.fields.get(number, "")
        assert isinstance(value, str), f"field {number} is bytes"
        return value

    def raw(self, number: int) -> bytes:
        """A field of bytes; empty when it is absent."""
        value = self.fields.get(number, b"")
        assert isinstance(value, bytes), f"field {number} is text"
        return value

    def __repr__(self) -> str:
        shown = (
            f"{number}={masked(number, self.fields[number])}" for number in sorted(self.fields)
        )
        return f"Message({self.mti} {' '.join(shown)})"


_Test = Callable[[str], object] | None  # of contents; None for fields that are bytes


@dataclass(frozen=True, slots=True)
class _Compiled:
    dialect: Dialect
    spec: Mapping[str, FieldSpec]
    by_key: Mapping[str, tuple[int, _Test]]
    by_number: Mapping[int, tuple[str, _Test]]


def _compile(dialect: Dialect) -> _Compiled:
    tests = {element.number: content_check(element.kind) for element in dialect.elements}
    assert all((tests[e.number] is None) == (e.kind in OF_BYTES) for e in dialect.elements)
    return _Compiled(
        dialect,
        library_spec(dialect),
        {str(number): (number, test) for number, test in tests.items()},
        {number: (str(number), test) for number, test in tests.items()},
    )


_UNIONPAY: Final = _compile(UNIONPAY_POS)


def encode(message: Message) -> bytes:
    """The bytes from MTI to last field. Raises MessageError for what the dialect does not allow."""
    document = {"t": _right_mti(message.mti)}
    excess = message.fields.keys() - _UNIONPAY.dialect.carries.get(message.mti, frozenset())
    if excess:
        raise MessageError(f"field {min(excess)}", f"not for message {message.mti}")
    rules = _UNIONPAY.by_number
    for number, value in message.fields.items():
        key, test = rules[number]
        if test is None:
            document[key] = _hex(number, value)
        elif isinstance(value, str) and test(value):
            document[key] = value
        else:
            raise MessageError(f"field {number}", _what_is_wrong(value))
    try:
        return bytes(iso8583.encode(document, _UNIONPAY.spec)[0])
    except iso8583.EncodeError as error:
        place, what = _place(error.field), error.msg
    # Raised out here, so that the library's error is not even its context.
    raise MessageError(place, what)


def decode(raw: bytes) -> Message:
    """The message of bytes that begin at the MTI. Raises MessageError, and nothing else."""
    _check_head(raw)
    return _checked(*_library_decode(raw, {}))


def dissect(raw: bytes) -> tuple[Message, Mapping[int, bytes]]:
    """As `decode`, with the bytes of each field as they stand on the wire, length included."""
    _check_head(raw)
    document, wire = _library_decode(raw, {})
    message = _checked(document, wire)
    parts = ((number, wire[str(number)]) for number in message.fields)
    return message, {number: part["len"] + part["data"] for number, part in parts}


def mac_input(raw: bytes) -> bytes:
    """What the MAC is made over: all bytes before F64, of a message that has one (4.1)."""
    if len(raw) < _HEAD_BYTES + _MAC_BYTES or not raw[_HEAD_BYTES - 1] & 1:
        raise MessageError("field 64", "the message has no MAC")
    return raw[:-_MAC_BYTES]


def _checked(document: Mapping[str, str], wire: Mapping[str, Mapping[str, bytes]]) -> Message:
    fields: dict[int, FieldValue] = {}
    rules = _UNIONPAY.by_key
    for key, text in document.items():
        if key in _HEAD_KEYS:
            continue
        number, test = rules[key]
        if test is None:
            fields[number] = wire[key]["data"]
        elif test(text):
            fields[number] = text
        else:
            raise MessageError(f"field {number}", _what_is_wrong(text))
    return Message(document["t"], fields)


def _check_head(raw: bytes) -> None:
    if len(raw) < _HEAD_BYTES:
        raise MessageError("bitmap", f"the message has {len(raw)} bytes, at least 10 are needed")
    _right_mti(raw[:_MTI_BYTES].hex())
    if raw[_MTI_BYTES] & 0x80:
        raise MessageError("bitmap", "bit 1 is set, but there is no second bitmap")


def _right_mti(mti: str) -> str:
    if len(mti) != 4 or not (mti.isascii() and mti.isdigit()) or mti[0] != "0":
        raise MessageError("MTI", "not four digits that begin with 0")
    return mti


def _hex(number: int, value: FieldValue) -> str:
    if not isinstance(value, bytes):
        raise MessageError(f"field {number}", "must be bytes")
    return value.hex()


def _what_is_wrong(value: FieldValue) -> str:
    return "holds characters that it may not" if isinstance(value, str) else "must be text"


def _library_decode(
    raw: bytes, other_pads: dict[str, FieldSpec]
) -> tuple[dict[str, str], dict[str, dict[str, bytes]]]:
    """Decode; when a field ends in another pad that hosts use, once more with that pad for it."""
    spec = {**_UNIONPAY.spec, **other_pads} if other_pads else _UNIONPAY.spec
    try:
        return iso8583.decode(raw, spec)
    except iso8583.DecodeError as error:
        key, what, position = error.field, error.msg, error.pos
    if "nibbles" in what and key in _UNIONPAY.by_key and key not in other_pads:
        element = _UNIONPAY.dialect.element(int(key))
        if element.prefix and element.pad:
            pad = _UNIONPAY.dialect.accepted_pads[-1]
            return _library_decode(raw, other_pads | {key: element_spec(element, pad)})
    raise MessageError(_place(key), f"{what} (byte {position})")


def _place(key: str) -> str:
    return {"t": "MTI", "p": "bitmap"}.get(key, f"field {key}")

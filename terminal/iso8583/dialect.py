"""A dialect: its fields, its header and which fields each message may carry, all as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from terminal.iso8583.elements import PACKED, Element, Kind


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """Some digits of the message header, in their order."""

    name_en: str
    name_zh: str
    digits: int


@dataclass(frozen=True, slots=True)
class Dialect:
    """One host language. `elements` defines every number from 2 to 64.

    `carries` tells by MTI which fields a message may have; answers may have more.
    `accepted_pads` are the nibbles that some hosts put after an odd number of digits.
    """

    name: str
    elements: tuple[Element, ...]
    header: tuple[HeaderPart, ...]
    carries: Mapping[str, frozenset[int]]
    accepted_pads: tuple[str, ...] = ("0", "F")

    def element(self, number: int) -> Element:
        """The field of this number."""
        return self.elements[number - 2]


FieldSpec = Mapping[str, Any]


def library_spec(dialect: Dialect) -> dict[str, FieldSpec]:
    """The field table in the form that the message library takes."""
    spec: dict[str, FieldSpec] = {
        "h": _entry("b", 0, 0, "bytes"),
        "t": _entry("b", 0, 2, "bytes"),
        "p": _entry("b", 0, 8, "bytes"),
        "1": _entry("b", 0, 8, "bytes"),
    }
    for element in dialect.elements:
        spec[str(element.number)] = element_spec(element, dialect.accepted_pads[0])
    return spec


def element_spec(element: Element, pad: str) -> FieldSpec:
    """One entry of the library's table, odd digits filled with `pad`."""
    packed = element.kind in PACKED
    is_text = element.kind in {Kind.AN, Kind.ANS}
    encoding, count = ("ascii" if is_text else "b"), ("nibbles" if packed else "bytes")
    entry = _entry(encoding, element.prefix_bytes, element.length, count)
    if element.pad:
        entry[f"{element.pad}_pad"] = pad if element.prefix else "0"
    return entry


def _entry(data_enc: str, len_type: int, max_len: int, len_count: str) -> dict[str, Any]:
    return {
        "data_enc": data_enc,
        "len_enc": "bcd",
        "len_type": len_type,
        "max_len": max_len,
        "len_count": len_count,
        "desc": "",
    }

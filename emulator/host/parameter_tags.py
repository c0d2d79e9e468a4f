"""The tags of a parameter download that this host gives, and their lengths (fact sheet, 2.6)."""

from collections.abc import Mapping
from types import MappingProxyType

Parameters = tuple[tuple[str, str], ...]
NAME_TAG, SWITCHES_TAG = "22", "26"

LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "12": 2,  # time-out in seconds
        "14": 14,  # numbers to call
        "15": 14,
        "16": 14,
        "17": 14,  # number of the management
        "18": 1,  # tips
        "20": 1,  # typed cards
        "21": 1,  # sign-off after settlement
        NAME_TAG: 40,  # the shop's name, GBK
        "23": 1,  # how often to send again
        SWITCHES_TAG: 4,  # transactions allowed, as bits
    }
)
"""Bytes of each value. Values are digits or text, padded with spaces; those of 26 are hex."""

DEMO_PARAMETERS: Parameters = (
    ("12", "60"),
    ("14", "01065188888"),
    ("15", "01065188889"),
    ("16", "01065188890"),
    ("17", "95516"),
    ("18", "0"),
    ("20", "0"),
    ("21", "0"),
    ("22", "演示商店"),
    ("23", "3"),
    ("26", "FFE0C000"),
)


def check_parameters(parameters: Parameters) -> None:
    """ValueError that names a tag that is not given out, or a value that does not fit."""
    for tag, value in parameters:
        if tag not in LENGTHS:
            raise ValueError(f"parameters: tag {tag} is none of {', '.join(LENGTHS)}")
        try:
            fits = len(value_bytes(tag, value)) == LENGTHS[tag]
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(f"parameters: the value of tag {tag} needs {LENGTHS[tag]} bytes")


def value_bytes(tag: str, value: str) -> bytes:
    """A value as it is sent; ValueError if it cannot be written."""
    if tag == SWITCHES_TAG:
        return bytes.fromhex(value)
    return value.encode("gb18030").ljust(LENGTHS.get(tag, 0))


def parameter_bytes(parameters: Parameters) -> bytes:
    """Field 62: each tag of two digits and its value, one after the other."""
    return b"".join(tag.encode() + value_bytes(tag, value) for tag, value in parameters)

"""Data elements: what a field is called, what it may hold and how it stands on the wire."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Kind(Enum):
    """Content classes. N and Z are packed two digits a byte, AN and ANS are ASCII text.

    TEXT is `ans` that may hold Chinese (GB18030) and B is binary: both are bytes in a `Message`,
    because a host may cut a character in two and the bytes must stay what they were.
    """

    N = "n"
    Z = "z"
    AN = "an"
    ANS = "ans"
    TEXT = "ans (GB18030)"
    B = "b"


PACKED = frozenset({Kind.N, Kind.Z})
OF_BYTES = frozenset({Kind.TEXT, Kind.B})

_CONTENT = (
    (Kind.N, re.compile("[0-9]*")),
    (Kind.Z, re.compile("[0-9D]*")),
    (Kind.AN, re.compile("[0-9A-Za-z ]*")),
    (Kind.ANS, re.compile("[ -~]*")),
)

Prefix = Literal["", "LL", "LLL"]
Side = Literal["", "left", "right"]


@dataclass(frozen=True, slots=True)
class Element:
    """One field. `length` counts digits (N, Z), characters or bytes; with a prefix it is the most.

    `pad` is the side on which an odd number of digits is filled up with a zero.
    """

    number: int
    name_en: str
    name_zh: str
    kind: Kind
    length: int
    prefix: Prefix = ""
    pad: Side = ""

    @property
    def prefix_bytes(self) -> int:
        """Bytes of the length: BCD, one for LL, two for LLL."""
        return {"": 0, "LL": 1, "LLL": 2}[self.prefix]


def content_check(kind: Kind) -> Callable[[str], object] | None:
    """A test that is truthy for text of this class; None for classes that are bytes."""
    for known, pattern in _CONTENT:
        if known is kind:
            return pattern.fullmatch
    return None

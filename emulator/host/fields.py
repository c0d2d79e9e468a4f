"""The fields 2 to 64 that this dialect uses, as one table (UnionPay POS fact sheet, 1.5 and 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["n", "z", "an", "gbk", "b"]
"""n: digits packed two a byte; z: track characters packed; an: ASCII; gbk: text; b: bytes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field on the wire.

    length: digits for n and z, bytes for the others; the largest allowed when `length_digits` is
    2 or 3 (LLVAR, LLLVAR), exact when it is 0. pad_left: where the pad nibble of an odd fixed
    number goes.
    """

    name: str
    kind: Kind
    length: int
    length_digits: Literal[0, 2, 3] = 0
    pad_left: bool = False

    @property
    def packed(self) -> bool:
        """True if two characters share a byte."""
        return self.kind in ("n", "z")


FIELDS: Mapping[int, Field] = MappingProxyType(
    {
        2: Field("primary account number", "n", 19, 2),
        3: Field("processing code", "n", 6),
        4: Field("amount", "n", 12),
        11: Field("trace number (STAN)", "n", 6),
        12: Field("local time", "n", 6),
        13: Field("local date", "n", 4),
        14: Field("expiry", "n", 4),
        15: Field("settlement date", "n", 4),
        22: Field("entry mode", "n", 3),
        23: Field("card sequence number", "n", 3, pad_left=True),
        25: Field("condition code", "n", 2),
        26: Field("PIN capture code", "n", 2),
        32: Field("acquirer id", "n", 11, 2),
        35: Field("track 2", "z", 37, 2),
        36: Field("track 3", "z", 104, 3),
        37: Field("reference number (RRN)", "an", 12),
        38: Field("authorisation code", "an", 6),
        39: Field("response code", "an", 2),
        41: Field("terminal", "an", 8),
        42: Field("merchant", "an", 15),
        44: Field("issuer and acquirer", "an", 25, 2),
        48: Field("totals", "n", 322, 3),
        49: Field("currency", "an", 3),
        52: Field("PIN block", "b", 8),
        53: Field("security control", "n", 16),
        54: Field("additional amounts", "an", 40, 3),
        55: Field("chip data", "b", 255, 3),
        58: Field("purse data", "gbk", 100, 3),
        59: Field("QR data", "gbk", 600, 3),
        60: Field("type, batch, management code", "n", 17, 3),
        61: Field("original transaction", "n", 29, 3),
        62: Field("keys or private data", "b", 512, 3),
        63: Field("operator or organisation", "gbk", 163, 3),
        64: Field("MAC", "b", 8),
    }
)

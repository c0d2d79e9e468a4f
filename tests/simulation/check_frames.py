"""Reads the acquirer's messages off the wire (unionpay-pos.md 1 and 2), whatever else is on it.

Damage is ordinary here: what is no whole message is skipped, and nothing is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tests.simulation.evidence import Passed

TPDU_BYTES, HEADER_BYTES, BITMAP_BYTES = 5, 6, 8
FIRST_FIELD: Final = TPDU_BYTES + HEADER_BYTES + 2 + BITMAP_BYTES
MAC: Final = 64
TPDU: Final = b"\x60"
Reader = Callable[[bytes, int], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Message:
    """One message: digits and texts of its fields, bytes as hex. `raw`: with its length bytes."""

    at_s: float
    out: bool
    raw: bytes
    mti: str
    fields: Mapping[int, str]

    def get(self, number: int) -> str:
        """A field, empty if it is not there."""
        return self.fields.get(number, "")

    @property
    def key(self) -> tuple[int, int]:
        """Batch of F60 and F11."""
        return int(self.get(60)[2:8] or 0), int(self.get(11) or 0)

    @property
    def amount_minor(self) -> int | None:
        """F4."""
        return int(self.get(4)) if 4 in self.fields else None

    @property
    def is_inquiry(self) -> bool:
        """Asks, or tells, what became of another message (profile 4)."""
        return self.mti in ("0200", "0210") and self.get(3) == "310100"

    @property
    def carries_money(self) -> bool:
        """A sale, void or refund, a reversal or a refund's own upload: it bears an intent's STAN.

        Any other number belongs to a question.
        """
        is_single = self.mti in ("0320", "0330") and self.get(3) != ""
        return is_single or (self.mti[:2] in ("02", "04") and not self.is_inquiry)


def messages(passed: Iterable[Passed]) -> tuple[Message, ...]:
    """All whole messages on the acquirer's wire, in order. A request begins a new connection."""
    found: list[Message] = []
    stream = bytearray()
    for one in passed:
        if one.wire != "acquirer":
            continue
        if one.out:
            stream.clear()
            found.extend(m for m, _ in _whole(one.raw, one.at_s, out=True))
            continue
        used = 0
        stream += one.raw
        for message, end in list(_whole(bytes(stream), one.at_s, out=False)):
            found.append(message)
            used = end
        del stream[:used]
    return tuple(found)


def _whole(raw: bytes, at_s: float, out: bool) -> Iterator[tuple[Message, int]]:
    """Messages anywhere in these bytes, and where each ends: a TPDU tells where to look."""
    at = raw.find(TPDU, 2)
    while at >= 0:
        message = _at(raw, at, at_s, out)
        if message is not None:
            at += len(message.raw) - 2
            yield message, at
        at = raw.find(TPDU, at + (message is None))


def _at(raw: bytes, at: int, at_s: float, out: bool) -> Message | None:
    prefix = raw[at - 2 : at]
    for length in _lengths(prefix):
        body = raw[at : at + length]
        message = read(body, at_s, out, prefix + body) if len(body) == length else None
        if message is not None:
            return message
    return None


def _lengths(raw: bytes) -> Iterator[int]:
    """Binary on TCP (1.1), BCD on a serial line (profile 6)."""
    yield int.from_bytes(raw, "big")
    if raw.hex().isdecimal():
        yield int(raw.hex())


def read(body: bytes, at_s: float = 0.0, out: bool = False, raw: bytes = b"") -> Message | None:
    """The message from its TPDU on; None if it is damaged."""
    if len(body) < FIRST_FIELD:
        return None
    mti = body[11:13].hex()
    bits = int.from_bytes(body[13:FIRST_FIELD], "big")
    try:
        fields, end = _fields(body, bits)
    except (ValueError, KeyError, IndexError):
        return None
    return Message(at_s, out, raw or body, mti, fields) if end == len(body) else None


def _fields(body: bytes, bits: int) -> tuple[dict[int, str], int]:
    at, found = FIRST_FIELD, {}
    for number in range(2, 65):
        if bits >> (64 - number) & 1:
            found[number], at = READERS[number](body, at)
            if at > len(body):
                raise ValueError("cut short")
    return found, at


def _digits(count: int) -> Reader:
    size = (count + 1) // 2

    def reader(body: bytes, at: int) -> tuple[str, int]:
        return _decimal(body[at : at + size].hex()[:count]), at + size

    return reader


def _text(count: int) -> Reader:
    return lambda body, at: (body[at : at + count].decode("latin-1"), at + count)


def _raw(count: int) -> Reader:
    return lambda body, at: (body[at : at + count].hex(), at + count)


def _track(prefix: int) -> Reader:
    def reader(body: bytes, at: int) -> tuple[str, int]:
        count = _count(body[at : at + prefix])
        end = at + prefix + (count + 1) // 2
        return body[at + prefix : end].hex()[:count], end

    return reader


def _long_digits(prefix: int) -> Reader:
    nibbles = _track(prefix)

    def reader(body: bytes, at: int) -> tuple[str, int]:
        text, end = nibbles(body, at)
        return _decimal(text) if text else "", end

    return reader


def _long_text(prefix: int) -> Reader:
    def reader(body: bytes, at: int) -> tuple[str, int]:
        end = at + prefix + _count(body[at : at + prefix])
        return body[at + prefix : end].decode("latin-1"), end

    return reader


def _decimal(text: str) -> str:
    if not text.isdecimal():
        raise ValueError("a nibble is no digit")
    return text


def _count(raw: bytes) -> int:
    return int(_decimal(raw.hex()))


_FIXED = {3: 6, 4: 12, 11: 6, 12: 6, 13: 4, 14: 4, 15: 4, 22: 3, 23: 4, 25: 2, 26: 2, 53: 16}
_TEXTS = {37: 12, 38: 6, 39: 2, 41: 8, 42: 15, 49: 3}
READERS: Final[Mapping[int, Reader]] = MappingProxyType(
    {number: _digits(count) for number, count in _FIXED.items()}
    | {number: _text(count) for number, count in _TEXTS.items()}
    | {2: _long_digits(1), 32: _long_digits(1), 35: _track(1), 36: _track(2)}
    | dict.fromkeys((48, 60, 61), _long_digits(2))
    | {44: _long_text(1)}
    | dict.fromkeys((54, 55, 58, 59, 62, 63), _long_text(2))
    | dict.fromkeys((52, MAC), _raw(8))
)

"""Reads the keypad's frames off its wire (drivers/framing.md)."""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.simulation.evidence import Passed

STX: Final = b"\x02"
CRC_BYTES: Final = 2
NOBODY_ASKED: Final = b"\0\0"
LOAD_KEYS, MAC, ANSWER = 0x02, 0x03, 0x80


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole frame. `out`: a question."""

    at_s: float
    out: bool
    kind: int
    number: int
    payload: bytes


def read_frames(passed: Iterable[Passed]) -> Iterator[Frame]:
    """All questions and answers; each was written whole, so what is torn or damaged is none."""
    for one in passed:
        raw = one.raw
        if one.wire != "keypad" or raw[:1] != STX or raw[4:6] == NOBODY_ASKED:
            continue
        covered = raw[1:-CRC_BYTES]
        if crc_hqx(covered, 0xFFFF) == int.from_bytes(raw[-CRC_BYTES:], "big"):
            number = int.from_bytes(raw[4:6], "big")
            yield Frame(one.at_s, one.out, raw[3], number, covered[5:])

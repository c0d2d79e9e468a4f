"""A frame on the serial line whose check byte is wrong is refused (profile 6, F54)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import xor
from typing import Final

from tests.simulation.check_run import Run
from tests.simulation.evidence import Violation

STX: Final = b"\x02"
ETX, ACK = 0x03, b"\x06"
AROUND_BYTES: Final = 5  # STX, length, ETX, LRC


def spoilt_frame_is_refused(run: Run) -> Iterator[Violation]:
    """What is heard whole and with a wrong LRC is not acknowledged.

    After bytes that may be the beginning of a frame nobody knows where the next one begins.
    """
    is_clear = is_spoilt = False
    for one in run.evidence.passed:
        if one.wire != "acquirer":
            continue
        if one.out:
            if is_spoilt and one.raw == ACK:
                yield Violation("INV-13", f"a frame with a wrong LRC was taken at {one.at_s:.3f}")
            is_clear, is_spoilt = is_clear or one.raw[:1] == STX, False
            continue
        heard = one.raw.removeprefix(ACK)
        is_spoilt = is_clear and _is_whole(heard) and reduce(xor, heard[1:-1]) != heard[-1]
        is_clear = is_clear and (_is_whole(heard) or STX not in heard)


def _is_whole(raw: bytes) -> bool:
    digits = raw[1:3].hex()
    is_long_enough = digits.isdecimal() and len(raw) == int(digits) + AROUND_BYTES
    return raw[:1] == STX and is_long_enough and raw[-2] == ETX


CHECKS: Final = (spoilt_frame_is_refused,)

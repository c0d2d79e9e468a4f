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
    """What is heard first after a request, whole and with a wrong LRC, is not acknowledged."""
    is_first = is_spoilt = False
    for one in run.evidence.passed:
        if one.wire != "acquirer":
            continue
        if one.out:
            if is_spoilt and one.raw == ACK:
                yield Violation("INV-13", f"a frame with a wrong LRC was taken at {one.at_s:.3f}")
            is_first, is_spoilt = one.raw[:1] == STX, False
        elif one.raw != ACK or not is_first:
            is_spoilt = is_first and _is_spoilt(one.raw.removeprefix(ACK))
            is_first = False


def _is_spoilt(raw: bytes) -> bool:
    digits = raw[1:3].hex()
    is_whole = raw[:1] == STX and digits.isdecimal() and len(raw) == int(digits) + AROUND_BYTES
    return is_whole and raw[-2] == ETX and reduce(xor, raw[1:-1]) != raw[-1]


CHECKS: Final = (spoilt_frame_is_refused,)

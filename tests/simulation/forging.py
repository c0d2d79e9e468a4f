"""Answers that no host has given: by somebody on the line who doesn't have the key."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from emulator.host.message import Message, MessageError, Value, decode, encode
from emulator.host.wire import (
    STX,
    Frame,
    FrameError,
    SerialLine,
    TcpLine,
    answer_frame,
    split_frame,
)

KEPT: Final = (3, 4, 11, 41, 42, 49, 60, 61)
APPROVALS: Final = ("00", "11", "16")


def _unframed(raw: bytes) -> tuple[Frame, Message] | None:
    line = SerialLine() if raw[:1] == bytes((STX,)) else TcpLine()
    try:
        heard = [each.raw for each in line.feed(raw, 0.0) if each.kind == "frame"]
        frame = split_frame(heard[0] if heard else b"")
        return frame, decode(frame.body)
    except (FrameError, MessageError):
        return None


def _framed(like: bytes, frame: Frame, message: Message) -> bytes:
    line = SerialLine() if like[:1] == bytes((STX,)) else TcpLine()
    return line.wrap(replace(frame, body=encode(message)).joined())


def forged_answer(request: bytes, code: str, chance: Random) -> bytes | None:
    """An answer to this request with this code, and eight bytes that are no MAC, or none."""
    seen = _unframed(request)
    if seen is None:
        return None
    frame, asked = seen
    fields: dict[int, Value] = {n: v for n, v in asked.fields.items() if n in KEPT}
    fields |= {12: "101112", 13: "0615", 37: "061599999999", 39: code}
    if chance.random() < 0.7:
        fields[64] = chance.randbytes(8)
    answer = Message(f"{int(asked.mti) + 10:04d}", fields)
    return _framed(request, answer_frame(frame, b"", 0, True), answer)


def other_terminals(answer: bytes) -> list[bytes]:
    """The answer as another terminal of the line would have got it."""
    seen = _unframed(answer)
    if seen is None or 41 not in seen[1].fields:
        return []
    frame, message = seen
    return [_framed(answer, frame, replace(message, fields={**message.fields, 41: "87654321"}))]


def is_approval_of(earlier: bytes, answer: bytes) -> bool:
    """Whether an earlier answer is an approval of the same type as this one."""
    old, new = _unframed(earlier), _unframed(answer)
    if old is None or new is None:
        return False
    return old[1].mti == new[1].mti and old[1].text(39) in APPROVALS

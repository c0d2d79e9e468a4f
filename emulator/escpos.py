"""ESC/POS bytes cut into commands, as the printer's receiver does (drivers/printer.md)."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

LEADS = frozenset((0x10, 0x1B, 0x1C, 0x1D))  # DLE, ESC, FS, GS


class Op(Enum):
    """What a command does."""

    TEXT = auto()
    LINE = auto()
    INITIALISE = auto()
    CHINESE_ON = auto()
    CHINESE_OFF = auto()
    ALIGN = auto()
    BOLD = auto()
    SIZE = auto()
    FEED = auto()
    QR = auto()
    CAPTION = auto()
    BAR_HEIGHT = auto()
    BAR_WIDTH = auto()
    BAR_CODE = auto()
    CUT = auto()
    FENCE = auto()
    STATUS = auto()
    CLEAR = auto()
    UNKNOWN = auto()


class Command(NamedTuple):
    """One command and its parameters, a counter among them left out; for TEXT the characters."""

    op: Op
    parameters: bytes = b""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a command looks: its first bytes, then `fixed` parameters or a counter and that many."""

    prefix: bytes
    op: Op
    fixed: int = 0
    counter: int = 0  # bytes of the counter, low byte first


SHAPES = (
    Shape(b"\n", Op.LINE),
    Shape(b"\x1b@", Op.INITIALISE),
    Shape(b"\x1ba", Op.ALIGN, fixed=1),
    Shape(b"\x1bE", Op.BOLD, fixed=1),
    Shape(b"\x1bd", Op.FEED, fixed=1),
    Shape(b"\x1c&", Op.CHINESE_ON),
    Shape(b"\x1c.", Op.CHINESE_OFF),
    Shape(b"\x1d!", Op.SIZE, fixed=1),
    Shape(b"\x1d(k", Op.QR, counter=2),
    Shape(b"\x1dH", Op.CAPTION, fixed=1),
    Shape(b"\x1dh", Op.BAR_HEIGHT, fixed=1),
    Shape(b"\x1dw", Op.BAR_WIDTH, fixed=1),
    Shape(b"\x1dkI", Op.BAR_CODE, counter=1),
    Shape(b"\x1dVB", Op.CUT, fixed=1),
    Shape(b"\x1dr", Op.FENCE, fixed=1),
    Shape(b"\x10\x04", Op.STATUS, fixed=1),
    Shape(b"\x10\x14\x08", Op.CLEAR, fixed=7),
)


UNFINISHED = frozenset(s.prefix[:end] for s in SHAPES for end in range(1, len(s.prefix)))
COUNTED = MappingProxyType({shape.prefix: shape for shape in SHAPES if shape.counter})
# Text, or a whole command without a counter: its group's number is that of its operation.
PLAIN = tuple(shape for shape in SHAPES if not shape.counter)
OPS = (Op.TEXT, *(shape.op for shape in PLAIN))
GROUPS = tuple(re.escape(shape.prefix) + b"(.{%d})" % shape.fixed for shape in PLAIN)
WHOLE = re.compile(b"|".join((rb"([\x20-\x7e\x80-\xff]+)", *GROUPS)), re.DOTALL)


class EscPosReader:
    """Cuts a stream into commands. A byte that begins none is an UNKNOWN command of its own.

    A real-time command among text is found; among another command's parameters it is a parameter,
    as in real printers.
    """

    def __init__(self) -> None:
        self._held = b""

    def feed(self, raw: bytes) -> tuple[Command, ...]:
        """Take bytes, cut anywhere; the commands that are whole now, in order."""
        held = self._held + raw
        commands, at = [], 0
        while at < len(held):
            if found := WHOLE.match(held, at):
                group = found.lastindex or 0
                commands.append(Command(OPS[group - 1], found[group]))
                at = found.end()
                continue
            command, length = _other(held, at)
            if command is None:
                break
            commands.append(command)
            at += length
        self._held = held[at:]
        return tuple(commands)


def _other(held: bytes, at: int) -> tuple[Command | None, int]:
    """The command with a counter that begins there and its length; None while it is not whole."""
    start = held[at : at + 3]
    if start in COUNTED:
        return _counted(COUNTED[start], held, at + len(start))
    if start in UNFINISHED or any(start.startswith(shape.prefix) for shape in PLAIN):
        return None, 0
    is_pair = start[0] in LEADS and start[1] not in LEADS
    return Command(Op.UNKNOWN, start[: 1 + is_pair]), 1 + is_pair


def _counted(shape: Shape, held: bytes, at: int) -> tuple[Command | None, int]:
    begin = at + shape.counter
    end = begin + int.from_bytes(held[at:begin], "little")
    if len(held) < max(begin, end):
        return None, 0
    return Command(shape.op, held[begin:end]), len(shape.prefix) + end - at

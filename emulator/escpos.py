"""ESC/POS bytes cut into commands, as the printer's receiver does (drivers/printer.md)."""

import re
from dataclasses import dataclass
from enum import Enum, auto

LEADS = frozenset((0x10, 0x1B, 0x1C, 0x1D))  # DLE, ESC, FS, GS
TEXT = re.compile(rb"[\x20-\x7e\x80-\xff]+")


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


@dataclass(frozen=True, slots=True)
class Command:
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


class EscPosReader:
    """Cuts a stream into commands. A byte that begins none is an UNKNOWN command of its own.

    A real-time command among text is found; among another command's parameters it is a parameter,
    as in real printers.
    """

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, raw: bytes) -> tuple[Command, ...]:
        """Take bytes, cut anywhere; the commands that are whole now, in order."""
        self._held += raw
        commands = []
        while self._held:
            command, length = _first(bytes(self._held[:3]), self._held)
            if command is None:
                break
            commands.append(command)
            del self._held[:length]
        return tuple(commands)


def _first(start: bytes, held: bytearray) -> tuple[Command | None, int]:
    """The command at the front and its length; None while it is not whole."""
    if text := TEXT.match(held):
        return Command(Op.TEXT, text.group()), text.end()
    for shape in SHAPES:
        if start.startswith(shape.prefix):
            return _whole(shape, held)
    if any(shape.prefix.startswith(start) for shape in SHAPES):
        return None, 0
    is_pair = start[0] in LEADS and start[1] not in LEADS
    return Command(Op.UNKNOWN, start[: 1 + is_pair]), 1 + is_pair


def _whole(shape: Shape, held: bytearray) -> tuple[Command | None, int]:
    begin = len(shape.prefix) + shape.counter
    count = shape.fixed
    if shape.counter:
        if len(held) < begin:
            return None, 0
        count = int.from_bytes(held[len(shape.prefix) : begin], "little")
    if len(held) < begin + count:
        return None, 0
    return Command(shape.op, bytes(held[begin : begin + count])), begin + count

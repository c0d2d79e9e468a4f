"""Commands become what is to go on paper: the printer's modes and the line being set."""

import codecs
from dataclasses import dataclass, field, replace
from typing import Literal

from emulator.display import cells_of
from emulator.escpos import Command, Op
from emulator.paper_slip import COLUMNS, Align, BarCode, Mark, PaperItem, QrCode, TextRow, TextRun

QR_SYMBOL = 0x31
CODE_SET_B = b"{B"
FENCE_PARAMETER = b"\x01"
LEVELS: tuple[Literal["L", "M", "Q", "H"], ...] = ("L", "M", "Q", "H")
ALIGNS = tuple(Align)  # by the command's number
LEAST_DOTS, MOST_DOTS = 1, 16

Printable = PaperItem | Mark


@dataclass(slots=True)
class Modes:
    """What stays set until it is changed or the printer is initialised."""

    align: Align = Align.LEFT
    is_bold: bool = False
    is_tall: bool = False
    is_chinese: bool = False
    qr: QrCode = field(default_factory=lambda: QrCode(""))
    bar: BarCode = field(default_factory=lambda: BarCode(""))


class Typesetter:
    """Takes commands in their order and gives lines, codes and marks for the mechanism.

    `not_understood` counts commands and parameters that mean nothing here.
    """

    def __init__(self) -> None:
        self.not_understood = 0
        self._initialise()

    def _initialise(self) -> None:
        self._modes = Modes()
        self.drop_line()

    def drop_line(self) -> None:
        """Forget the line being set."""
        self._line: list[TextRun] = []
        self._used = 0  # cells of the line
        self._decoder = codecs.getincrementaldecoder("gb18030")("replace")

    def take(self, command: Command) -> tuple[Printable, ...]:
        """What this command puts on paper, if anything."""
        op, parameters = command.op, command.parameters
        if op is Op.TEXT:
            return self._set(parameters)
        if op is Op.LINE:
            return (self._finished(),)
        if op is Op.FEED:
            return self._feed(parameters[0])
        if op is Op.CUT:
            return (*self._rest_of_line(), Mark.CUT)
        if op is Op.FENCE and parameters == FENCE_PARAMETER:
            return (Mark.FENCE,)
        if op is Op.BAR_CODE:
            return self._bar_code(parameters)
        if op is Op.QR:
            return self._qr(parameters)
        self._change(op, parameters)
        return ()

    def _change(self, op: Op, parameters: bytes) -> None:
        if op is Op.INITIALISE:
            self._initialise()
            return
        self._flush_decoder()  # half a character does not survive a change of mode
        if not _is_changed(self._modes, op, parameters):
            self.not_understood += 1

    def _set(self, raw: bytes) -> tuple[TextRow, ...]:
        if self._modes.is_chinese:
            return self._set_text(self._decoder.decode(raw))
        return self._set_text("".join(chr(byte) if byte < 0x80 else "?" for byte in raw))

    def _set_text(self, text: str) -> tuple[TextRow, ...]:
        rows: list[TextRow] = []
        # Half a character, flushed at the edge, may stand over it.
        free = max(0, COLUMNS - self._used)
        while cells_of(text) > free:
            fitting = _fitting(text, free)
            self._append(text[:fitting])
            rows.append(self._row())
            text, free = text[fitting:], COLUMNS
        self._append(text)
        return tuple(rows)

    def _append(self, text: str) -> None:
        if text:
            self._line.append(TextRun(text, self._modes.is_bold, self._modes.is_tall))
            self._used += cells_of(text)

    def _row(self) -> TextRow:
        row = TextRow(tuple(self._line), self._modes.align)
        self._line, self._used = [], 0
        return row

    def _finished(self) -> TextRow:
        self._flush_decoder()
        return self._row()

    def _flush_decoder(self) -> None:
        self._append(self._decoder.decode(b"", final=True))

    def _rest_of_line(self) -> tuple[TextRow, ...]:
        self._flush_decoder()
        return (self._row(),) if self._line else ()

    def _feed(self, lines: int) -> tuple[TextRow, ...]:
        rest = self._rest_of_line()
        return rest + (TextRow(),) * (lines - len(rest))

    def _bar_code(self, data: bytes) -> tuple[Printable, ...]:
        text = data.removeprefix(CODE_SET_B).replace(b"{{", b"{")
        if not data.startswith(CODE_SET_B) or not text or not text.isascii():
            self.not_understood += 1
            return ()
        code = replace(self._modes.bar, text=text.decode("ascii"), align=self._modes.align)
        return (*self._rest_of_line(), code)

    def _qr(self, parameters: bytes) -> tuple[Printable, ...]:
        function, values = parameters[:2], parameters[2:]
        if function == bytes((QR_SYMBOL, 0x51)) and values == b"0" and self._modes.qr.text:
            code = replace(self._modes.qr, align=self._modes.align)
            return (*self._rest_of_line(), code)
        changed = _qr_changed(self._modes.qr, function, values)
        if changed is None:
            self.not_understood += 1
        else:
            self._modes.qr = changed
        return ()


def _fitting(text: str, cells: int) -> int:
    """How many characters of a text that is too wide have room."""
    return next(end for end in range(len(text), -1, -1) if cells_of(text[:end]) <= cells)


def _is_changed(modes: Modes, op: Op, parameters: bytes) -> bool:
    """Carry out a command that only changes the modes; False when it means nothing."""
    if op is Op.CHINESE_ON or op is Op.CHINESE_OFF:
        modes.is_chinese = op is Op.CHINESE_ON
        return True
    if op in (Op.UNKNOWN, Op.FENCE, Op.CLEAR):
        return False
    value = parameters[0]
    if op is Op.BOLD:
        modes.is_bold = bool(value & 1)
        return True
    if op is Op.SIZE:
        modes.is_tall = bool(value & 0x07)
        return True
    if op is Op.ALIGN:
        return _is_aligned(modes, value)
    return _is_bar_changed(modes, op, value)


def _is_aligned(modes: Modes, value: int) -> bool:
    if value >= len(ALIGNS):
        return False
    modes.align = ALIGNS[value]
    return True


def _is_bar_changed(modes: Modes, op: Op, value: int) -> bool:
    bar = _bar_changed(modes.bar, op, value)
    modes.bar = bar or modes.bar
    return bar is not None


def _bar_changed(bar: BarCode, op: Op, value: int) -> BarCode | None:
    if op is Op.CAPTION:
        return replace(bar, has_caption=value == 2) if value in (0, 2) else None
    if op is Op.BAR_HEIGHT:
        return replace(bar, height_dots=value) if value else None
    return replace(bar, module_dots=value) if value in range(1, 7) else None


def _qr_changed(qr: QrCode, function: bytes, values: bytes) -> QrCode | None:
    """The code being prepared after a function of `1D 28 6B`; None when it means nothing."""
    if function == b"1A" and values == b"2\0":
        return qr
    if function == b"1C" and len(values) == 1 and values[0] in range(LEAST_DOTS, MOST_DOTS + 1):
        return replace(qr, module_dots=values[0])
    if function == b"1E" and len(values) == 1 and values[0] in range(0x30, 0x34):
        return replace(qr, level=LEVELS[values[0] - 0x30])
    if function == b"1P" and values[:1] == b"0" and len(values) > 1:
        return replace(qr, text=values[1:].decode("utf-8", errors="replace"))
    return None

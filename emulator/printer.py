"""The emulated printer: ESC/POS bytes in, paper and status bytes out (drivers/printer.md)."""

import math
from collections import deque
from collections.abc import Callable

from emulator.escpos import Command, EscPosReader, Op
from emulator.frames import Out
from emulator.paper_slip import Mark, PaperItem, PaperSlip
from emulator.typesetter import Printable, Typesetter

__all__ = ["PaperSlip", "PrinterModel"]

CLEAR_PARAMETERS = bytes.fromhex("01 03 14 01 06 02 08")
ALWAYS = 0x12  # bits 1 and 4 of a real-time status
OFF_LINE, COVER_OPEN, PAPER_END, NEAR_END, END = 0x08, 0x04, 0x20, 0x0C, 0x60
FENCE_NEAR_END = 0x03


class PrinterModel:
    """A printer with its paper, its cover and its faults.

    Faults and states that a person or a test sets: `load_paper`, `open_cover`, `out_after_lines`,
    `silent`, `override_status`, and the fields `near_end` and `slow_s_per_line`. A line is a line
    of text, a fed line or a code. `on_change` is called when something new is on paper, and when
    paper or cover change.
    """

    def __init__(self) -> None:
        self.on_change: Callable[[], None] | None = None
        self.near_end = False
        self.slow_s_per_line = 0.0
        self._slips: list[PaperSlip] = []
        self._strip: list[PaperItem] = []
        self._has_paper = True
        self._lines_left: int | None = None  # until the paper ends; None: for ever
        self._is_cover_open = False
        self._is_silent = False
        self._overrides: dict[int, int] = {}
        self.restart()

    def restart(self) -> None:
        """Power off and on: what was received is lost, the paper stays as it is."""
        self._reader = EscPosReader()
        self._setter = Typesetter()
        self._queue: deque[Printable] = deque()
        self._free_s = 0.0  # when the line being printed is done

    def receive(self, raw: bytes, now_s: float) -> Out:
        """Bytes from the firmware, cut anywhere."""
        if self._is_silent:
            return ()
        out: Out = ()
        for command in self._reader.feed(raw):
            out += self._take(command, now_s)
        return out

    def tick(self, now_s: float) -> Out:
        """Print on: a line that takes time may be done, paper may be there again."""
        out: Out = ()
        while self._can_print(now_s):
            item = self._queue.popleft()
            if item is Mark.FENCE:
                out += ((0.0, bytes((FENCE_NEAR_END if self.near_end else 0,))),)
            else:
                self._print(item, now_s)
        return out

    @property
    def due_s(self) -> float:
        """When `tick` wants to be called; infinity when there is nothing that could be printed."""
        return self._free_s if self._queue and self._is_on_line else math.inf

    @property
    def slips(self) -> tuple[PaperSlip, ...]:
        """The paper, oldest first; last the strip that still hangs in the printer."""
        strip = (PaperSlip(tuple(self._strip)),) if self._strip else ()
        return (*self._slips, *strip)

    @property
    def not_understood(self) -> int:
        """How many commands and bytes meant nothing to this printer."""
        return self._setter.not_understood

    @property
    def has_paper(self) -> bool:
        """Whether there is paper to print on."""
        return self._has_paper

    @property
    def is_cover_open(self) -> bool:
        """Open, nothing is printed."""
        return self._is_cover_open

    def tear(self) -> None:
        """Take all paper away, the strip that hangs there too."""
        self._slips.clear()
        self._strip.clear()
        self._changed()

    def load_paper(self) -> None:
        """A new roll. What waits is printed at the next `tick`."""
        self._has_paper, self._lines_left, self.near_end = True, None, False
        self._changed()

    def open_cover(self, is_open: bool) -> None:
        """Open or close the cover; open, nothing is printed."""
        self._is_cover_open = is_open
        self._changed()

    def out_after_lines(self, line: int) -> None:
        """The paper ends while line number `line` from now is printed; 0: it is out already."""
        self._lines_left = max(0, line - 1)
        self._has_paper = line > 0
        self._changed()

    def silent(self, is_silent: bool) -> None:
        """Switched off or cable out: takes nothing, prints nothing, answers nothing."""
        self._is_silent = is_silent

    def override_status(self, question: int, answer: int | None) -> None:
        """Answer `10 04 question` with this byte, whatever is true; None: the truth again."""
        if answer is None:
            self._overrides.pop(question, None)
        else:
            self._overrides[question] = answer

    @property
    def _is_on_line(self) -> bool:
        return self._has_paper and not self._is_cover_open and not self._is_silent

    def _take(self, command: Command, now_s: float) -> Out:
        if command.op is Op.STATUS:
            return self._status(command.parameters[0])
        if command.op is Op.CLEAR and command.parameters == CLEAR_PARAMETERS:
            self._queue.clear()
            self._setter.drop_line()
            return ()
        printable = self._setter.take(command)
        self._queue.extend(printable)
        return self.tick(now_s) if printable else ()

    def _can_print(self, now_s: float) -> bool:
        if not self._queue or not self._is_on_line or now_s < self._free_s:
            return False
        if not isinstance(self._queue[0], Mark) and self._lines_left == 0:
            self._has_paper = False
            self._changed()
        return self._has_paper

    def _print(self, item: Printable, now_s: float) -> None:
        if item is Mark.CUT:
            self._slips.append(PaperSlip(tuple(self._strip), cut=True))
            self._strip.clear()
        elif not isinstance(item, Mark):
            self._strip.append(item)
            self._free_s = now_s + self.slow_s_per_line
            if self._lines_left is not None:
                self._lines_left -= 1
        self._changed()

    def _status(self, question: int) -> Out:
        truth = self._truth().get(question)
        answer = self._overrides.get(question, truth)
        return () if answer is None else ((0.0, bytes((answer,))),)

    def _truth(self) -> dict[int, int]:
        is_out = not self._has_paper
        paper = (NEAR_END if self.near_end or is_out else 0) | (END if is_out else 0)
        causes = (COVER_OPEN if self._is_cover_open else 0) | (PAPER_END if is_out else 0)
        return {
            1: ALWAYS | (OFF_LINE if causes else 0),
            2: ALWAYS | causes,
            3: ALWAYS,
            4: ALWAYS | paper,
        }

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()

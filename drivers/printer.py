"""The printer: slips on paper, wholly or not at all. Source: drivers/printer.md."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from drivers.escpos import CLEAR_BUFFERS, SlipError, slip_bytes, status_question
from drivers.outbox import Outbox
from drivers.presence import POLL_EVERY_S, Heartbeat
from terminal.domain.slip import PrinterProblem, Slip
from terminal.events import Printed, PrintFailed
from terminal.ports import Reaction

POLL_WHILE_BUSY_S = 0.3  # also while something is wrong: the cashier is at it
FENCE_WITHIN_S = 30.0
# A fence that was on its way when its slip failed must not be taken for the next slip's.
QUIET_S = 0.5
OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 2, 3, 4


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    raw: bytes
    until_s: float = math.inf


class PrinterDriver:
    """Events: Printed, PrintFailed, WireLost, WireBack.

    A slip waits for its turn, and for the first sign of life on a newly opened line. It fails at
    once when the printer is known to be silent, without paper, open or in error. Whatever is waited
    for counts from when the line, of `byte_s` seconds a byte, has carried what is before it.
    """

    def __init__(self, wire: str = "printer", byte_s: float = 0.0) -> None:
        self.strays = 0  # bytes of another shape, or that nobody waited for
        self._heart = Heartbeat(wire, byte_s)
        self._out = Outbox()
        self._job: _Job | None = None
        self._waiting: deque[_Job] = deque()
        self._problem: PrinterProblem | None = None
        self._asked = PAPER
        self._is_doubtful = False  # somebody may have put paper in since the last answer
        self._quiet_until_s = -math.inf
        self._is_open = False

    @property
    def due_s(self) -> float:
        """When a poll is due, an answer or a fence overdue."""
        return min(self._heart.due_s, self._job.until_s if self._job else math.inf)

    def print_slip(self, number: int, slip: Slip, now_s: float) -> Reaction:
        """Print it in its turn; Printed or PrintFailed carries `number`."""
        try:
            job = _Job(number, slip_bytes(slip))
        except SlipError:
            self._out.tell((PrintFailed(number, PrinterProblem.ERROR),))
            return self._out.take()
        self._waiting.append(job)
        if self._problem:
            self._problem, self._is_doubtful = None, True
            self._heart.hurry(now_s)
        return self._go_on(now_s)

    def opened(self, now_s: float) -> Reaction:
        """The line is open; what an earlier run may have left in the buffers is cleared."""
        self._is_open = True
        self._heart.opened(now_s)
        self._write(CLEAR_BUFFERS, now_s)
        return self._go_on(now_s)

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Status and fence bytes; all others are counted and ignored."""
        for byte in raw:
            if byte & 0x93 == 0x12 and self._heart.asking:
                self._status(byte, now_s)
            elif byte & 0x90 == 0 and self._job is not None:
                self._fence(self._job, byte, now_s)
            else:
                self.strays += 1
        return self._go_on(now_s)

    def written(self, now_s: float) -> Reaction:
        """Only the fence tells that a slip is on paper."""
        return self._out.take()

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """The line is gone; every slip fails."""
        self._is_open = False
        self._problem = None
        self._fail_all(PrinterProblem.SILENT)
        self._out.tell(self._heart.lost(reason))
        return self._out.take()

    def tick(self, now_s: float) -> Reaction:
        """Polls, silence, a fence that never comes."""
        self._out.tell(self._heart.check(now_s))
        if self._job and self._heart.silent:
            self._fail_job(PrinterProblem.SILENT, now_s)
        if self._job and now_s >= self._job.until_s:
            self._fail_job(PrinterProblem.ERROR, now_s)
        return self._go_on(now_s)

    def _go_on(self, now_s: float) -> Reaction:
        is_mute = not self._is_open or self._heart.silent
        known = PrinterProblem.SILENT if is_mute else self._problem
        if known and not self._job:
            self._fail_all(known)
        is_ready = self._heart.present and not self._is_doubtful
        can_start = is_ready and now_s >= self._quiet_until_s
        if self._waiting and not self._job and can_start:
            self._start(self._waiting.popleft(), now_s)
        if self._heart.wants_to_ask(now_s):
            self._ask(PAPER, now_s)
        return self._out.take()

    def _start(self, job: _Job, now_s: float) -> None:
        self._write(job.raw, now_s)
        self._job = _Job(job.number, job.raw, self._heart.passed_s + FENCE_WITHIN_S)
        self._heart.hurry(now_s + POLL_WHILE_BUSY_S)

    def _ask(self, n: int, now_s: float) -> None:
        is_urgent = self._job is not None or self._problem is not None
        self._asked = n
        self._write(status_question(n), now_s)
        self._heart.asked(now_s, POLL_WHILE_BUSY_S if is_urgent else POLL_EVERY_S)

    def _status(self, byte: int, now_s: float) -> None:
        self._out.tell(self._heart.answered())
        problem, follow_up = _meaning(self._asked, byte)
        if problem:
            self._trouble(problem, now_s)
        elif follow_up:
            self._ask(follow_up, now_s)
        else:
            self._problem, self._is_doubtful = None, False

    def _write(self, frame: bytes, now_s: float) -> None:
        self._out.write(frame)
        self._heart.wrote(frame, now_s)

    def _trouble(self, problem: PrinterProblem, now_s: float) -> None:
        self._problem, self._is_doubtful = problem, False
        if self._job:
            self._fail_job(problem, now_s)

    def _fence(self, job: _Job, byte: int, now_s: float) -> None:
        if byte & 0x0C:
            self._trouble(PrinterProblem.PAPER_OUT, now_s)
            return
        self._job = None
        self._out.tell((Printed(job.number),))

    def _fail_job(self, problem: PrinterProblem, now_s: float) -> None:
        assert self._job is not None
        self._out.tell((PrintFailed(self._job.number, problem),))
        self._write(CLEAR_BUFFERS, now_s)
        self._job = None
        self._quiet_until_s = self._heart.passed_s + QUIET_S
        self._heart.pause(self._quiet_until_s)

    def _fail_all(self, problem: PrinterProblem) -> None:
        jobs = ([self._job] if self._job else []) + list(self._waiting)
        self._out.tell(PrintFailed(job.number, problem) for job in jobs)
        self._job = None
        self._waiting.clear()


def _meaning(n: int, byte: int) -> tuple[PrinterProblem | None, int | None]:
    """The problem that an answer to status question `n` names, or the question to ask next."""
    if n == PAPER:
        return (PrinterProblem.PAPER_OUT, None) if byte & 0x60 else (None, OFFLINE_CAUSE)
    if n == ERROR_CAUSE:
        overheated = byte & 0x40 and not byte & 0x28
        return (PrinterProblem.OVERHEATED if overheated else PrinterProblem.ERROR, None)
    if byte & 0x04:
        return PrinterProblem.COVER_OPEN, None
    if byte & 0x20:
        return PrinterProblem.PAPER_OUT, None
    return None, ERROR_CAUSE if byte & 0x40 else None

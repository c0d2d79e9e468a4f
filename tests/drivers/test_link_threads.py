"""Each way in which a connection can fail, told once."""

import errno
import queue
import termios
import threading
from dataclasses import dataclass, field

import pytest
import serial

from drivers.reader_thread import Reopenable
from terminal.link_events import FrameWritten, LinkLost, LinkOpened
from tests.drivers.live import (
    DEVICE,
    WAIT_S,
    Inbox,
)


@dataclass
class ScriptedPipe:
    """A pipe whose reads and writes do what a test says; `wake` ends a waiting read."""

    reads: queue.Queue[bytes | Exception] = field(default_factory=queue.Queue)
    write_error: Exception | None = None
    closed: threading.Event = field(default_factory=threading.Event)

    def read(self) -> bytes:
        item = self.reads.get(timeout=WAIT_S)
        if isinstance(item, Exception):
            raise item
        return item

    def write(self, raw: bytes) -> None:
        if self.write_error is not None:
            raise self.write_error

    def write_now(self, raw: bytes) -> int:
        return 0

    def wake(self) -> None:
        self.reads.put(b"")

    def close(self) -> None:
        self.closed.set()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (serial.SerialException("device reports readiness"), "device reports readiness"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (termios.error(22, "Invalid argument"), "(22, 'Invalid argument')"),
        (OSError(), "OSError"),
    ],
)
def test_each_way_a_port_can_fail_is_one_loss(error: Exception, reason: str, inbox: Inbox) -> None:
    pipe = ScriptedPipe(write_error=error)
    link = Reopenable(DEVICE, inbox, lambda: pipe)
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    pipe.reads.put(error)
    link.write(b"x")
    lost = inbox.next()
    assert isinstance(lost, LinkLost)
    assert lost.reason == reason
    assert pipe.closed.wait(WAIT_S)
    assert inbox.is_empty


def test_failed_write_is_a_loss_with_a_write_called(inbox: Inbox) -> None:
    pipe = ScriptedPipe(write_error=serial.SerialTimeoutException("Write timeout"))
    link = Reopenable(DEVICE, inbox, lambda: pipe)
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    link.write(b"x")
    assert inbox.next() == LinkLost(DEVICE, "Write timeout", True)
    assert pipe.closed.wait(WAIT_S)


def test_closed_while_connecting_says_nothing(inbox: Inbox) -> None:
    may_connect, pipe = threading.Event(), ScriptedPipe()

    def connect() -> ScriptedPipe:
        assert may_connect.wait(WAIT_S)
        return pipe

    link = Reopenable(DEVICE, inbox, connect)
    link.open()
    link.close()
    may_connect.set()
    assert pipe.closed.wait(WAIT_S)
    assert inbox.is_empty


@pytest.mark.parametrize("error", [ValueError("baudrate"), NotImplementedError("parity")])
def test_setting_that_the_port_does_not_take_is_a_loss(error: Exception, inbox: Inbox) -> None:
    def connect() -> ScriptedPipe:
        raise error

    link = Reopenable(DEVICE, inbox, connect, in_turn=True)
    for _ in range(2):
        link.open()
        assert inbox.next() == LinkLost(DEVICE, str(error), False)


@dataclass
class NarrowPipe(ScriptedPipe):
    """Takes at most two bytes at once; the rest is for the writer thread."""

    taken: bytearray = field(default_factory=bytearray)

    def write_now(self, raw: bytes) -> int:
        self.taken += raw[:2]
        return len(raw[:2])

    def write(self, raw: bytes) -> None:
        self.taken += raw


def test_frames_that_are_not_taken_at_once_stay_whole_and_in_order(inbox: Inbox) -> None:
    pipe = NarrowPipe()
    link = Reopenable("printer", inbox, lambda: pipe)
    link.open()
    assert inbox.next() == LinkOpened("printer")
    for frame in (b"first", b"2", b"third"):
        link.write(frame)
    assert [inbox.next() for _ in range(3)] == [FrameWritten("printer")] * 3
    link.close()
    assert pipe.closed.wait(WAIT_S)
    assert pipe.taken == b"first2third"

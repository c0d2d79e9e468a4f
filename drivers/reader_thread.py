"""The threads of one link: one connects and writes, another reads; one loss at most.

Nobody else in the firmware starts a thread. A thread may only call the inbox.
"""

from __future__ import annotations

import termios
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Protocol

from terminal.link_events import BytesArrived, FrameWritten, LinkEvent, LinkLost, LinkOpened
from terminal.ports import Inbox

# SerialException is an OSError. pyserial lets termios.error pass when a port goes away, and says
# ValueError or NotImplementedError of a setting that a port does not take; a host name that is
# none is a UnicodeError, which is a ValueError.
LOSSES = (OSError, termios.error, ValueError, NotImplementedError)


class Pipe(Protocol):
    """One open connection. Its calls may block, and raise one of LOSSES when it is gone."""

    def read(self) -> bytes:
        """Wait for some bytes; nothing after a while, or when woken, is b""."""
        ...

    def write(self, raw: bytes) -> None:
        """Write all of it."""
        ...

    def write_now(self, raw: bytes) -> int:
        """Write what is taken without waiting, and say how much that was; never waits."""
        ...

    def wake(self) -> None:
        """End a read that blocks in another thread."""
        ...

    def close(self) -> None:
        """Give the connection up."""
        ...


Connect = Callable[[], Pipe]


class Session:
    """From `start` to `close` or to the one LinkLost; after either it says nothing more.

    Every event is put into the inbox under the lock, so that none follows the end.
    """

    def __init__(
        self, wire: str, inbox: Inbox, connect: Connect, after: Session | None = None
    ) -> None:
        self._wire = wire
        self._inbox = inbox
        self._connect = connect
        self._after = after  # a port opened exclusively must be closed before it is opened again
        self._frames: SimpleQueue[bytes | None] = SimpleQueue()
        self._lock = Lock()
        self._pipe: Pipe | None = None
        self._waiting = 0  # frames that the writer has not finished
        self._is_connected = False
        self._write_called = False
        self._is_over = False
        self._ended = Event()

    @property
    def is_over(self) -> bool:
        """Lost or closed."""
        return self._is_over

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._thread("writer", self._run)

    def write(self, frame: bytes) -> None:
        """Write one frame, by the writer thread when the line does not take it at once.

        Handing a frame to another thread costs more than writing it: a message to the host would
        wait for the display to be drawn.
        """
        with self._lock:
            if self._is_over:
                return
            self._write_called = True
            rest = frame[self._written_now(frame) :]
            if rest:
                self._waiting += 1
                self._frames.put(rest)
            else:
                self._inbox(FrameWritten(self._wire))

    def _written_now(self, frame: bytes) -> int:
        if self._pipe is None or self._waiting:
            return 0
        try:
            return self._pipe.write_now(frame)
        except LOSSES:
            return 0  # the writer meets the same loss, and tells it

    def close(self) -> None:
        """Say nothing more, return at once; what was handed over before is still written."""
        with self._lock:
            self._is_over = True
            self._frames.put(None)

    def _run(self) -> None:
        try:
            if self._after is not None:
                self._after._ended.wait()
                self._after = None
            if not self._is_over:
                self._serve(self._connect())
        except LOSSES as error:
            self._lose(error)
        finally:
            self._ended.set()

    def _serve(self, pipe: Pipe) -> None:
        self._is_connected = True
        try:
            if self._begin(pipe):
                reader = self._thread("reader", self._read, pipe)
                self._write_all(pipe)
                pipe.wake()
                reader.join()
        finally:
            pipe.close()

    def _begin(self, pipe: Pipe) -> bool:
        with self._lock:
            self._pipe = pipe
        return self._tell(LinkOpened(self._wire))

    def _write_all(self, pipe: Pipe) -> None:
        try:
            while (frame := self._frames.get()) is not None:
                pipe.write(frame)
                with self._lock:
                    self._waiting -= 1
                self._tell(FrameWritten(self._wire))
        except LOSSES as error:
            self._lose(error)

    def _read(self, pipe: Pipe) -> None:
        try:
            while self._arrived(pipe.read()):
                pass
        except LOSSES as error:
            self._lose(error)

    def _thread(self, role: str, work: Callable[..., None], *arguments: Pipe) -> Thread:
        name = f"{self._wire} {role}"
        thread = Thread(target=work, args=arguments, name=name, daemon=True)
        thread.start()
        return thread

    def _arrived(self, raw: bytes) -> bool:
        return self._tell(BytesArrived(self._wire, raw)) if raw else not self._is_over

    def _tell(self, event: LinkEvent) -> bool:
        with self._lock:
            if not self._is_over:
                self._inbox(event)
            return not self._is_over

    def _lose(self, error: Exception) -> None:
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
            self._frames.put(None)
            begun = self._write_called and self._is_connected
            self._inbox(LinkLost(self._wire, _reason(error), begun))


class Reopenable:
    """A link: the present session, and another one after it has ended.

    `in_turn`: a session begins to connect when the one before has wholly ended.
    """

    def __init__(self, wire: str, inbox: Inbox, connect: Connect, in_turn: bool = False) -> None:
        self._wire = wire
        self._inbox = inbox
        self._connect = connect
        self._in_turn = in_turn
        self._session: Session | None = None

    def open(self) -> None:
        """Begin to connect; nothing when it is connected or connecting."""
        if self._session is None or self._session.is_over:
            after = self._session if self._in_turn else None
            self._session = Session(self._wire, self._inbox, self._connect, after)
            self._session.start()

    def write(self, frame: bytes) -> None:
        """Hand one frame to the writer; nothing after a loss."""
        if self._session is not None:
            self._session.write(frame)

    def close(self) -> None:
        """End it; no event follows."""
        if self._session is not None:
            self._session.close()


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text or type(error).__name__

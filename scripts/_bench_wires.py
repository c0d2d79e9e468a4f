"""The bench's end of the wires: every read and write gets a time stamp, in one thread.

A stamp of what is sent is taken before the write, of what came after the read, so what the bench
itself works between the two is never counted as the terminal's.
"""

from __future__ import annotations

import os
import select
import socket
import tty
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, monotonic_ns

from scripts._bench_figures import BenchError

READ_BYTES = 65536
TURN_MS = 20
PATIENCE_S = 5.0  # a hundred times of what any step takes
FRAME_START, FRAME_KIND = 0x02, 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """Bytes on a wire. Never shown: some of them are card data."""

    wire: str
    is_sent: bool
    at_ns: int
    raw: bytes = field(repr=False)

    def is_frame(self, kind: int) -> bool:
        """Begins with a frame of this kind."""
        raw = self.raw
        return len(raw) > FRAME_KIND and raw[0] == FRAME_START and raw[FRAME_KIND] == kind


OnBytes = Callable[[bytes], None]


class Wires:
    """All wires of the bench and what came over them, oldest first."""

    def __init__(self) -> None:
        self.log: list[Stamp] = []
        self._poll = select.poll()
        self._readers: dict[int, Callable[[], None]] = {}
        self._closing: list[Callable[[], None]] = []

    def pty(self, wire: str, on_bytes: OnBytes) -> tuple[str, OnBytes]:
        """A pseudo-terminal: its path, and how to send on it."""
        master, slave = os.openpty()
        tty.setraw(slave)  # the slave stays open: a master that nobody holds reads as gone
        self._closing += [lambda: os.close(master), lambda: os.close(slave)]

        def read() -> None:
            self._came(wire, os.read(master, READ_BYTES), on_bytes)

        def send(raw: bytes) -> None:
            self._stamp(wire, True, raw)
            os.write(master, raw)

        self._watch(master, read)
        return os.ttyname(slave), send

    def tcp(self, wire: str, new_line: Callable[[OnBytes], OnBytes]) -> int:
        """A listening port; `new_line` gets how to send and gives what takes the bytes."""
        listening = socket.create_server(("127.0.0.1", 0))
        self._closing.append(listening.close)
        self._watch(listening.fileno(), lambda: self._accept(wire, listening, new_line))
        return int(listening.getsockname()[1])

    def until(self, is_done: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
        """Serve the wires until it is done; BenchError says what did not come."""
        latest_s = monotonic() + within_s
        while not is_done():
            if monotonic() > latest_s:
                raise BenchError(f"{what} did not come within {within_s:g} s")
            self.turn()

    def turn(self, wait_ms: int = TURN_MS) -> None:
        """Whatever can be read now."""
        for number, _ in self._poll.poll(wait_ms):
            if number in self._readers:
                self._readers[number]()

    def wake_on(self, number: int) -> None:
        """End a turn also when something can be read there; whoever asks reads it."""
        self._poll.register(number, select.POLLIN)

    def forget(self, number: int) -> None:
        """The opposite of `wake_on`."""
        self._poll.unregister(number)

    def close(self) -> None:
        """Give all of them up."""
        for close in self._closing:
            close()
        self._closing.clear()

    def _accept(
        self, wire: str, listening: socket.socket, new_line: Callable[[OnBytes], OnBytes]
    ) -> None:
        line, _ = listening.accept()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def send(raw: bytes) -> None:
            self._stamp(wire, True, raw)
            line.sendall(raw)

        on_bytes = new_line(send)

        def read() -> None:
            try:
                raw = line.recv(READ_BYTES)
            except ConnectionResetError:
                raw = b""
            if raw:
                self._came(wire, raw, on_bytes)
            else:
                self._drop(line)

        self._watch(line.fileno(), read)

    def _drop(self, line: socket.socket) -> None:
        self._poll.unregister(line)
        del self._readers[line.fileno()]
        line.close()

    def _watch(self, number: int, read: Callable[[], None]) -> None:
        self._readers[number] = read
        self._poll.register(number, select.POLLIN)

    def _came(self, wire: str, raw: bytes, on_bytes: OnBytes) -> None:
        self._stamp(wire, False, raw)
        on_bytes(raw)

    def _stamp(self, wire: str, is_sent: bool, raw: bytes) -> None:
        self.log.append(Stamp(wire, is_sent, monotonic_ns(), raw))

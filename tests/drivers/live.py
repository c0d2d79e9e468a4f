"""What the tests of live links share: an inbox whose every wait has an end, ptys and sockets."""

import queue
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.link import LinkSettings
from terminal.link_events import BytesArrived, LinkEvent, LinkLost

WAIT_S: Final = 10.0
SETTINGS: Final = LinkSettings()
DEVICE: Final = "keypad"


class Inbox:
    """What a link says; every wait has an end."""

    def __init__(self) -> None:
        self._events: queue.Queue[LinkEvent] = queue.Queue()

    def __call__(self, event: LinkEvent) -> None:
        self._events.put(event)

    def next(self) -> LinkEvent:
        return self._events.get(timeout=WAIT_S)

    def bytes(self, count: int) -> bytes:
        """That many bytes, however they were cut; other events on the way are passed over."""
        raw = b""
        while len(raw) < count:
            event = self.next()
            assert not isinstance(event, LinkLost)
            raw += event.raw if isinstance(event, BytesArrived) else b""
        return raw

    def lost(self) -> LinkLost:
        while not isinstance(event := self.next(), LinkLost):
            pass
        return event

    @property
    def is_empty(self) -> bool:
        return self._events.empty()


@dataclass
class Pty:
    """A pty as the emulator makes one: raw, and its slave held open."""

    master: int
    slave: int
    path: str


def read_exactly(read: Callable[[int], bytes], count: int) -> bytes:
    raw = b""
    while len(raw) < count:
        raw += read(count - len(raw))
    return raw


def accept(server: socket.socket) -> socket.socket:
    connection, _ = server.accept()
    connection.settimeout(WAIT_S)
    return connection


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def url_of(server: socket.socket, scheme: str) -> str:
    return f"{scheme}://127.0.0.1:{server.getsockname()[1]}"

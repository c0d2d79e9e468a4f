"""One opening of a port that is there already: of this computer, or of a device server."""

import asyncio
import errno
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

import serial

from emulator.serve_descriptor import Descriptor
from emulator.serve_wires import OnBytes

READ_WITHIN_S: Final = 0.2
Gone = Callable[[], None]


class Port(Protocol):
    """An open port: `came` gets its bytes, `gone` is called once when it goes away."""

    def send(self, raw: bytes) -> None:
        """Bytes to the terminal."""

    def close(self) -> None:
        """Give it back; nothing is told any more."""


class PathPort:
    """A serial port of this computer."""

    def __init__(self, port: serial.Serial, came: OnBytes, gone: Gone) -> None:
        self._port = port
        self._descriptor = Descriptor(port.fileno(), came, gone)

    def send(self, raw: bytes) -> None:
        self._descriptor.send(raw)

    def close(self) -> None:
        self._descriptor.stop()
        self._port.close()


class UrlPort:
    """A port behind a URL: pyserial has no descriptor for it, so a thread waits for its bytes."""

    def __init__(self, port: serial.Serial, came: OnBytes, gone: Gone) -> None:
        self._port = port
        self._came, self._gone = came, gone
        self._loop = asyncio.get_running_loop()
        self._is_open = True
        threading.Thread(target=self._read, name="port", daemon=True).start()

    def send(self, raw: bytes) -> None:
        with suppress(OSError):  # the reader meets the same loss, and tells it
            self._port.write(raw)

    def close(self) -> None:
        self._is_open = False
        self._port.close()

    def _read(self) -> None:
        try:
            while self._is_open:
                self._tell(self._came_in, self._port.read(max(1, self._port.in_waiting)))
        except (OSError, TypeError, AttributeError):  # pyserial's words for a port that was closed
            self._tell(self._went, b"")

    def _tell(self, act: OnBytes, raw: bytes) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(act, raw)

    def _came_in(self, raw: bytes) -> None:
        if self._is_open and raw:
            self._came(raw)

    def _went(self, raw: bytes) -> None:
        if self._is_open:
            self._gone()


def open_port(url: str, baud: int) -> serial.Serial:
    """The port, 8N1, nobody else's meanwhile; waits for a device server. OSError when it can't."""
    return serial.serial_for_url(url, baudrate=baud, timeout=READ_WITHIN_S, exclusive=True)


def reason(error: OSError) -> str:
    """Why a port can't be opened; pyserial's own words tell it more than once."""
    if error.errno == errno.EAGAIN or getattr(error.__context__, "errno", 0) == errno.EAGAIN:
        return "in use by another program"
    return getattr(error.__context__, "strerror", None) or error.strerror or str(error)

"""A wire as an RFC 2217 port: a serial device server, as laboratories have them."""

import struct
from collections.abc import Callable
from typing import Final, cast

from serial.rfc2217 import PortManager, Serial

from emulator.serve_tcp import TcpWire

IAC: Final = b"\xff"


class LinePort:
    """The serial port that the other side sets up: it remembers what it is told."""

    def __init__(self) -> None:
        self.baudrate = 9600
        self.bytesize = 8
        self.parity = "N"
        self.stopbits: float = 1
        self.xonxoff = self.rtscts = False
        self.break_condition = False
        self.rts = self.dtr = True
        self.cts = self.dsr = self.cd = True
        self.ri = False

    def reset_input_buffer(self) -> None:
        """Nothing is kept here that could be thrown away."""

    def reset_output_buffer(self) -> None:
        """Nothing is kept here that could be thrown away."""


class NetworkSide:
    """Where the port manager writes its answers."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def write(self, data: bytes) -> None:
        self._write(bytes(data))


class Rfc2217Codec:
    """Telnet options out, device bytes through; pyserial's own server side does the talking."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        # It asks for nothing of a serial port but what these two have.
        port, network = cast(Serial, LinePort()), cast(Serial, NetworkSide(write))
        self._manager = PortManager(port, network)

    def decoded(self, raw: bytes) -> bytes:
        """Raises ValueError when a sub-negotiation can't be read."""
        try:
            return b"".join(self._manager.filter(raw))
        except (struct.error, LookupError, TypeError, AttributeError):
            raise ValueError("not RFC 2217") from None

    def encoded(self, raw: bytes) -> bytes:
        return raw.replace(IAC, IAC + IAC)


def rfc2217_wire() -> TcpWire:
    """A wire that speaks RFC 2217."""
    return TcpWire("rfc2217", Rfc2217Codec)

"""A serial link over an RFC 2217 server in this process."""

import socket
import threading

import pytest
from serial.rfc2217 import PortManager

from drivers.link import LinkSettings, make_link
from terminal.link_events import LinkOpened
from tests.drivers.live import DEVICE, WAIT_S, Inbox, accept, url_of


class LoopbackPort:
    """What PortManager wants of a serial port, without one."""

    baudrate, bytesize, parity, stopbits = 9600, 8, "N", 1
    xonxoff = rtscts = dsrdtr = rts = dtr = break_condition = False
    cts = dsr = ri = cd = True

    def reset_input_buffer(self) -> None:
        """Nothing is buffered."""

    def reset_output_buffer(self) -> None:
        """Nothing is buffered."""


class TelnetWriter:
    """The connection as PortManager writes to it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, raw: bytes) -> None:
        self._connection.sendall(raw)


def echo_over_rfc2217(server: socket.socket, port: LoopbackPort) -> None:
    with accept(server) as connection:
        manager = PortManager(
            port,  # type: ignore[arg-type]  # it uses only what LoopbackPort has
            TelnetWriter(connection),  # type: ignore[arg-type]  # it only calls write
        )
        while raw := connection.recv(1024):
            data = b"".join(manager.filter(raw))
            if data.endswith(b"bye"):
                return
            connection.sendall(b"".join(manager.escape(data)))


@pytest.mark.filterwarnings("ignore:set:DeprecationWarning:serial")  # pyserial's setDaemon
def test_rfc2217_both_ways_and_lost(server: socket.socket, inbox: Inbox) -> None:
    port = LoopbackPort()
    device = threading.Thread(target=echo_over_rfc2217, args=(server, port), daemon=True)
    device.start()
    link = make_link(DEVICE, url_of(server, "rfc2217"), inbox, LinkSettings(baudrate=19200))
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    assert port.baudrate == 19200
    link.write(b"\xff\x00echo")
    assert inbox.bytes(6) == b"\xff\x00echo"
    link.write(b"bye")
    assert inbox.lost().write_called
    device.join(WAIT_S)

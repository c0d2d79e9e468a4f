"""The other ends of live links."""

import contextlib
import os
import pty
import socket
import tty
from collections.abc import Iterator

import pytest

from tests.drivers.live import (
    WAIT_S,
    Inbox,
    Pty,
)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def device() -> Iterator[Pty]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    yield Pty(master, slave, os.ttyname(slave))
    for fd in (master, slave):
        with contextlib.suppress(OSError):  # the test may have closed it
            os.close(fd)


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(WAIT_S)
        yield listener

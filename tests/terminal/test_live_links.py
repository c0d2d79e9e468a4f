"""What the live links of the terminal tell it: whose frames have left, and whose answers came."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal import app
from terminal.config import DeviceFile, WireUrls
from terminal.domain.facts import Identity
from terminal.domain.parameters import Parameters
from terminal.link_events import BytesArrived, FrameWritten, LinkEvent, LinkOpened
from terminal.ports import Link
from tests.drivers.live import Inbox, accept, url_of


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def links_to(server: socket.socket, folder: Path, inbox: Inbox) -> dict[str, Link]:
    urls = WireUrls(*(url_of(server, "socket"),) * 5, url_of(server, "tcp"))
    device = DeviceFile(Identity("12345678", "898310058120001"), urls)
    return app.live_links(app.Setting(device, Parameters(), folder), inbox)


def told_of_a_question(wire: str, server: socket.socket, folder: Path) -> list[LinkEvent]:
    """All that is told until the answer is there."""
    inbox = Inbox()
    link = links_to(server, folder, inbox)[wire]
    link.open()
    told = [inbox.next()]
    with accept(server) as peer:
        link.write(b"question")
        assert peer.recv(8)
        peer.sendall(b"answer")
        while not isinstance(told[-1], BytesArrived):
            told.append(inbox.next())
    link.close()
    return told


def test_a_frame_to_the_acquirer_is_told_and_one_to_a_device_is_not(
    server: socket.socket, tmp_path: Path
) -> None:
    written = FrameWritten("acquirer")
    assert written in told_of_a_question("acquirer", server, tmp_path)
    opened, answer = told_of_a_question("printer", server, tmp_path)
    assert (opened, answer) == (LinkOpened("printer"), BytesArrived("printer", b"answer"))

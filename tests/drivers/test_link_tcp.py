"""TCP links on loopback."""

import errno
import os
import socket

import pytest

from drivers.link import TcpLink, make_link
from terminal.link_events import BytesArrived, FrameWritten, LinkLost, LinkOpened
from tests.drivers.live import (
    DEVICE,
    SETTINGS,
    Inbox,
    accept,
    free_port,
    read_exactly,
    url_of,
)


@pytest.mark.parametrize("scheme", ["tcp", "socket"])
def test_tcp_both_ways(scheme: str, server: socket.socket, inbox: Inbox) -> None:
    link = make_link("acquirer", url_of(server, scheme), inbox, SETTINGS)
    link.open()
    with accept(server) as host:
        assert inbox.next() == LinkOpened("acquirer")
        link.write(b"request")
        assert read_exactly(host.recv, 7) == b"request"
        assert inbox.next() == FrameWritten("acquirer")
        host.sendall(b"response" * 1000)
        assert inbox.bytes(8000) == b"response" * 1000
        link.close()
        assert host.recv(1) == b""


def test_answer_before_the_end_of_a_connection_comes_before_its_loss(
    server: socket.socket, inbox: Inbox
) -> None:
    link = make_link("acquirer", url_of(server, "tcp"), inbox, SETTINGS)
    link.open()
    with accept(server) as host:
        link.write(b"?")
        assert host.recv(1) == b"?"
        host.sendall(b"answer")
    assert inbox.bytes(6) == b"answer"
    assert inbox.lost() == LinkLost("acquirer", "closed by the other end", True)
    assert inbox.is_empty


def test_connection_that_ends_before_any_write(server: socket.socket, inbox: Inbox) -> None:
    link = make_link("acquirer", url_of(server, "tcp"), inbox, SETTINGS)
    link.open()
    accept(server).close()
    assert inbox.next() == LinkOpened("acquirer")
    assert inbox.next() == LinkLost("acquirer", "closed by the other end", False)
    link.open()
    accept(server).close()
    assert inbox.next() == LinkOpened("acquirer")


def test_refused_connection_is_a_loss_without_a_write(inbox: Inbox) -> None:
    link = TcpLink("acquirer", ("127.0.0.1", free_port()), inbox, 5.0)
    link.open()
    link.write(b"money")
    lost = inbox.next()
    assert isinstance(lost, LinkLost)
    assert not lost.write_called
    assert lost.reason == os.strerror(errno.ECONNREFUSED)


def test_host_name_that_is_none_is_a_loss(inbox: Inbox) -> None:
    link = TcpLink("acquirer", ("a" * 64 + ".invalid", 1), inbox, 5.0)
    link.open()
    assert isinstance(inbox.next(), LinkLost)


def test_two_frames_leave_at_once_without_nagle(server: socket.socket, inbox: Inbox) -> None:
    link = make_link(DEVICE, url_of(server, "socket"), inbox, SETTINGS)
    link.open()
    with accept(server) as device:
        for _ in range(50):  # with Nagle and delayed ACK this would take seconds
            link.write(b"head")
            link.write(b"body")
            assert read_exactly(device.recv, 8) == b"headbody"
            device.sendall(b"!")
            inbox.bytes(1)
    link.close()


def test_frame_written_right_before_close_still_leaves(server: socket.socket, inbox: Inbox) -> None:
    link = make_link("acquirer", url_of(server, "tcp"), inbox, SETTINGS)
    for _ in range(20):
        link.open()
        with accept(server) as host:
            assert inbox.next() == LinkOpened("acquirer")
            link.write(b"ack")
            assert inbox.next() == FrameWritten("acquirer")
            link.close()
            assert read_exactly(host.recv, 3) == b"ack"
            assert host.recv(1) == b""


def test_nothing_is_said_after_close(server: socket.socket, inbox: Inbox) -> None:
    link = make_link("acquirer", url_of(server, "tcp"), inbox, SETTINGS)
    link.open()
    with accept(server) as host:
        assert inbox.next() == LinkOpened("acquirer")
        link.close()
        assert host.recv(1) == b""
    link.open()
    with accept(server) as host:
        assert inbox.next() == LinkOpened("acquirer")
        host.sendall(b"new")
        assert inbox.next() == BytesArrived("acquirer", b"new")
    assert isinstance(inbox.next(), LinkLost)

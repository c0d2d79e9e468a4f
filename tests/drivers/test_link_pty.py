"""Serial links over real ptys."""

import os

from drivers.link import make_link
from terminal.link_events import FrameWritten, LinkLost, LinkOpened
from tests.drivers.live import DEVICE, SETTINGS, Inbox, Pty, read_exactly


def test_pty_both_ways(device: Pty, inbox: Inbox) -> None:
    link = make_link(DEVICE, device.path, inbox, SETTINGS)
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    link.write(b"\x02question\r\n\x03\x04\x11\x13")
    assert (
        read_exactly(lambda n: os.read(device.master, n), 15) == b"\x02question\r\n\x03\x04\x11\x13"
    )
    assert inbox.next() == FrameWritten(DEVICE)
    os.write(device.master, b"\x00\xff\x03\x11answer\r")
    assert inbox.bytes(11) == b"\x00\xff\x03\x11answer\r"
    link.close()


def test_frames_are_written_in_order(device: Pty, inbox: Inbox) -> None:
    link = make_link(DEVICE, f"serial:{device.path}", inbox, SETTINGS)
    link.open()
    for number in range(100):
        link.write(bytes((number,)) * 10)
    raw = read_exactly(lambda n: os.read(device.master, n), 1000)
    assert raw == b"".join(bytes((number,)) * 10 for number in range(100))
    link.close()


def test_pty_that_goes_is_lost_once(device: Pty, inbox: Inbox) -> None:
    link = make_link(DEVICE, device.path, inbox, SETTINGS)
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    link.write(b"x")
    assert inbox.next() == FrameWritten(DEVICE)
    os.close(device.master)
    lost = inbox.next()
    assert isinstance(lost, LinkLost)
    assert (lost.wire, lost.write_called) == (DEVICE, True)
    link.write(b"y")
    link.close()
    assert inbox.is_empty


def test_port_that_is_not_there_is_lost_and_can_be_opened_later(
    device: Pty, inbox: Inbox, tmp_path: object
) -> None:
    path = f"{tmp_path}/port"
    link = make_link(DEVICE, path, inbox, SETTINGS)
    link.open()
    link.write(b"never leaves")
    first = inbox.next()
    assert isinstance(first, LinkLost)
    assert not first.write_called
    os.symlink(device.path, path)
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    link.close()


def test_port_is_opened_exclusively(device: Pty, inbox: Inbox) -> None:
    first = make_link(DEVICE, device.path, inbox, SETTINGS)
    first.open()
    assert inbox.next() == LinkOpened(DEVICE)
    second_inbox = Inbox()
    second = make_link(DEVICE, device.path, second_inbox, SETTINGS)
    second.open()
    assert isinstance(second_inbox.next(), LinkLost)
    first.close()


def test_port_can_be_opened_again_right_after_close(device: Pty, inbox: Inbox) -> None:
    link = make_link(DEVICE, device.path, inbox, SETTINGS)
    for number in range(20):
        link.open()
        assert inbox.next() == LinkOpened(DEVICE)
        os.write(device.master, bytes((number,)))
        assert inbox.bytes(1) == bytes((number,))
        link.close()
    assert inbox.is_empty


def test_open_twice_is_open_once(device: Pty, inbox: Inbox) -> None:
    link = make_link(DEVICE, device.path, inbox, SETTINGS)
    link.open()
    link.open()
    assert inbox.next() == LinkOpened(DEVICE)
    link.open()
    os.write(device.master, b"!")
    assert inbox.bytes(1) == b"!"
    assert inbox.is_empty
    link.close()


def test_link_never_opened_takes_write_and_close(inbox: Inbox) -> None:
    link = make_link(DEVICE, "/dev/null", inbox, SETTINGS)
    link.write(b"x")
    link.close()
    assert inbox.is_empty

"""Addresses and settings of links."""

from collections.abc import Callable

import pytest

from drivers.link import LinkSettings, SerialLink, TcpLink, make_link
from terminal.ports import Link
from tests.drivers.live import DEVICE, SETTINGS, Inbox


@pytest.mark.parametrize(
    "url",
    [
        "",
        "COM1",
        "ttyUSB0",
        "serial:ttyUSB0",
        "http://127.0.0.1:80",
        "loop://",
        "tcp://",
        "tcp://127.0.0.1",
        "tcp://:9000",
        "tcp://127.0.0.1:99999",
        "tcp://127.0.0.1:0",
        "tcp://[::1:9",
        "socket://127.0.0.1",
        "rfc2217://127.0.0.1:x",
    ],
)
def test_address_that_is_none_is_named(url: str, inbox: Inbox) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        make_link(DEVICE, url, inbox, SETTINGS)
    assert repr(url) in str(caught.value)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("tcp://[::1]:9000", TcpLink),
        ("serial:/dev/ttyS0", SerialLink),
        ("/dev/serial/by-id/x", SerialLink),
        ("socket://lab:9000", SerialLink),
        ("rfc2217://lab:9000?ign_set_control", SerialLink),
    ],
)
def test_address_picks_the_link(url: str, kind: type[Link], inbox: Inbox) -> None:
    assert isinstance(make_link(DEVICE, url, inbox, SETTINGS), kind)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: LinkSettings(baudrate=0), "baudrate"),
        (lambda: LinkSettings(bytesize=9), "bytesize"),
        (lambda: LinkSettings(parity="even"), "parity"),
        (lambda: LinkSettings(stopbits=3), "stopbits"),
        (lambda: LinkSettings(connect_timeout_s=0), "connect_timeout_s"),
    ],
)
def test_wrong_setting_is_named(make: Callable[[], LinkSettings], name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}: "):
        make()

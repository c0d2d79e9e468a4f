"""A board and an emulator that know each other by cables only, at 9600 baud."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.books import bookings, differences, journal
from tests.end_to_end.lab import (
    BAUD,
    CABLES,
    board,
    board_of,
    process,
    ser2net_file,
    soldered,
    until,
)
from tests.end_to_end.running import Running, running
from tests.end_to_end.till import Till

pytestmark = [
    pytest.mark.emulator,
    pytest.mark.slow,
    pytest.mark.socat,
]
SLIPS = ["MERCHANT COPY", "CARDHOLDER COPY"]


@pytest.fixture
def lab(tmp_path: Path, socat_path: str) -> Iterator[Path]:
    """A folder with the two plugs of each cable."""
    with soldered(socat_path, tmp_path) as folder:
        yield folder


def at_the_lab(lab: Path) -> list[str]:
    """What the emulator is told: its plug of each cable, and their speed."""
    return plugged_in({name: str(lab / f"{name}.lab") for name in CABLES})


def plugged_in(ports: dict[str, str]) -> list[str]:
    words = [word for name, port in ports.items() for word in (f"--{name}", port)]
    return ["--devices-only", "--baud", str(BAUD), *words]


def free_ports() -> dict[str, int]:
    """A port for each cable that nobody has now."""
    with ExitStack() as stack:
        taken = {
            name: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for name in CABLES
        }
        return {name: one.getsockname()[1] for name, one in taken.items()}


def answers(port: int) -> bool:
    """Whether somebody takes a call there."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@contextmanager
def device_server(ser2net: str, lab: Path, end: str) -> Iterator[dict[str, str]]:
    """ser2net at these plugs; the URL of each cable."""
    ports = free_ports()
    file = ser2net_file(lab, end, ports)
    with process(ser2net, "-n", "-d", "-u", "-c", str(file)):
        until(lambda: all(map(answers, ports.values())))
        yield {n: f"rfc2217://127.0.0.1:{port}?ign_set_control" for n, port in ports.items()}


def assert_refund_goes_through(bench: Running, folder: Path, urls: dict[str, str]) -> None:
    """From the log-on to both slips: each once, and journal, ledger and paper tell the same."""
    on_board = board_of(bench.state, folder, urls.__getitem__)
    for file in bench.state.glob("journal.db*"):  # it was switched off: a part is in the log
        shutil.move(file, on_board)
    with board(on_board):
        till = Till(bench.channel)
        till.log_on()
        sale = till.sale(10000)
        slips = till.refund(sale)
    refunds, booked = journal(on_board), bookings(bench)
    assert differences(refunds, booked) == []
    assert [refund.outcome for refund in refunds] == ["approved"]
    assert len(booked) == 1
    every = bench.channel.ask("paper")["slips"]
    assert every == slips
    for slip, copy in zip(slips, SLIPS, strict=True):
        text = "\n".join(slip["rows"])
        assert all(word in text for word in (copy, "100.00", booked[0]["rrn"]))


def test_refund_over_a_cable_for_each_device(
    state: Path, shop: Path, lab: Path, tmp_path: Path
) -> None:
    with running(state, shop, *at_the_lab(lab)) as bench:
        urls = {name: str(lab / f"{name}.board") for name in CABLES}
        assert_refund_goes_through(bench, tmp_path / "board", urls)


@pytest.mark.ser2net
def test_refund_of_a_board_behind_a_device_server(
    state: Path, shop: Path, lab: Path, tmp_path: Path, ser2net_path: str
) -> None:
    server = device_server(ser2net_path, lab, "board")
    with running(state, shop, *at_the_lab(lab)) as bench, server as urls:
        assert_refund_goes_through(bench, tmp_path / "board", urls)


@pytest.mark.ser2net
def test_refund_with_the_emulator_behind_a_device_server(
    state: Path, shop: Path, lab: Path, tmp_path: Path, ser2net_path: str
) -> None:
    server = device_server(ser2net_path, lab, "lab")
    with server as urls, running(state, shop, *plugged_in(urls)) as bench:
        boards = {name: str(lab / f"{name}.board") for name in CABLES}
        assert_refund_goes_through(bench, tmp_path / "board", boards)

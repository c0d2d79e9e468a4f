"""The emulator as people and scripts start it."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EMULATOR = (sys.executable, "-m", "emulator")
PATIENCE_S = 120
SETTING = {**os.environ, "PYTHONPATH": str(ROOT)}

pytestmark = pytest.mark.emulator


@contextmanager
def started(*options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*EMULATOR, *options], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=SETTING
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [*EMULATOR, *options]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=SETTING, timeout=PATIENCE_S
    )


def printed(process: subprocess.Popen[str], name: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(f"{name}: "):
            return line.removeprefix(f"{name}: ").strip()
    pytest.fail(f"{name} was not printed")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_it_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with started("--headless", "--devices-only", "--state", str(tmp_path)) as process:
        control = printed(process, "control").split(":")
        device = printed(process, "device")
        assert Path(device) == tmp_path / "device.toml"
        process.send_signal(number)
        assert process.wait(PATIENCE_S) == 0
    assert not list((tmp_path / "wires").iterdir())
    with pytest.raises(ConnectionError):
        socket.create_connection((control[0], int(control[1])))


def test_folder_in_use_is_a_one_line_error(tmp_path: Path) -> None:
    options = ("--headless", "--devices-only", "--state", str(tmp_path))
    with started(*options) as process:
        printed(process, "device")
        second = run(*options)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert "another emulator is using this folder" in second.stderr


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--port", "x"), "a port is a number from 0 to 65535"),
        (("--control", "70000"), "a port is a number from 0 to 65535"),
        (("--acquirer", "http://x"), "a host's URL is like tcp://HOST:PORT"),
        (("--wires", "string"), "invalid choice"),
        (("--shop", "none.toml"), "none.toml: can't be read"),
        (("--host-line", "string"), "invalid choice"),
        (("--baud", "fast"), "a speed is 300 to 4000000 baud, or 0 for no limit"),
        (("--baud", "299"), "a speed is 300 to 4000000 baud, or 0 for no limit"),
        (("--baud", "9600", "--wires", "tcp"), "only pty wires have a speed"),
        (("--acquirer", "tcp://x"), "a host's URL is like tcp://HOST:PORT"),
        (("--acquirer", "tcp://x:65536"), "a host's URL is like tcp://HOST:PORT"),
        (("--acquirer", "socket://:5000"), "a host's URL is like tcp://HOST:PORT"),
        (("--demo", "--acquirer", "tcp://x:1"), "--demo: plays with the emulated host"),
        (("--demo", "--devices-only"), "--demo: plays with the emulated host"),
        (("--acquirer", "tcp://x:1", "--host-line", "serial"), "the line to another host"),
        (("--pcap", "x.pcap", "--host-line", "serial"), "--pcap: captures the emulated host's own"),
        (("--pcap", "x.pcap", "--acquirer", "tcp://x:1"), "--pcap: captures the emulated host's"),
        (("--keypad", "/dev/none"), "--keypad: a cable leads to another computer's firmware"),
        (("--devices-only", "--keypad", "COM1"), "a port is like /dev/ttyUSB0"),
        (("--devices-only", "--host", "/dev/none", "--host-line", "tls"), "--host: the cable is"),
        (("--devices-only", "--printer", "/dev/none"), "printer: /dev/none: No such file"),
    ],
)
def test_wrong_option_is_named(options: tuple[str, ...], error: str) -> None:
    ended = run("--headless", *options)
    assert ended.returncode == 2
    assert error in ended.stderr
    assert "Traceback" not in ended.stderr


def test_capture_that_cannot_be_written_is_a_one_line_error(tmp_path: Path) -> None:
    pcap = tmp_path / "none" / "line.pcap"
    ended = run("--headless", "--state", str(tmp_path / "state"), "--pcap", str(pcap))
    assert ended.returncode == 2
    assert "line.pcap" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_port_in_use_is_a_one_line_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        options = ("--headless", "--devices-only", "--state", str(tmp_path))
        ended = run(*options, "--control", port)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert not list((tmp_path / "wires").iterdir())


def test_damaged_memory_of_the_keypad_is_a_one_line_error(tmp_path: Path) -> None:
    (tmp_path / "keypad.json").write_text("{")
    ended = run("--headless", "--devices-only", "--state", str(tmp_path))
    assert ended.returncode == 2
    assert "keypad.json" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only there the kernel ends the child")
def test_firmware_does_not_outlive_an_emulator_that_is_killed(tmp_path: Path) -> None:
    with started("--headless", "--state", str(tmp_path)) as process:
        printed(process, "control")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) == 1
        with os.fdopen(os.pidfd_open(int(children[0]))) as child:
            process.kill()
            ready, _, _ = select.select([child], [], [], PATIENCE_S)
    assert ready


@pytest.mark.slow
@pytest.mark.parametrize("wires", ["pty", "tcp"])
def test_demo_ends_with_books_that_agree(wires: str) -> None:
    ended = run("--demo", "--wires", wires)
    assert ended.returncode == 0, ended.stdout[-2000:]
    books = json.loads(ended.stdout.splitlines()[-1])
    assert books["agree"] is True
    assert len([slip for slip in books["slips"] if slip["cut"]]) == 2
    for screen in ("setup", "logon", "idle", "refund.amount", "refund.confirm", "refund.approved"):
        assert f"┌─ {screen} " in ended.stdout
    assert "→ 0220 " in ended.stdout
    assert "6212345678901232" not in ended.stdout


@pytest.mark.slow
def test_lab_script_gives_a_refund_through_the_channel(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "hil_refund.py")]
    with started("--headless", "--state", str(tmp_path)) as process:
        control = printed(process, "control")
        ended = subprocess.run(
            [*script, "--control", control, "--device", str(tmp_path / "device.toml")],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "the refund is on both books" in ended.stdout


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:1"])
def test_lab_script_without_a_channel_says_so(address: str) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "hil_refund.py")]
    ended = subprocess.run(
        [*script, "--control", address], capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("hil_refund: ")
    assert "Traceback" not in ended.stderr

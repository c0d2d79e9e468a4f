"""A laboratory: the firmware as a board of its own, and cables between it and the emulator."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.end_to_end.channel import PATIENCE_S
from tests.end_to_end.running import ROOT, SETTING

CABLES: Final = ("keypad", "display", "reader", "scanner", "printer", "host")
BAUD: Final = 9600


def wire_of(cable: str) -> str:
    """What device.toml calls it."""
    return "acquirer" if cable == "host" else cable


def until(is_so: Callable[[], bool]) -> None:
    """Look again until it is so."""
    latest_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < latest_s, "it did not come in time"
        time.sleep(0.02)


@contextmanager
def process(*command: str, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended afterwards."""
    started = subprocess.Popen(command, **options)  # type: ignore[call-overload]
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(PATIENCE_S)


@contextmanager
def soldered(socat: str, folder: Path, cables: Sequence[str] = CABLES) -> Iterator[Path]:
    """A cable each: `NAME.board` and `NAME.lab` are its two plugs, pseudo-terminals of socat."""
    command = []
    for name in cables:
        ends = [f"pty,raw,echo=0,link={folder / name}.{end}" for end in ("board", "lab")]
        command.append([socat, *ends])
    running = [subprocess.Popen(each) for each in command]
    try:
        plugs = [folder / f"{name}.{end}" for name in cables for end in ("board", "lab")]
        until(lambda: all(plug.exists() for plug in plugs))
        yield folder
    finally:
        for each in running:
            each.terminate()
            each.wait(PATIENCE_S)


def board_of(state: Path, folder: Path, urls: Callable[[str], str]) -> Path:
    """The board's own folder: the emulator's two files, with the names of the board's ports."""
    folder.mkdir()
    device = (state / "device.toml").read_text(encoding="utf-8")
    for name in CABLES:
        line = rf'(?m)^{wire_of(name)} = ".*"$'
        device, count = re.subn(line, f'{wire_of(name)} = "{urls(name)}"', device)
        assert count == 1, name
    (folder / "device.toml").write_text(device, encoding="utf-8")
    shutil.copy(state / "parameters.toml", folder)
    return folder


@contextmanager
def board(folder: Path) -> Iterator[None]:
    """The firmware as on a board of its own: it knows its ports and nothing of the emulator."""
    command = (sys.executable, "-m", "terminal", "--config", str(folder / "device.toml"))
    with process(*command, cwd=ROOT, env=dict(SETTING)):
        yield


def ser2net_file(folder: Path, end: str, ports: dict[str, int]) -> Path:
    """A device server: this end of each cable on a TCP port, with RFC 2217."""
    text = "%YAML 1.1\n---\n"
    for name, port in ports.items():
        text += f"connection: &{name}\n"
        text += f"  accepter: telnet(rfc2217),tcp,127.0.0.1,{port}\n"
        text += f"  connector: serialdev,{folder / name}.{end},{BAUD}n81,local\n"
        text += "  options:\n    kickolduser: true\n"
    path = folder / "ser2net.yaml"
    path.write_text(text, encoding="utf-8")
    return path

"""The emulator as a process of its own, with the real firmware as its child."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.end_to_end.channel import PATIENCE_S, Channel

ROOT: Final = Path(__file__).parents[2]
SETTING: Final[Mapping[str, str]] = {**os.environ, "PYTHONPATH": str(ROOT)}
DEMO_SHOP: Final = ROOT / "emulator" / "shops" / "demo.toml"
QUICK: Final = "password_cost = 1000"  # the pad's slow hash is not what is tested here


@dataclass(frozen=True, slots=True)
class Running:
    """A bench that runs: its process, the folder it keeps, and the line to its control channel."""

    process: subprocess.Popen[str]
    state: Path
    channel: Channel

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it as a person or an init system does; the exit code."""
        self.channel.close()
        os.killpg(self.process.pid, number)
        self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode


def start(state: Path, shop: Path, *options: str) -> Running:
    """Start a bench without a page and connect to it."""
    command = [sys.executable, "-m", "emulator", "--headless", "--state", str(state)]
    process = subprocess.Popen(
        [*command, "--shop", str(shop), *options],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=dict(SETTING),
        start_new_session=True,  # so that Ctrl-C can be sent to its whole group
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("control: "):
            return Running(process, state, Channel(line.removeprefix("control: ").strip()))
    raise AssertionError(f"the emulator ended before it had started, code {process.wait()}")


@contextmanager
def running(state: Path, shop: Path, *options: str) -> Iterator[Running]:
    """A bench that is ended afterwards, however the test ends."""
    bench = start(state, shop, *options)
    try:
        yield bench
    finally:
        if bench.process.poll() is None:
            bench.end()


def children_of(pid: int) -> list[int]:
    """The processes that it has started; only where there is a /proc."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def write_shop(path: Path, profile: str = "") -> Path:
    """The demo shop with quick passwords, and more settings of the firmware's host profile."""
    demo = DEMO_SHOP.read_text(encoding="utf-8")
    quick = demo.replace("[parameters]", f"[parameters]\n{QUICK}\n#", 1)
    path.write_text(f"{quick}\n{profile}\n", encoding="utf-8")
    return path

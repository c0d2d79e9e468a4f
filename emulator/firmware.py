"""The firmware as a child process: started, killed at once, watched."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

ROOT: Final = Path(__file__).parent.parent
MODULE: Final = ("-m", "terminal", "--config")
PR_SET_PDEATHSIG: Final = 1
TAIL_BYTES: Final = 4096
Ending = Callable[[int, str], None]
State = Literal["on", "off", "stopped"]


class Firmware:
    """At most one process; `on_exit` gets exit code and last line when it ends by itself."""

    def __init__(self, device_file: Path, log: Path, command: tuple[str, ...] = MODULE) -> None:
        self.on_exit: Ending | None = None
        self.state: State = "off"
        self._command = (sys.executable, *command, str(device_file))
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Power on; no effect when it runs."""
        if self.state == "on":
            return
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the bench, which ends the firmware itself
                preexec_fn=_death_with_parent(),
            )
        self.state = "on"
        self._watch = asyncio.create_task(self._wait(self._process))

    async def kill(self) -> None:
        """Power off: the process is gone at once, whatever it was doing."""
        process, self._process = self._process, None
        self.state = "off"
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()
        if self._watch is not None:
            await self._watch
            self._watch = None

    def last_line(self) -> str:
        """The last line of the log."""
        try:
            with self._log.open("rb") as log:
                log.seek(max(0, log.seek(0, os.SEEK_END) - TAIL_BYTES))
                lines = log.read().decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    async def _wait(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        if self._process is not process:
            return
        self._process = None
        self.state = "stopped"
        if self.on_exit is not None:
            self.on_exit(code, self.last_line())


def _death_with_parent() -> Callable[[], None] | None:
    """A bench that is killed can't end its children: where the kernel can, it does it then."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

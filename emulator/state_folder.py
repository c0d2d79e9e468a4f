"""The folder that keeps what the emulated terminal keeps; one bench at a time uses it."""

import fcntl
import os
import shutil
from pathlib import Path
from typing import Final

FILES: Final = ("device.toml", "parameters.toml", "firmware.log", "keypad.json", "slips.json")
JOURNAL: Final = "journal.db"
DATABASES: Final = (JOURNAL, "ledger.sqlite")
COPIES: Final = "journal-copy-"
SUFFIXES: Final = ("", "-wal", "-shm", "-journal")


class StateError(Exception):
    """The folder can't be used; one line that says why."""


class StateFolder:
    """Locked from `take` to `release`; the lock is gone with the process, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = -1

    @property
    def wires(self) -> Path:
        """Where the links to the pseudo-terminals are."""
        return self.path / "wires"

    @property
    def certificates(self) -> Path:
        """Where the test certificates of a TLS line are."""
        return self.path / "certificates"

    def take(self) -> None:
        """Make the folder and lock it. Raises StateError when another bench has it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.wires.mkdir(exist_ok=True)
        except BlockingIOError:
            self.release()
            raise StateError(f"{self.path}: another emulator is using this folder") from None
        except OSError as error:
            self.release()
            raise StateError(f"{self.path}: {error.strerror}") from None

    def empty(self) -> None:
        """Forget the terminal that was here. Only our own files: the folder may hold others."""
        names = [*FILES, *(f"{name}{suffix}" for name in DATABASES for suffix in SUFFIXES)]
        for name in names:
            (self.path / name).unlink(missing_ok=True)
        for folder in (self.wires, self.certificates, *self.path.glob(f"{COPIES}*")):
            shutil.rmtree(folder, ignore_errors=True)
        self.wires.mkdir()

    def release(self) -> None:
        """Let the next one have it."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

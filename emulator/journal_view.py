"""The terminal's journal as it is now, read from a copy (terminal/journal/README.md).

The firmware has the file for itself while it runs, and SQLite lets nobody else in. So its bytes and
those of its log are copied, and the copy is read: all that was committed is in it.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import apsw

from emulator.state_folder import COPIES

MOST_BYTES: Final = 32 << 20
MOST_RECORDS: Final = 2000
TRIES: Final = 5
LOG_HEADER_BYTES: Final = 32
NEWEST: Final = (
    "SELECT number, kind, body, wall FROM records WHERE number > ? ORDER BY number DESC LIMIT ?"
)


class JournalUnseenError(Exception):
    """The journal can't be copied and read; the text says why."""


def records_since(path: Path, since: int) -> list[dict[str, object]]:
    """The newest records after that number, oldest first; none while there is no journal.

    Raises JournalUnseenError. Blocking: for a thread.
    """
    if not path.exists():
        return []
    for _ in range(TRIES):
        with TemporaryDirectory(prefix=COPIES, dir=path.parent) as folder:
            copy = Path(folder) / path.name
            if _is_copied(path, copy):
                return _read(copy, since)
    raise JournalUnseenError("it changes too fast to be copied")


def _is_copied(path: Path, copy: Path) -> bool:
    """Whether file and log belong together: no checkpoint came in between."""
    before = _mark(path)
    log = _log(path).read_bytes() if _log(path).exists() else b""
    raw = path.read_bytes()
    _log(copy).write_bytes(log)
    copy.write_bytes(raw)
    return before == _mark(path)


def _mark(path: Path) -> tuple[int, int, bytes]:
    """What a checkpoint changes: the file, and the head of the log that begins anew."""
    told = path.stat()
    if told.st_size > MOST_BYTES:
        raise JournalUnseenError("too long to be copied: export it, then scripts/journal reads it")
    if not _log(path).exists():
        return told.st_mtime_ns, told.st_size, b""
    with _log(path).open("rb") as log:
        return told.st_mtime_ns, told.st_size, log.read(LOG_HEADER_BYTES)


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _read(copy: Path, since: int) -> list[dict[str, object]]:
    try:
        journal = apsw.Connection(str(copy))
        try:
            rows = list(journal.execute(NEWEST, (since, MOST_RECORDS)))
        finally:
            journal.close()
    except apsw.Error as error:
        raise JournalUnseenError(f"not readable ({type(error).__name__})") from None
    return [
        {"number": number, "kind": kind, "body": json.loads(str(body)), "wall": wall}
        for number, kind, body, wall in reversed(rows)
    ]

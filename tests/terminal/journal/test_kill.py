"""A process killed in the middle of its appends, on the real file system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from terminal.journal.record import Head
from terminal.journal.store import look
from tests.terminal.journal.ledger import LedgerFold, opened

ROOT = Path(__file__).parents[3]
APPENDS_FOR_EVER = """
import sys
from terminal.journal.record import Head
from tests.terminal.journal.ledger import opened
journal = opened(sys.argv[1], Head(int(sys.argv[2]), bytes.fromhex(sys.argv[3])))
while True:
    record = journal.append("intent", {"amount_minor": 1}, sealed=b"sealed")
    print(record.number, record.hash.hex(), flush=True)
"""


def appended_until_killed(path: Path, remembered: Head, lines: int) -> list[Head]:
    """What a process acknowledged before it was killed, at least so many records."""
    command = [sys.executable, "-c", APPENDS_FOR_EVER]
    command += [str(path), str(remembered.number), remembered.hash.hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        heard += process.stdout.readlines()
    whole = [line.split() for line in heard if line.endswith("\n")]
    return [Head(int(number), bytes.fromhex(text)) for number, text in whole]


@pytest.mark.parametrize("lines", [1, 520])
def test_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "journal"
    remembered = Head(0, bytes(32))
    for _ in range(2):
        acknowledged = appended_until_killed(path, remembered, lines)
        remembered = acknowledged[-1]
        assert look(str(path), remembered, LedgerFold()).verdict == "ok"
    journal = opened(str(path), remembered)
    assert journal.state.sum_minor == journal.state.kinds["intent"] >= 2 * lines
    assert all(journal.hash_of(head.number) == head.hash for head in acknowledged)
    assert journal.verify_slice(1_000_000) is True
    journal.close()

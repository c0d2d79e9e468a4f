"""An administrator copies the journal; the copy is whole, and can be put back."""

import subprocess
import sys
from pathlib import Path

from terminal.journal.books_fold import BooksFold
from terminal.journal.looking import check_whole
from terminal.journal.record import Head
from terminal.journal.restoring import restore
from terminal.journal.store import look
from terminal.ui.text import Text
from tests.scenarios.cashier import refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu

ROOT = Path(__file__).parents[2]


def back_up(bench: MemoryBench) -> Path:
    bench.keys("MENU 8").log_on("99")
    menu(bench, Text.MENU_BACKUP)
    (copy,) = bench.folder.glob("journal-*.db")
    return copy


def test_copy_holds_every_record(bench: MemoryBench) -> None:
    refund(bench)
    bench.run(60.0)
    copy = back_up(bench)
    assert bench.screen == "backup"
    assert check_whole(str(copy)).number == bench.records()[-1].number


def test_operator_has_no_copy(bench: MemoryBench) -> None:
    menu(bench, Text.MENU_BACKUP)
    assert bench.screen == "menu"
    assert list(bench.folder.glob("journal-*.db")) == []


def test_copy_that_is_put_back_is_good_until_the_keypad_remembers_more(bench: MemoryBench) -> None:
    copy = back_up(bench)
    restored = bench.folder / "restored.db"
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/_journal.py", copy, "--restore", restored],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    bench.keys("ENTER MENU 8").log_on("01")
    refund(bench)
    newest = bench.records("intent")[-1]
    remembered = Head(newest.number, newest.hash)
    assert look(str(restored), None, BooksFold()).verdict == "ok"
    assert look(str(restored), remembered, BooksFold()).verdict == "older"


def test_copy_never_replaces_a_journal(bench: MemoryBench) -> None:
    copy = back_up(bench)
    target = bench.folder / "there.db"
    restore(str(copy), str(target), BooksFold())
    before = target.read_bytes()
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/_journal.py", copy, "--restore", target],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert target.read_bytes() == before

"""The state folder: one bench at a time, and only our own files are deleted."""

from pathlib import Path

import pytest

from emulator.state_folder import StateError, StateFolder


def test_second_bench_is_refused_in_one_line(tmp_path: Path) -> None:
    first, second = StateFolder(tmp_path), StateFolder(tmp_path)
    first.take()
    with pytest.raises(StateError, match="another emulator is using this folder"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path / "a" / "b c")
    folder.take()
    assert folder.wires.is_dir()
    folder.release()


def test_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(StateError, match="state: "):
        StateFolder(tmp_path / "state").take()


def test_fresh_start_forgets_the_terminal_and_nothing_else(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    folder.take()
    for name in ("journal.db", "journal.db-wal", "keypad.json", "ledger.sqlite", "mine.txt"):
        (tmp_path / name).write_text("x")
    folder.empty()
    assert {path.name for path in tmp_path.iterdir()} == {"lock", "mine.txt", "wires"}
    folder.release()

"""scripts/journal: the records for people and for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from scripts._journal import main
from tests.terminal.journal.ledger import filled, opened

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "journal")
    filled(path, 3)
    return path


def one_line_error(path: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main([path, *options]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error


def test_json_has_one_whole_record_a_line(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([path, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    journal = opened(path)
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    for line, record in zip(lines, journal.records(1, 4), strict=True):
        assert line == {
            "number": record.number,
            "kind": record.kind,
            "body": record.body,
            "wall": record.wall,
            "monotonic_ms": record.monotonic_ms,
            "previous": record.previous.hex(),
            "hash": record.hash.hex(),
        }


def test_table_shows_number_time_kind_and_body(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([path]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split() == [
        *("4", "2025-03-01T00:00:00.003Z", "intent"),
        *('"amount_minor"=102,', '"stan"=3'),
    ]


def test_check_tells_the_last_record(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    journal = opened(path)
    journal.close()
    assert main([path, "--check"]) == 0
    assert f"5 records, the last is {journal.head.hash.hex()}" in capsys.readouterr().out


def test_journal_in_use_is_named_with_what_to_do(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = f"from tests.terminal.journal.ledger import opened; j = opened({path!r}); input('up')"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.read(2) == b"up"
        error = one_line_error(path, capsys)
        owner.kill()
    assert "open in another program; export it" in error


def test_missing_journal_is_named(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no journal" in one_line_error(path + ".none", capsys, "--json")
    assert not Path(path + ".none").exists()


def test_other_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    other.write_text("not a journal" * 500)
    for options in ([], ["--json"], ["--check"]):
        assert "can't be read" in one_line_error(str(other), capsys, *options)


@pytest.mark.parametrize("options", [[], ["--json"], ["--check"]])
def test_changed_record_is_named(
    path: str, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    connection = apsw.Connection(path)
    connection.execute("UPDATE records SET kind = 'print' WHERE number = 3")
    connection.close()
    assert "record 3 differs from its hash" in one_line_error(path, capsys, *options)


def test_reader_may_stop_early(tmp_path: Path) -> None:
    path = str(tmp_path / "journal")
    filled(path, 3000)
    command = [sys.executable, str(ROOT / "scripts" / "_journal.py"), path, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        assert reading.stdout.readline().startswith(b'{"number": 1,')
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0

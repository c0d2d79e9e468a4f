"""The journal as the page sees it, while the firmware has it open."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from emulator import journal_view
from emulator.journal_view import JournalUnseenError, records_since
from terminal.journal.record import Row
from terminal.journal.tables import connect, create, insert, settle
from tests.emulator.bench.lab import asked, played, refused


def row(number: int, kind: str) -> Row:
    return Row(number, kind, f'{{"n":{number}}}', "2026-11-01T08:00:00.000Z", 0, b"", b"")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[apsw.Connection]:
    """Open as the firmware has it; three records are in its log alone."""
    connection = connect(str(path), None)
    create(connection)
    for number, kind in enumerate(("boot", "intent", "result"), start=1):
        insert(connection, row(number, kind), None)
    yield connection
    connection.close()


def test_what_was_committed_is_seen_while_the_firmware_runs(
    path: Path, journal: apsw.Connection
) -> None:
    seen = records_since(path, 0)
    assert [record["kind"] for record in seen] == ["boot", "intent", "result"]
    assert seen[1]["body"] == {"n": 2}
    insert(journal, row(4, "boot"), None)
    assert [record["number"] for record in records_since(path, 3)] == [4]


def test_moving_the_log_into_the_file_loses_nothing(path: Path, journal: apsw.Connection) -> None:
    settle(journal)
    insert(journal, row(4, "boot"), None)
    assert [record["number"] for record in records_since(path, 0)] == [1, 2, 3, 4]


def test_looking_changes_nothing_and_leaves_nothing(path: Path, journal: apsw.Connection) -> None:
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    records_since(path, 0)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_checkpoint_between_the_two_copies_is_noticed(
    path: Path, journal: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.read_bytes

    def checkpoint_first(read: Path) -> bytes:
        if read == path and not checkpoints:
            checkpoints.append(1)
            settle(journal)
            insert(journal, row(4, "boot"), None)
        return whole(read)

    checkpoints: list[int] = []
    monkeypatch.setattr(Path, "read_bytes", checkpoint_first)
    assert [record["number"] for record in records_since(path, 0)] == [1, 2, 3, 4]
    assert checkpoints


def test_no_journal_has_no_records(path: Path) -> None:
    assert records_since(path, 0) == []


def test_long_journal_is_not_copied(
    path: Path, journal: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_view, "MOST_BYTES", 10)
    with pytest.raises(JournalUnseenError, match="too long"):
        records_since(path, 0)


def test_verb_tells_the_records_and_names_a_damaged_file(tmp_path: Path) -> None:
    assert played(tmp_path, lambda bench: asked(bench, "journal"))["records"] == []
    (tmp_path / "journal.db").write_bytes(b"no database at all" * 99)
    assert played(tmp_path, lambda bench: refused(bench, "journal")).startswith("journal: not")

"""The journal as the runtime is handed it: its books, its records, its disk."""

import math
from pathlib import Path

import apsw
import pytest

from terminal.journal.books_fold import BooksFold
from terminal.journal.open_books import OpenBooks
from terminal.journal.record import JournalFailed
from terminal.journal.store import open_journal
from tests.terminal.journal.ledger import SteppingClock


@pytest.fixture
def opened(tmp_path: Path) -> OpenBooks:
    """A new journal: record 1 is its boot, record 2 has a sealed number."""
    journal = open_journal(str(tmp_path / "journal"), BooksFold(), SteppingClock(), None)
    opened = OpenBooks(journal, tmp_path)
    opened.append("stan", {"stan": 41}, b"sealed")
    return opened


def test_what_was_appended_is_in_books_and_records(opened: OpenBooks) -> None:
    assert opened.books.stan == 41
    assert opened.head[0] == 2
    assert [(r.number, r.kind) for r in opened.records()] == [(1, "boot"), (2, "stan")]
    opened.append("language", {"language": "en"}, None)
    assert [r.number for r in opened.records(2)] == [2, 3]
    assert [r.number for r in opened.records(2, 2)] == [2]
    assert [r.number for r in opened.records(last=1)] == [1]


def test_sealed_numbers_are_kept_until_they_are_dropped(opened: OpenBooks) -> None:
    assert opened.sealed(2) == b"sealed"
    opened.drop_sealed([2])
    assert opened.sealed(2) is None


def test_export_says_why_it_can_not_be(opened: OpenBooks, tmp_path: Path) -> None:
    assert opened.export("copy") == ""
    connection = apsw.Connection(str(tmp_path / "copy"))
    assert connection.execute("SELECT count(*) FROM records").get == 2
    connection.close()
    assert opened.export("copy").startswith("the export can't be")


def test_checkpoint_lies_in_the_file(opened: OpenBooks, tmp_path: Path) -> None:
    opened.checkpoint()
    opened.close()
    connection = apsw.Connection(str(tmp_path / "journal"))
    assert connection.execute("SELECT number FROM checkpoint").get == 2
    connection.close()


def test_a_whole_chain_is_one_also_where_a_slice_ends(opened: OpenBooks) -> None:
    for stan in range(250):
        opened.append("stan", {"stan": stan}, None)
    assert [opened.check_some() for _ in range(3)] == [True, True, True]


def test_a_broken_chain_is_told(opened: OpenBooks, tmp_path: Path) -> None:
    opened.checkpoint()  # the start trusts what is sealed: only the slices look before it
    opened.close()
    path = str(tmp_path / "journal")
    connection = apsw.Connection(path)
    connection.execute("UPDATE records SET wall = '' WHERE number = 1")
    connection.close()
    journal = open_journal(path, BooksFold(), SteppingClock(), None)
    assert OpenBooks(journal, tmp_path).check_some() is False
    journal.close()


def test_what_was_given_up_takes_no_record(opened: OpenBooks) -> None:
    opened.close()
    with pytest.raises(JournalFailed):
        opened.append("stan", {"stan": 42}, None)


def test_room_is_that_of_its_disk_and_unknown_means_endless(
    opened: OpenBooks, tmp_path: Path
) -> None:
    assert 0 < opened.room_bytes < math.inf
    journal = open_journal(str(tmp_path / "other"), BooksFold(), SteppingClock(), None)
    assert OpenBooks(journal, tmp_path / "none").room_bytes == math.inf
    journal.close()

"""The books in a journal: folded record by record, and read back from a checkpoint."""

from pathlib import Path

import pytest

from terminal.domain.books import Books
from terminal.domain.operators import PasswordTries
from terminal.domain.staff import Credential
from terminal.journal.books_fold import BooksFold
from terminal.journal.store import open_journal
from tests.terminal.journal.ledger import SteppingClock


def test_books_are_the_same_after_a_checkpoint_and_a_start(tmp_path: Path) -> None:
    path = str(tmp_path / "journal")
    journal = open_journal(path, BooksFold(), SteppingClock(), None)
    journal.append("signed_in", {"batch": 7})
    journal.append("password", {"number": "01", "salt": "aa", "verifier": "bb", "cost": 1000})
    journal.append("password_asked", {"number": "01", "count": 2, "locked_remaining_s": 0})
    journal.checkpoint()
    journal.append("stan", {"stan": 41})
    journal.close()
    books = open_journal(path, BooksFold(), SteppingClock(), journal.head).state
    assert books == journal.state
    assert (books.batch, books.stan, books.batch_from) == (7, 41, 2)
    assert books.people == {"01": Credential("aa", "bb", 1000, PasswordTries(2))}


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"stan": "1"}', b'{"people": {"01": 5}}'])
def test_a_state_of_another_program_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        BooksFold().from_json(raw)
    assert BooksFold().from_json(BooksFold().to_json(Books(stan=3))) == Books(stan=3)

"""What people are told of a journal that can't be used: the record or file, never its data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest

from terminal.journal import tables
from terminal.journal.looking import check_whole
from terminal.journal.record import BEFORE_FIRST, Head, next_row, record_of
from terminal.journal.restoring import restore
from terminal.journal.store import Journal, JournalError, JournalFailed, look, open_journal
from tests.terminal.journal.ledger import Ledger, LedgerFold, SteppingClock, filled, opened


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "journal")


@pytest.fixture
def head(path: str) -> Head:
    """The last of six records, the checkpoint lies at the fourth."""
    journal = opened(path)
    for stan in range(5):
        journal.append("intent", {"stan": stan}, sealed=b"sealed %d" % stan)
        if journal.head.number == 4:
            journal.checkpoint()
    journal.close()
    return journal.head


def meddle(path: str, statement: str) -> None:
    connection = apsw.Connection(path)
    connection.execute(statement)
    connection.close()


def why(call: Callable[[], object]) -> str:
    """The text of the error with which a call is refused."""
    with pytest.raises((JournalError, JournalFailed)) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM records WHERE number = 5", "record 5 is missing"),
        ("UPDATE records SET number = 9 WHERE number = 5", "record 5 is missing"),
        ("UPDATE records SET wall = '' WHERE number = 5", "record 5 differs from its hash"),
        ("UPDATE sealed SET raw = x'00' WHERE number = 5",
         "the sealed card number of record 5 was changed"),
        ("INSERT INTO sealed VALUES (7, x'00')", ""),
        ("UPDATE checkpoint SET seal = zeroblob(32)", "checkpoint 4 differs from its seal"),
        ("UPDATE checkpoint SET number = 99", "checkpoint 99 differs from its seal"),
        ("INSERT INTO checkpoint SELECT 5, state, seal FROM checkpoint",
         "there is more than one checkpoint, or a strange one"),
        ("DROP TABLE sealed", "the tables are not the journal's"),
        ("CREATE VIEW more AS SELECT 1", "the tables are not the journal's"),
        ("PRAGMA user_version = 2", "format 2 is not known, only 1"),
        ("PRAGMA application_id = 1", "this file is not a journal"),
    ],
)  # fmt: skip
def test_a_change_is_named_by_its_place(path: str, head: Head, statement: str, reason: str) -> None:
    meddle(path, statement)
    seen = look(path, head, LedgerFold())
    assert (seen.verdict, seen.reason) == ("damaged" if reason else "ok", reason)
    assert seen.head == (None if reason else head)


def test_pages_that_contradict_each_other_are_named(path: str, head: Head) -> None:
    assert check_whole(path) == head
    raw = bytearray(Path(path).read_bytes())
    raw[36:40] = (1).to_bytes(4, "big")  # a free page that is in no list
    Path(path).write_bytes(raw)
    contradict = "journal damaged: pages of the file contradict each other"
    assert why(lambda: check_whole(path)) == contradict


def test_a_file_that_is_none_is_named(path: str) -> None:
    nothing = why(lambda: open_journal(path, LedgerFold(), SteppingClock(), Head(1, bytes(32))))
    assert nothing == "journal missing: there is no journal"
    meddle(path, "PRAGMA journal_mode = WAL")
    assert look(path, None, LedgerFold()).reason == "nothing was ever written to this journal"
    Path(path).write_bytes(b"x" * 5000)
    assert look(path, None, LedgerFold()).reason == "the journal can't be read (NotADBError)"


def test_a_journal_with_less_than_the_keypad_knows_is_older(path: str, head: Head) -> None:
    for known, reason in (
        (Head(7, bytes(32)), "record 7 that the keypad knows is not here"),
        (Head(6, bytes(32)), "record 6 is not the one the keypad knows"),
    ):
        seen = look(path, known, LedgerFold())
        assert (seen.verdict, seen.reason) == ("older", reason)


def test_a_journal_in_use_is_named(path: str) -> None:
    journal = opened(path)
    in_use = "journal locked: the journal is open in another program"
    assert why(lambda: opened(path)) == in_use
    assert why(lambda: check_whole(path)) == in_use
    journal.close()


def test_a_journal_that_is_taken_between_look_and_start_is_named(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        raise apsw.BusyError("database is locked")

    monkeypatch.setattr(tables, "connect", taken)
    assert why(lambda: opened(path)) == "journal locked: the journal is open in another program"


def test_damage_under_a_running_terminal_is_named(path: str) -> None:
    journal = opened(path)
    journal._connection.execute("DROP TABLE sealed")
    assert why(lambda: journal.sealed(1)) == "journal damaged: the journal can't be read (SQLError)"


@pytest.mark.parametrize(
    ("statement", "number"),
    [("UPDATE sealed SET raw = x'00'", 2), ("INSERT INTO sealed VALUES (7, x'00')", 7)],
)
def test_a_sealed_number_changed_under_a_running_terminal_is_not_opened(
    path: str, statement: str, number: int
) -> None:
    journal = opened(path)
    journal.append("intent", {}, sealed=b"sealed")
    journal._connection.execute(statement)
    changed = f"journal damaged: the sealed card number of record {number} was changed"
    assert why(lambda: journal.sealed(number)) == changed


def test_a_record_of_another_chain_is_named(path: str, head: Head) -> None:
    other = next_row(Head(5, bytes(32)), "intent", {"stan": 9}, SteppingClock())
    connection = apsw.Connection(path)
    connection.execute("DELETE FROM records WHERE number = 6")
    tables.insert(connection, other, None)
    connection.close()
    seen = look(path, None, LedgerFold())
    assert (seen.verdict, seen.reason) == ("damaged", "record 6 doesn't follow the one before")


def test_a_journal_without_a_record_ends_before_the_first(path: str) -> None:
    opened(path).close()
    meddle(path, "DELETE FROM records")
    assert check_whole(path) == BEFORE_FIRST


def test_a_closed_journal_says_so(path: str) -> None:
    journal = opened(path)
    journal.close()
    assert why(journal.verify_slice) == "the journal is closed"
    assert why(lambda: journal.hash_of(1)) == "the journal is closed"
    assert why(lambda: journal.append("print", {})) == "a write failed (ConnectionClosedError)"


def test_an_export_that_can_not_be_written_is_named(path: str, tmp_path: Path) -> None:
    journal = opened(path)
    (tmp_path / "taken").write_text("somebody's file")
    taken = why(lambda: journal.export(str(tmp_path / "taken")))
    assert taken.startswith("journal damaged: the export can't be ")
    nowhere = why(lambda: journal.export(str(tmp_path / "none" / "export")))
    assert nowhere == "journal damaged: the export can't be opened"


def test_a_record_that_is_gone_is_missed_when_it_is_read(path: str) -> None:
    head = filled(path, 5)
    journal = opened(path, head)
    journal._connection.execute("DELETE FROM records WHERE number > 5")
    assert why(lambda: list(journal.records(4))) == "journal damaged: record 7 is missing"
    journal._connection.execute("DELETE FROM records WHERE number = 3")
    assert why(lambda: list(journal.records(1, 5))) == "journal damaged: record 3 is missing"
    assert journal.verify_slice() is False
    assert journal.verify_slice() is False


def test_a_setting_that_sqlite_refuses_is_named(path: str) -> None:
    connection = apsw.Connection(path)
    for text, found, wanted in (("user_version", 0, 5), ("locking_mode", "normal", "exclusive")):
        refused = why(lambda t=text, w=wanted: tables._expect(connection, t, w))  # type: ignore[misc]
        assert refused == f"journal damaged: PRAGMA {text} answered {found}, not {wanted}"
    connection.close()


def test_a_disk_that_fails_while_opening_is_named(tmp_path: Path) -> None:
    there = tmp_path / "none" / "journal"
    failed = why(lambda: open_journal(str(there), LedgerFold(), SteppingClock(), None))
    assert failed == "opening failed (CantOpenError)"


def test_a_row_that_is_no_record_is_named(path: str) -> None:
    row = next_row(Head(4, bytes(32)), "print", {}, SteppingClock())
    for other, reason in (
        (row._replace(body="[]"), "record 5 differs from its hash"),
        (row._replace(kind=None), "record 5 has a field of another type"),  # type: ignore[arg-type]
    ):
        assert why(lambda r=other: record_of(r)) == f"journal damaged: {reason}"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"amount": 10.5}, "body.amount: float can't be journaled"),
        ({"case": {"pin": [1, b"1"]}}, "body.case.pin[1]: bytes can't be journaled"),
        ({"number": 2**63}, "body.number: a number beyond 64 bits can't be journaled"),
        ({"number": -(2**63) - 1}, "body.number: a number beyond 64 bits can't be journaled"),
        ({"text": "\ud800"}, "body.text: text with half a character can't be journaled"),
        ({"\ud800": 1}, "body: text with half a character can't be journaled"),
        ({"case": {1: "x"}}, "body.case: a key must be text, not int"),
    ],
)
def test_a_body_that_is_not_json_is_named(path: str, body: dict[Any, Any], text: str) -> None:
    journal: Journal[Ledger] = opened(path)
    with pytest.raises(ValueError, match=r"^\w+") as caught:
        journal.append("intent", body)
    assert str(caught.value) == text
    with pytest.raises(ValueError, match=r"^kind: text with half a character can't be journaled$"):
        journal.append("\ud800", {})


def test_a_journal_in_place_is_named_before_a_restore(path: str, tmp_path: Path) -> None:
    head = filled(path, 2)
    target = str(tmp_path / "target")
    for suffix in ("", "-wal"):
        Path(target + suffix).write_bytes(b"rubbish")
        with pytest.raises(FileExistsError, match=r"^a journal is there already$"):
            restore(path, target, LedgerFold())
        Path(target + suffix).unlink()
    for suffix in ("-journal", "-shm"):
        Path(target + suffix).write_bytes(b"rubbish")
    restored = restore(path, target, LedgerFold())
    assert (restored.verdict, restored.reason, restored.head) == ("ok", "", head)
    assert {file.name for file in tmp_path.iterdir()} == {"journal", "target"}

"""The look before anything else: what it accepts, what it refuses, and that it changes nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import apsw
import pytest

from terminal.journal.looking import check_whole
from terminal.journal.record import Head, Verdict
from terminal.journal.store import JournalError, look, open_journal
from tests.terminal.journal.ledger import LedgerFold, SteppingClock, filled, opened

RECORDS = 31  # a boot record and 30 intents


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "journal")


@pytest.fixture
def head(path: str) -> Head:
    """The journal's last record, the checkpoint lies at record 16."""
    journal = opened(path)
    for stan in range(RECORDS - 1):
        journal.append("intent", {"stan": stan}, sealed=b"sealed %d" % stan)
        if journal.head.number == 16:
            journal.checkpoint()
    journal.close()
    return journal.head


def verdict(path: str, remembered: Head | None = None) -> Verdict:
    return look(path, remembered, LedgerFold()).verdict


def refused(path: str, remembered: Head | None = None) -> Verdict:
    """The verdict with which the journal is not opened."""
    with pytest.raises(JournalError) as error:
        open_journal(path, LedgerFold(), SteppingClock(), remembered)
    assert error.value.reason
    return error.value.verdict


def meddle(path: str, statement: str) -> None:
    connection = apsw.Connection(path)
    connection.execute(statement)
    connection.close()


def everything_in(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Each file's bytes, time of change and inode."""
    return {
        entry.name: (entry.read_bytes(), entry.stat().st_mtime_ns, entry.stat().st_ino)
        for entry in folder.iterdir()
    }


def test_whole_journal_is_ok_and_tells_its_last_record(path: str, head: Head) -> None:
    for remembered in (None, Head(0, bytes(32)), head):
        seen = look(path, remembered, LedgerFold())
        assert (seen.verdict, seen.head) == ("ok", head)


def test_keypad_may_remember_any_record(path: str, head: Head) -> None:
    journal = opened(path, head)
    hashes = {record.number: record.hash for record in journal.records()}
    journal.close()
    for number, known in hashes.items():
        assert verdict(path, Head(number, known)) == "ok"


def test_no_file_is_missing_and_is_not_made_by_looking(path: str, tmp_path: Path) -> None:
    assert verdict(path) == "missing"
    assert refused(path, Head(1, bytes(32))) == "missing"
    assert list(tmp_path.iterdir()) == []


def test_empty_file_is_missing(path: str) -> None:
    Path(path).touch()
    assert refused(path, Head(4, bytes(32))) == "missing"
    assert opened(path).head.number == 1


def test_older_copy_is_noticed(path: str, tmp_path: Path) -> None:
    filled(path, 5)
    copy = str(tmp_path / "copy")
    shutil.copy(path, copy)
    journal = opened(path)
    newer = journal.append("intent", {"stan": 9}).head
    journal.close()
    assert verdict(path, newer) == "ok"
    assert refused(copy, newer) == "older"


def test_older_copy_that_went_on_is_noticed(path: str, tmp_path: Path) -> None:
    filled(path, 5)
    copy = str(tmp_path / "copy")
    shutil.copy(path, copy)
    remembered = filled_further(path, 10)
    filled_further(copy, 20)
    assert refused(copy, remembered) == "older"


def filled_further(path: str, stan: int) -> Head:
    journal = opened(path)
    record = journal.append("intent", {"stan": stan})
    journal.append("result", {"stan": stan})
    journal.close()
    return record.head


def test_journals_of_two_terminals_swapped_are_noticed(tmp_path: Path) -> None:
    clocks = (SteppingClock(), SteppingClock())
    clocks[1].monotonic_s()
    paths = (str(tmp_path / "a"), str(tmp_path / "b"))
    heads = []
    for path, clock in zip(paths, clocks, strict=True):
        journal = opened(path, clock=clock)
        journal.close()
        heads.append(journal.head)
    assert [verdict(paths[0], heads[0]), verdict(paths[1], heads[1])] == ["ok", "ok"]
    assert [refused(paths[0], heads[1]), refused(paths[1], heads[0])] == ["older", "older"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET kind = 'print' WHERE number = 20",
        "UPDATE records SET body = '{\"stan\":99}' WHERE number = 20",
        "UPDATE records SET body = body || ' ' WHERE number = 20",
        "UPDATE records SET wall = '2024-03-01T00:00:00.000Z' WHERE number = 20",
        "UPDATE records SET monotonic_ms = 1 WHERE number = 20",
        "UPDATE records SET previous = zeroblob(32) WHERE number = 20",
        "UPDATE records SET hash = zeroblob(32) WHERE number = 20",
        "UPDATE records SET number = 99 WHERE number = 20",
        "UPDATE records SET number = 99 WHERE number = 31",
        "UPDATE records SET kind = CAST(x'ff' AS TEXT) WHERE number = 20",
        "DELETE FROM records WHERE number = 20",
        "DELETE FROM records WHERE number = 16",
        "UPDATE checkpoint SET number = 15",
        "UPDATE checkpoint SET number = 99",
        "UPDATE checkpoint SET state = CAST('{}' AS BLOB)",
        "UPDATE checkpoint SET seal = zeroblob(32)",
        "INSERT INTO checkpoint SELECT 17, state, seal FROM checkpoint",
        "UPDATE sealed SET raw = CAST('sealed 5' AS BLOB) WHERE number = 20",
        "UPDATE sealed SET number = 99 WHERE number = 20; UPDATE sealed SET number = 20 "
        "WHERE number = 21",
        "CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM sealed; END",
        "CREATE TABLE more (x)",
        "DROP TABLE sealed",
        "PRAGMA user_version = 2",
        "PRAGMA application_id = 1",
    ],
)
def test_each_change_after_the_checkpoint_is_damage(path: str, head: Head, statement: str) -> None:
    meddle(path, statement)
    assert refused(path, head) == "damaged"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET body = '{\"stan\":99}' WHERE number = 5",
        "DELETE FROM records WHERE number = 1",
        "DELETE FROM records WHERE number = 5",
        "UPDATE sealed SET raw = zeroblob(8) WHERE number = 5",
    ],
)
def test_change_before_the_checkpoint_is_found_in_idle_time(
    path: str, head: Head, statement: str
) -> None:
    meddle(path, statement)
    journal = opened(path, head)
    answers = [journal.verify_slice(4) for _ in range(8)]
    assert answers[-2:] == [False, False]
    assert True not in answers
    journal.close()
    with pytest.raises(JournalError, match="damaged"):
        check_whole(path)


def test_record_rewritten_with_its_own_hash_breaks_the_chain_behind_it(path: str) -> None:
    filled(path, 5)
    other = str(path) + ".other"
    journal = opened(other)
    for stan in range(5):
        journal.append("intent", {"stan": stan, "amount_minor": 1})
    journal.close()
    meddle(
        path,
        f"ATTACH '{other}' AS other; DELETE FROM records WHERE number = 4;"
        "INSERT INTO records SELECT * FROM other.records WHERE number = 4",
    )
    assert look(path, None, LedgerFold()).reason == "record 4 doesn't follow the one before"


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM records WHERE number = 20", "record 20 is missing"),
        ("DELETE FROM sealed; DELETE FROM records", "checkpoint 16 differs from its seal"),
        ("UPDATE records SET wall = '' WHERE number = 20", "record 20 differs from its hash"),
        ("UPDATE sealed SET raw = x'00' WHERE number = 20", "number of record 20 was changed"),
    ],
)
def test_reason_names_the_place(path: str, head: Head, statement: str, reason: str) -> None:
    meddle(path, statement)
    assert reason in look(path, head, LedgerFold()).reason


def test_file_cut_anywhere_is_never_shorter_than_the_keypads_memory(
    path: str, head: Head, tmp_path: Path
) -> None:
    raw = Path(path).read_bytes()
    cut = tmp_path / "cut"
    sizes = {*range(0, len(raw), 509), *range(0, len(raw), 4096), 1, 16, 99, 100, len(raw) - 1}
    for size in sizes:
        cut.write_bytes(raw[:size])
        seen = look(str(cut), head, LedgerFold())
        assert seen.verdict in ("missing", "damaged", "older")
    cut.write_bytes(raw)
    assert verdict(str(cut), head) == "ok"


def test_log_cut_anywhere_is_never_shorter_than_the_keypads_memory(
    path: str, tmp_path: Path
) -> None:
    folder = killed_journal(path, tmp_path)
    journal = str(folder / "journal")
    log = folder / "journal-wal"
    raw = log.read_bytes()
    full = look(journal, None, LedgerFold()).head
    assert full is not None
    seen = set()
    for size in range(0, len(raw), 911):
        log.write_bytes(raw[:size])
        found = look(journal, full, LedgerFold())
        assert found.verdict in ("damaged", "older", "missing")
        found = look(journal, None, LedgerFold())
        seen.add(found.head.number if found.head else 0)
    assert len(seen) > 5  # the cuts did leave shorter journals, each whole in itself


def killed_journal(path: str, tmp_path: Path) -> Path:
    """The files that a killed process leaves: some records in the file, some in the log."""
    filled(path, 5)
    journal = opened(path)
    for stan in range(10):
        journal.append("intent", {"stan": stan})
    folder = tmp_path / "killed"
    folder.mkdir()
    for name in ("journal", "journal-wal"):
        shutil.copy(tmp_path / name, folder / name)
    journal.close()
    return folder


def test_records_in_the_log_are_seen(path: str, tmp_path: Path) -> None:
    folder = killed_journal(path, tmp_path)
    seen = look(str(folder / "journal"), None, LedgerFold())
    assert seen.head is not None
    assert (seen.verdict, seen.head.number) == ("ok", 17)


@pytest.mark.parametrize("folder_mode", [0o755, 0o555])
def test_looking_changes_no_byte_and_no_time(path: str, tmp_path: Path, folder_mode: int) -> None:
    folder = killed_journal(path, tmp_path)
    for name in ("journal", "journal-wal"):
        os.utime(folder / name, ns=(1, 1))
    before = everything_in(folder)
    folder.chmod(folder_mode)
    assert verdict(str(folder / "journal")) == "ok"
    assert verdict(str(folder / "journal"), Head(99, bytes(32))) == "older"
    assert check_whole(str(folder / "journal")).number == 17
    assert everything_in(folder) == before
    folder.chmod(0o755)


def test_refused_journal_stays_as_it_was(path: str, tmp_path: Path) -> None:
    folder = killed_journal(path, tmp_path)
    raw = bytearray((folder / "journal").read_bytes())
    raw[4096 * 1 + 5 : 4096 * 2] = os.urandom(4091)
    (folder / "journal").write_bytes(raw)
    before = everything_in(folder)
    assert refused(str(folder / "journal"), Head(99, bytes(32))) in ("older", "damaged")
    assert everything_in(folder) == before


@pytest.mark.parametrize("raw", [b"xx", b"SQLite format 3\0", b"x" * 5000, b"\0" * 8192])
def test_other_bytes_are_damage(path: str, raw: bytes) -> None:
    Path(path).write_bytes(raw)
    assert refused(path) == "damaged"
    assert Path(path).read_bytes() == raw


def test_other_database_is_damage(path: str) -> None:
    meddle(path, "CREATE TABLE accounts (x)")
    assert refused(path) == "damaged"


def test_folder_in_place_of_the_journal_is_damage(path: str) -> None:
    Path(path).mkdir()
    assert refused(path) == "damaged"


def test_each_page_overwritten_is_damage_or_harmless(path: str, head: Head, tmp_path: Path) -> None:
    raw = Path(path).read_bytes()
    worse = tmp_path / "worse"
    verdicts = []
    for start in range(0, len(raw), 512):
        worse.write_bytes(raw[:start] + bytes([0x55]) * 512 + raw[start + 512 :])
        verdicts.append(verdict(str(worse), head))
    assert set(verdicts) <= {"ok", "damaged", "older"}
    assert verdicts.count("damaged") > len(verdicts) // 4


def test_every_bit_of_the_last_record_counts(path: str, head: Head, tmp_path: Path) -> None:
    raw = bytearray(Path(path).read_bytes())
    start = raw.index(head.hash)
    flipped = tmp_path / "flipped"
    for place in range(start - 60, start + 32):
        for bit in (1, 16, 128):
            raw[place] ^= bit
            flipped.write_bytes(raw)
            assert verdict(str(flipped), head) in ("damaged", "older")
            raw[place] ^= bit


def test_bit_that_forbids_writing_is_damage_and_no_endless_start(path: str, head: Head) -> None:
    raw = bytearray(Path(path).read_bytes())
    raw[18] ^= 1  # the format that a writer must know
    Path(path).write_bytes(raw)
    assert refused(path, head) == "damaged"

"""Appending, folding, checkpoints, sealed numbers, export: the journal in good health."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from enum import IntEnum, StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.journal import tables
from terminal.journal.looking import check_whole
from terminal.journal.record import ZERO_HASH, Head, JournalUnfolded, Record, next_row, record_of
from terminal.journal.store import Journal, JournalError, JournalFailed, look, open_journal
from tests.terminal.journal.ledger import Ledger, LedgerFold, SteppingClock, filled, opened

SEALED = bytes(range(24))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "journal")


@pytest.fixture
def journal(path: str) -> Journal[Ledger]:
    return opened(path)


def independent_hash(record: Record) -> bytes:
    """The documented hash, with the standard library only."""
    fields = [record.number, record.kind, record.body, record.wall, record.monotonic_ms]
    text = json.dumps(
        [*fields, record.previous.hex()],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).digest()


def test_new_journal_starts_with_a_boot_record(journal: Journal[Ledger]) -> None:
    (boot,) = journal.records()
    assert (boot.number, boot.kind, boot.previous) == (1, "boot", ZERO_HASH)
    assert boot.body == {"remembered": 0}
    assert journal.head == Head(1, boot.hash)


def test_boot_record_says_what_the_keypad_remembered(path: str) -> None:
    remembered = filled(path, 3)
    *_, boot = opened(path, remembered).records()
    assert (boot.kind, boot.body) == ("boot", {"remembered": 4})


def test_each_record_holds_the_hash_of_the_one_before(journal: Journal[Ledger]) -> None:
    appended = [journal.append("intent", {"stan": stan}) for stan in range(5)]
    records = list(journal.records())
    assert records[1:] == appended
    assert [record.number for record in records] == [1, 2, 3, 4, 5, 6]
    for before, record in pairwise(records):
        assert record.previous == before.hash
    assert [record.hash for record in records] == [independent_hash(record) for record in records]


def test_record_carries_both_clocks(journal: Journal[Ledger]) -> None:
    record = journal.append("result", {})
    assert record.wall == "2025-03-01T00:00:00.001Z"
    assert record.monotonic_ms == 2


def test_state_is_the_fold_of_all_records(journal: Journal[Ledger], path: str) -> None:
    journal.append("intent", {"amount_minor": 1050})
    journal.append("intent", {"amount_minor": 950})
    assert journal.state == Ledger({"boot": 1, "intent": 2}, 2000)
    journal.close()
    assert opened(path, journal.head).state == Ledger({"boot": 2, "intent": 2}, 2000)


def test_reopened_journal_goes_on_with_its_chain(path: str) -> None:
    head = filled(path, 3)
    journal = opened(path, head)
    assert next(journal.records(head.number + 1)).previous == head.hash
    assert journal.head.number == head.number + 1


def test_part_of_the_records_can_be_read(journal: Journal[Ledger]) -> None:
    for stan in range(450):
        journal.append("intent", {"stan": stan})
    assert [record.number for record in journal.records(200, 410)] == list(range(200, 411))
    assert list(journal.records(452)) == []
    assert list(journal.records(500, 600)) == []


def test_appending_while_reading_is_allowed(journal: Journal[Ledger]) -> None:
    for stan in range(3):
        journal.append("intent", {"stan": stan})
    for _ in journal.records():
        journal.append("print", {})
    assert journal.head.number == 8


def test_hash_of_a_record_that_is_not_there_is_none(journal: Journal[Ledger]) -> None:
    assert journal.hash_of(1) == journal.head.hash
    assert journal.hash_of(2) is None


class Code(StrEnum):
    APPROVED = "00"


class Step(IntEnum):
    SENT = 3


def test_body_is_kept_as_it_will_be_read_back(journal: Journal[Ledger]) -> None:
    body = {"code": Code.APPROVED, "step": Step.SENT, "list": (1, None, True), "text": "退货 ¥"}
    record = journal.append("result", body)
    assert record.body == {"code": "00", "step": 3, "list": [1, None, True], "text": "退货 ¥"}
    assert list(journal.records())[-1] == record


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"amount": 10.5}, "body.amount"),
        ({"case": {"pin": [b"1"]}}, r"body.case.pin\[0\]"),
        ({"number": 2**63}, "body.number"),
        ({"text": "\ud800"}, "body.text"),
        ({1: "x"}, "body"),
    ],
)
def test_body_that_is_not_json_is_refused_by_place(
    journal: Journal[Ledger], body: dict[str, Any], place: str
) -> None:
    with pytest.raises(ValueError, match=place):
        journal.append("intent", body)
    assert journal.head.number == 1
    assert journal.append("intent", {}).number == 2


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(kind=st.text(), body=st.dictionaries(st.text(), _JSON))
def test_any_record_reads_back_and_hashes_as_documented(kind: str, body: dict[str, Any]) -> None:
    row = next_row(Head(6, bytes(range(32))), kind, body, SteppingClock())
    record = record_of(row)
    assert (record.number, record.kind, record.body) == (7, kind, body)
    assert record.hash == independent_hash(record)


def test_sealed_number_is_kept_beside_the_chain(journal: Journal[Ledger], path: str) -> None:
    record = journal.append("intent", {"stan": 1}, sealed=SEALED)
    assert record.body["sealed_digest"] == hashlib.sha256(SEALED).hexdigest()
    assert journal.sealed(record.number) == SEALED
    assert journal.sealed(1) is None
    journal.close()
    assert opened(path).sealed(record.number) == SEALED


def test_dropped_sealed_number_leaves_no_byte_and_a_whole_chain(path: str) -> None:
    journal = opened(path)
    kept, dropped = (
        journal.append("intent", {}, sealed=SEALED + bytes([n]) * 9).number for n in (1, 2)
    )
    journal.drop_sealed([dropped])
    assert journal.sealed(dropped) is None
    assert journal.sealed(kept) is not None
    assert journal.verify_slice() is True
    journal.close()
    raw = Path(path).read_bytes()
    assert SEALED + b"\1" in raw
    assert SEALED + b"\2" not in raw


def test_start_folds_only_what_came_after_the_checkpoint(path: str) -> None:
    journal = opened(path)
    for stan in range(20):
        journal.append("intent", {"amount_minor": 100, "stan": stan})
    journal.checkpoint()
    journal.append("result", {})
    journal.close()
    fold = LedgerFold()
    again = open_journal(path, fold, SteppingClock(), journal.head)
    assert again.state == Ledger({"boot": 2, "intent": 20, "result": 1}, 2000)
    assert fold.applied == 1 + 1 + 1  # the result in the look, the result and the boot in the open


def test_journal_checkpoints_by_itself_every_500_records(path: str) -> None:
    filled(path, 1200)
    fold = LedgerFold()
    assert look(path, None, fold).verdict == "ok"
    assert fold.applied == 1201 - 1000
    journal = opened(path)
    assert journal.state.sum_minor == sum(100 + number for number in range(1200))
    journal.close()
    again = LedgerFold()
    look(path, journal.head, again)
    assert again.applied == 1202 - 1000  # opening and one record more made no checkpoint


class NewerFold(LedgerFold):
    """A firmware whose state has another shape."""

    def from_json(self, raw: bytes) -> Ledger:
        raise ValueError("unknown state")


def test_checkpoint_of_an_older_firmware_is_folded_again_from_the_records(path: str) -> None:
    head = filled(path, 600)
    journal = open_journal(path, NewerFold(), SteppingClock(), head)
    assert journal.state.kinds == {"boot": 2, "intent": 600}


def test_whole_chain_is_checked_in_slices(journal: Journal[Ledger]) -> None:
    for stan in range(24):
        journal.append("intent", {"stan": stan}, sealed=SEALED)
    assert [journal.verify_slice(10) for _ in range(6)] == [None, None, True, None, None, True]


def test_last_record_exchanged_under_a_running_terminal_stays_noticed(
    journal: Journal[Ledger],
) -> None:
    before = journal.append("intent", {"stan": 1}).head
    journal.append("intent", {"stan": 2})
    other = next_row(before, "intent", {"stan": 3}, SteppingClock())
    journal._connection.execute("DELETE FROM records WHERE number = 3")
    tables.insert(journal._connection, other, None)
    assert [journal.verify_slice(2) for _ in range(4)] == [None, False, False, False]


def test_export_can_be_read_and_opened(journal: Journal[Ledger], tmp_path: Path) -> None:
    journal.append("intent", {"amount_minor": 7}, sealed=SEALED)
    target = str(tmp_path / "export")
    journal.export(target)
    assert check_whole(target) == journal.head
    copy = opened(target, journal.head)
    assert (copy.state.sum_minor, copy.sealed(2)) == (7, SEALED)


def test_export_replaces_nothing(journal: Journal[Ledger], tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("somebody's file")
    with pytest.raises(JournalError):
        journal.export(str(taken))
    assert taken.read_text() == "somebody's file"
    assert journal.append("print", {}).number == 2


def test_second_owner_is_refused(journal: Journal[Ledger], path: str) -> None:
    assert look(path, None, LedgerFold()).verdict == "locked"
    with pytest.raises(JournalError) as refused:
        opened(path)
    assert refused.value.verdict == "locked"
    assert journal.append("print", {}).number == 2


def test_failed_write_ends_the_journal(
    journal: Journal[Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise apsw.FullError("disk full")

    monkeypatch.setattr(tables, "insert", no_room)
    with pytest.raises(JournalFailed):
        journal.append("intent", {})
    monkeypatch.undo()
    calls: list[Callable[[], object]] = [
        lambda: journal.append("intent", {}),
        lambda: journal.drop_sealed([1]),
        journal.checkpoint,
        lambda: journal.hash_of(1),
        journal.verify_slice,
    ]
    for call in calls:
        with pytest.raises(JournalFailed):
            call()


class BrokenFold(LedgerFold):
    """A fold that can't take a record."""

    def apply(self, state: Ledger, record: Record) -> Ledger:
        if record.kind == "intent":
            raise KeyError("amount_minor")
        return super().apply(state, record)


def test_record_that_can_not_be_folded_ends_the_journal(path: str) -> None:
    journal = open_journal(path, BrokenFold(), SteppingClock(), None)
    with pytest.raises(JournalUnfolded) as ended:
        journal.append("intent", {})
    assert str(ended.value) == "record 2 can't be folded (KeyError)"
    with pytest.raises(JournalFailed):
        journal.append("result", {})


def test_record_that_can_not_be_folded_is_damage_at_every_start(path: str) -> None:
    filled(path, 3)
    unfolded = "record 2 can't be folded (KeyError)"
    seen = look(path, None, BrokenFold())
    assert (seen.verdict, seen.reason) == ("damaged", unfolded)
    with pytest.raises(JournalError, match="damaged"):
        open_journal(path, BrokenFold(), SteppingClock(), None)
    assert opened(path).head.number == 5  # a firmware that can goes on


class BrokenForm(LedgerFold):
    """A fold that stumbles over its own state."""

    def from_json(self, raw: bytes) -> Ledger:
        raise KeyError("amount_minor")


def test_checkpoint_that_can_not_be_read_is_damage(journal: Journal[Ledger], path: str) -> None:
    journal.checkpoint()
    journal.close()
    seen = look(path, None, BrokenForm())
    assert (seen.verdict, seen.reason) == ("damaged", "checkpoint 1 can't be folded (KeyError)")


class NoStart(LedgerFold):
    """A fold that can't take what a start writes."""

    def apply(self, state: Ledger, record: Record) -> Ledger:
        raise KeyError(record.kind)


def test_start_whose_own_record_can_not_be_folded_is_damage(path: str) -> None:
    with pytest.raises(JournalError, match="record 1 can't be folded"):
        open_journal(path, NoStart(), SteppingClock(), None)


def test_answer_of_each_setting_is_asserted(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "pragma", lambda *_: "delete")
    with pytest.raises(JournalError, match="locking_mode"):
        tables.connect(path, None)


def test_commits_are_synced_in_full(journal: Journal[Ledger]) -> None:
    connection = journal._connection
    answers = [
        tables.pragma(connection, text) for text in ("locking_mode", "journal_mode", "synchronous")
    ]
    assert answers == ["exclusive", "wal", 2]

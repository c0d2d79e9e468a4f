"""A journal whose bytes were changed anyhow: refused with a reason, or each record is as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.journal.looking import check_whole, whole_journal
from terminal.journal.record import Head, JournalError, Record
from terminal.journal.store import look, open_journal, restore
from tests.terminal.journal.ledger import LedgerFold, SteppingClock, filled, opened

BLOCK = 512
SPOILT = ("missing", "damaged", "older")


@dataclass(frozen=True)
class Files:
    """A journal of 32 records, the last, an older copy, another terminal's, a place to spoil."""

    raw: bytes
    head: Head
    records: tuple[Record, ...]
    older: bytes
    other: bytes
    place: Path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("journals")
    path = folder / "journal"
    filled(str(path), 12)
    older = path.read_bytes()
    journal = opened(str(path))
    for stan in range(18):
        journal.append("intent", {"stan": stan}, sealed=b"sealed %d" % stan)
    journal.checkpoint()
    head = journal.append("intent", {"amount_minor": 5}, sealed=b"last").head
    journal.close()
    filled(str(folder / "other"), 30)
    with whole_journal(str(path)) as found:
        records = tuple(found)
    other = (folder / "other").read_bytes()
    return Files(path.read_bytes(), head, records, older, other, folder / "spoilt")


Spoil = Callable[[bytes, Files], bytes]


def _put(raw: bytes, start: int, piece: bytes) -> bytes:
    return raw[:start] + piece + raw[start + len(piece) :]


def _block(source: bytes, place: float) -> tuple[int, bytes]:
    start = int(place * (len(source) // BLOCK)) * BLOCK
    return start, source[start : start + BLOCK]


def flip(place: float, bit: int) -> Spoil:
    def act(raw: bytes, files: Files) -> bytes:
        at = int(place * len(raw))
        return _put(raw, at, bytes([raw[at] ^ 1 << bit]))

    return act


def over(place: float, piece: bytes) -> Spoil:
    return lambda raw, files: _put(raw, int(place * len(raw)), piece)[: len(raw)]


def swap(one: float, two: float) -> Spoil:
    def act(raw: bytes, files: Files) -> bytes:
        (here, first), (there, second) = _block(raw, one), _block(raw, two)
        return _put(_put(raw, here, second), there, first)

    return act


def from_file(which: str, place: float) -> Spoil:
    return lambda raw, files: _put(raw, *_block(getattr(files, which), place))[: len(raw)]


def cut(end: float) -> Spoil:
    return lambda raw, files: raw[: int(end * len(raw))]


PLACES = st.floats(0, 1, exclude_max=True)
SPOILS: st.SearchStrategy[Spoil] = st.one_of(
    st.builds(flip, PLACES, st.integers(0, 7)),
    st.builds(over, PLACES, st.binary(min_size=1, max_size=64)),
    st.builds(over, PLACES, st.just(bytes(BLOCK))),
    st.builds(swap, PLACES, PLACES),
    st.builds(from_file, st.sampled_from(["older", "other"]), PLACES),
    st.builds(cut, PLACES),
)


def spoilt(files: Files, spoils: list[Spoil]) -> str:
    raw = files.raw
    for spoil in spoils:
        raw = spoil(raw, files) if raw else raw
    files.place.write_bytes(raw)
    return str(files.place)


@given(st.lists(SPOILS, min_size=1, max_size=3))
def test_spoilt_journal_is_refused_with_a_reason_or_holds_what_it_held(
    files: Files, spoils: list[Spoil]
) -> None:
    path = spoilt(files, spoils)
    seen = look(path, files.head, LedgerFold())
    if seen.verdict != "ok":
        assert seen.verdict in SPOILT
        assert seen.reason
        assert "\n" not in seen.reason
        assert_not_opened(path, files)
    else:
        assert seen.head == files.head
    assert_whole_or_named(path, files)


def assert_not_opened(path: str, files: Files) -> None:
    before = Path(path).read_bytes()
    with pytest.raises(JournalError):
        open_journal(path, LedgerFold(), SteppingClock(), files.head)
    assert Path(path).read_bytes() == before, "a refused journal is evidence"


def assert_whole_or_named(path: str, files: Files) -> None:
    """The check of the whole chain finds each change of a record, also before the checkpoint."""
    if reason := why_not(lambda: check_whole(path)):
        assert "\n" not in reason
        return
    with whole_journal(path) as found:
        records = tuple(found)
    assert records == files.records or check_whole(path) != files.head


def why_not(act: Callable[[], object]) -> str:
    """The reason of a refusal, which always has one; empty when nothing is wrong."""
    try:
        act()
    except JournalError as error:
        return error.reason or "no reason\n"
    return ""


@given(st.lists(SPOILS, min_size=1, max_size=2))
def test_spoilt_export_is_not_restored_or_is_whole(files: Files, spoils: list[Spoil]) -> None:
    target = files.place.with_name("restored")
    target.unlink(missing_ok=True)
    path = spoilt(files, spoils)
    reason = why_not(lambda: restore(path, str(target), LedgerFold()))
    assert target.exists() is (reason == "")
    assert reason or check_whole(str(target)) == look(path, None, LedgerFold()).head

"""A journal that is missing, damaged, old or somebody else's stops all money and stays as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from terminal.domain.bookkeeping import take_in
from terminal.domain.books import Books
from terminal.flows import find
from terminal.journal.books_fold import BooksFold
from terminal.journal.record import JournalFailed, Record
from tests.scenarios.cashier import leave, refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER
from tests.scenarios.opened import opened
from tests.scenarios.trading_day import settled

Spoil = Callable[[Path], None]


@pytest.fixture
def used(bench: MemoryBench) -> MemoryBench:
    """Without power, after a refund."""
    refund(bench, wait_s=30.0)
    bench.power_cut()
    return bench


def journal(bench: MemoryBench) -> Path:
    return bench.folder / "journal.db"


def files(bench: MemoryBench) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(bench.folder.glob("journal*"))}


def check_stopped(bench: MemoryBench) -> None:
    """Out of service whatever is pressed, scanned or swiped; not a byte was changed."""
    before, asked = files(bench), len(bench.sent)
    bench.power_on()
    bench.run(4.0)
    assert bench.screen == "journal.damaged", bench.rows
    assert "95516" in bench.rows
    bench.keys("ENTER CANCEL MENU 1 CLEAR").run(10.0)
    bench.scan("R1;x")
    bench.swipe("debit")
    assert bench.screen == "journal.damaged"
    assert ACQUIRER not in {wire for wire, _ in bench.sent[asked:]}
    bench.power_cut()
    assert files(bench) == before


def test_missing_journal_stops_money(used: MemoryBench) -> None:
    for path in used.folder.glob("journal*"):
        path.unlink()
    check_stopped(used)
    assert not files(used)


def test_empty_journal_stops_money(used: MemoryBench) -> None:
    for path in used.folder.glob("journal*"):
        path.unlink()
    journal(used).touch()
    check_stopped(used)


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribble(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[100:200] = bytes(100)
    path.write_bytes(raw)


def change_an_amount(path: Path) -> None:
    raw = path.read_bytes()
    assert b'"amount_minor":10000' in raw
    path.write_bytes(raw.replace(b'"amount_minor":10000', b'"amount_minor":10001'))


def write_text(path: Path) -> None:
    path.write_text("not a journal\n" * 500)


@pytest.mark.parametrize("spoil", [halve, scribble, change_an_amount, write_text])
def test_f87_damaged_journal_stops_money(used: MemoryBench, spoil: Spoil) -> None:
    spoil(journal(used))
    check_stopped(used)


def test_f87_flipped_bit_in_any_record_stops_money(used: MemoryBench) -> None:
    whole = journal(used).read_bytes()
    places = [i for i in range(len(whole)) if whole[i : i + 9] == b'"outcome"']
    assert places
    for place in places:
        raw = bytearray(whole)
        raw[place + 12] ^= 0x01
        journal(used).write_bytes(raw)
        check_stopped(used)


def damaged_long_ago(bench: MemoryBench) -> MemoryBench:
    """A record of a batch that was settled is another one: a start does not read so far back."""
    refund(bench)
    leave(bench)
    settled(bench)
    leave(bench)
    bench.power_cut()
    connection = apsw.Connection(str(journal(bench)))
    connection.execute("UPDATE records SET wall = '' WHERE kind = 'result'")
    connection.close()
    bench.power_on()
    bench.run(4.0)
    return bench.log_on()


def test_f87_damage_that_is_met_while_it_works_stops_money(bench: MemoryBench) -> None:
    opened(damaged_long_ago(bench), find.call(bench.runtime.facts)).keys("1")
    assert bench.screen == "journal.damaged", bench.rows
    bench.keys("ENTER CANCEL MENU 1").scan(bench.code(bench.sale(rrn="061100000007"))).run(300.0)
    assert bench.screen == "journal.damaged"
    assert bench.runtime.navigator.is_home


def test_f87_record_that_the_books_can_not_take_in_ends_the_process_then_stops_money(
    bench: MemoryBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(fold: BooksFold, state: Books, record: Record) -> Books:
        if record.kind == "intent":
            raise KeyError(record.kind)
        return take_in(state, record)

    monkeypatch.setattr(BooksFold, "apply", fail)
    with pytest.raises(JournalFailed, match=r"record \d+ can't be folded \(KeyError\)$"):
        refund(bench)
    bench.power_cut()
    check_stopped(bench)


def test_f88_older_copy_stops_money(bench: MemoryBench, tmp_path: Path) -> None:
    bench.power_cut()
    copy = tmp_path / "kept"
    copy.mkdir()
    for path in bench.folder.glob("journal*"):
        shutil.copy(path, copy)
    bench.power_on()
    bench.log_on()
    refund(bench, wait_s=30.0)
    bench.power_cut()
    for path in bench.folder.glob("journal*"):
        path.unlink()
    for path in copy.iterdir():
        shutil.copy(path, bench.folder)
    check_stopped(bench)


def test_journal_of_another_terminal_stops_money(used: MemoryBench, tmp_path: Path) -> None:
    other = MemoryBench(_made(tmp_path / "other")).set_up().log_on()
    for amount in ("1", "2"):
        refund(other, amount, wait_s=30.0)
    other.power_cut()
    for path in used.folder.glob("journal*"):
        path.unlink()
    shutil.copy(journal(other), journal(used))
    check_stopped(used)


def test_untouched_journal_goes_on_where_it_was(used: MemoryBench) -> None:
    used.power_on()
    used.run(2.0)
    used.log_on()
    assert used.screen == "idle"
    assert refund(used, card="debit", amount_minor=15000) == "refund.approved"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder

"""An exported journal put back in place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from terminal.journal.record import Head
from terminal.journal.store import JournalError, look, restore
from tests.simulation.simdisk import Disk, PowerCut
from tests.simulation.simdisk_survivors import every_survivor
from tests.simulation.simdisk_vfs import SimulatedDisks
from tests.terminal.journal.ledger import LedgerFold, filled, opened


@pytest.fixture
def target(tmp_path: Path) -> str:
    return str(tmp_path / "journal")


@pytest.fixture
def exported(target: str, tmp_path: Path) -> tuple[str, Head]:
    """An export, its last record; the journal itself went on by one record."""
    journal = opened(target)
    head = journal.append("intent", {"amount_minor": 5}, sealed=b"sealed").head
    path = str(tmp_path / "export")
    journal.export(path)
    journal.append("result", {})
    journal.close()
    return path, head


def test_restored_journal_is_the_exported_one(exported: tuple[str, Head], target: str) -> None:
    source, head = exported
    Path(target).unlink()
    seen = restore(source, target, LedgerFold())
    assert (seen.verdict, seen.head) == ("ok", head)
    journal = opened(target, head)
    assert (journal.state.sum_minor, journal.sealed(2)) == (5, b"sealed")


def test_journal_in_place_is_not_overwritten(exported: tuple[str, Head], target: str) -> None:
    before = Path(target).read_bytes()
    with pytest.raises(FileExistsError):
        restore(exported[0], target, LedgerFold())
    assert Path(target).read_bytes() == before


def test_damaged_journal_is_overwritten_on_request(exported: tuple[str, Head], target: str) -> None:
    for suffix in ("", "-wal", "-journal"):
        Path(target + suffix).write_bytes(b"rubbish" * 1000)
    assert restore(exported[0], target, LedgerFold(), overwrite=True).head == exported[1]
    assert opened(target, exported[1]).head.number == 3


def test_export_older_than_the_keypads_memory_does_not_start(
    exported: tuple[str, Head], target: str
) -> None:
    journal = opened(target)
    remembered = journal.head
    journal.close()
    restore(exported[0], target, LedgerFold(), overwrite=True)
    assert look(target, remembered, LedgerFold()).verdict == "older"


@pytest.mark.parametrize("statement", ["DELETE FROM records WHERE number = 1", "DROP TABLE sealed"])
def test_damaged_export_is_refused_and_the_target_left(
    exported: tuple[str, Head], target: str, statement: str
) -> None:
    connection = apsw.Connection(exported[0])
    connection.execute(statement)
    connection.close()
    before = Path(target).read_bytes()
    with pytest.raises(JournalError, match="damaged"):
        restore(exported[0], target, LedgerFold(), overwrite=True)
    assert Path(target).read_bytes() == before


def test_checkpoint_is_restored_too(target: str, tmp_path: Path) -> None:
    journal = opened(target)
    journal.append("intent", {"amount_minor": 5})
    journal.checkpoint()
    journal.export(str(tmp_path / "export"))
    journal.close()
    restore(str(tmp_path / "export"), target, LedgerFold(), overwrite=True)
    connection = apsw.Connection(target)
    assert connection.execute("SELECT number FROM checkpoint").get == journal.head.number
    connection.close()


def test_place_that_takes_no_journal_is_named(exported: tuple[str, Head], tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(JournalError) as caught:
        restore(exported[0], str(folder), LedgerFold(), overwrite=True)
    assert caught.value.reason.startswith("the journal to be replaced can't be read")
    with pytest.raises(JournalError) as caught:
        restore(exported[0], str(tmp_path / "none/journal"), LedgerFold())
    assert caught.value.reason == "the restored journal can't be opened"


@pytest.mark.parametrize("is_there", [False, True])
def test_journal_is_restored_on_the_disk_that_is_named(
    disks: SimulatedDisks, is_there: bool
) -> None:
    disks.mount("disk", Disk())
    head = filled("/disk/journal", 3, disks.name)
    journal = opened("/disk/journal", head, disks.name)
    journal.export("/disk/export")
    journal.close()
    target = "/disk/journal" if is_there else "/disk/target"
    seen = restore("/disk/export", target, LedgerFold(), overwrite=is_there, vfs=disks.name)
    assert (seen.verdict, seen.head) == ("ok", journal.head)
    again = opened(target, journal.head, disks.name)
    assert again.head.number == journal.head.number + 1
    again.close()


def test_missing_export_is_named(target: str) -> None:
    with pytest.raises(JournalError, match="missing"):
        restore(target + ".none", target, LedgerFold())


def test_restore_cut_anywhere_leaves_the_old_the_new_or_a_refused_journal(
    disks: SimulatedDisks,
) -> None:
    disks.mount("disk", Disk())
    journal = opened("/disk/journal", None, disks.name)
    exported = journal.append("intent", {}).head
    journal.export("/disk/export")
    remembered = journal.append("result", {}).head
    images = disks.disk("disk").images()
    journal.close()
    verdicts = set()
    for number in range(1, 120):
        disk = Disk(images)
        disk.cut_at = number
        disks.mount("disk", disk)
        with suppress(PowerCut):
            restore("/disk/export", "/disk/journal", LedgerFold(), True, disks.name)
        for image in every_survivor(disk):
            disks.mount("disk", image)
            seen = look("/disk/journal", remembered, LedgerFold(), disks.name)
            verdicts.add(seen.verdict)
            assert look("/disk/export", exported, LedgerFold(), disks.name).verdict == "ok"
    assert verdicts == {"ok", "missing", "older"}

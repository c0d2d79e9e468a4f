"""scripts/report: several terminals' exports as CSV and as one page; nothing counted twice."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from scripts._report import main
from tests.report_material import MadeJournal

FIRST = date(2026, 6, 14)


def two_days(path: Path) -> MadeJournal:
    """Three refunds on one day, one on the next, one of which nobody knows the end."""
    made = MadeJournal(path, FIRST).refund(12_000).refund(3_000, reason="twice", approver="10")
    made.refund(5_000, "declined").turn(days=1, hours=2)
    return made.refund(70_000, operator="02").refund(900, "unknown")


def table(text: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Count and amount by section and name."""
    rows = csv.DictReader(io.StringIO(text))
    return {(r["section"], r["name"]): (r["count"], r["amount"]) for r in rows}


def csv_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What it prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_csv_has_every_section(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = two_days(tmp_path / "till-1.db").close()
    found = table(csv_of(capsys, path))
    assert found["day", "2026-06-14"] == ("2", "150.00")
    assert found["day", "2026-06-15"] == ("1", "700.00")
    assert found["operation", "refund"] == ("3", "850.00")
    assert found["reason", "twice"] == ("1", "30.00")
    assert found["operator", "02"] == ("1", "700.00")
    assert found["approver", "10"] == ("1", "30.00")
    assert found["hour", "09"] == ("2", "150.00")
    assert found["hour", "11"] == ("1", "700.00")
    assert found["not_done", "declined"] == ("1", "")
    assert found["unresolved", "000007/000005"] == ("1", "9.00")
    assert [name for section, name in found if section == "to_look_at"]


def test_days_that_were_not_asked_for_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = two_days(tmp_path / "till-1.db").close()
    found = table(csv_of(capsys, path, "--from", "2026-06-15", "--to", "2026-06-15"))
    assert found["operation", "refund"] == ("1", "700.00")
    assert ("day", "2026-06-14") not in found
    assert ("not_done", "declined") not in found


def test_terminals_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = two_days(tmp_path / "a.db").close()
    other = MadeJournal(tmp_path / "b.db", date(2026, 6, 13)).refund(100).close()
    rows = list(csv.DictReader(io.StringIO(csv_of(capsys, one, f"Door={other}"))))
    assert {row["terminal"] for row in rows} == {"a", "Door"}


def test_older_export_of_the_same_journal_is_not_counted_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = two_days(tmp_path / "live.db")
    made.journal.export(str(tmp_path / "older.db"))
    newer = made.refund(1_000).close()
    text = csv_of(capsys, str(tmp_path / "older.db"), newer)
    assert table(text)["operation", "refund"] == ("4", "860.00")
    assert text.count("operation,refund") == 1


def test_two_journals_with_one_beginning_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = two_days(tmp_path / "live.db")
    made.journal.export(str(tmp_path / "copy.db"))
    one = made.refund(1_000).close()
    copy = MadeJournal(tmp_path / "copy.db", date(2026, 7, 1)).refund(2_000).close()
    assert main([one, copy]) == 2
    assert "go on differently" in capsys.readouterr().err


def test_page_asks_nobody_for_anything(tmp_path: Path) -> None:
    paths = [two_days(tmp_path / "a.db").close()]
    paths.append(
        MadeJournal(tmp_path / "b.db", date(2026, 6, 1)).refund(100, reason="<b>x").close()
    )
    page = tmp_path / "report.html"
    assert main([*paths, "--page", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") >= 5
    assert "851.00" in text
    assert "<script" not in text
    assert "<b>x" not in text
    assert not re.findall(r"""(?:src|href)=|@import|url\(""", text)


def test_what_a_spreadsheet_would_calculate_is_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = MadeJournal(tmp_path / "a.db", FIRST).refund(100, reason="=1+1").close()
    assert ("reason", "'=1+1") in table(csv_of(capsys, path))


@pytest.mark.parametrize("text", ["", "not a database", "SQLite format 3\0" + "x" * 5000])
def test_file_that_is_no_journal_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "bad.db"
    path.write_text(text)
    assert main([str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(str(path))


def test_missing_file_and_missing_folder_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.db")]) == 2
    path = two_days(tmp_path / "a.db").close()
    assert main([path, "--csv", str(tmp_path / "no" / "x.csv")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_records_of_another_program_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = MadeJournal(tmp_path / "a.db", FIRST)
    made.journal.append("report", {"anything": 1})
    assert main([made.close()]) == 0
    capsys.readouterr()

"""Counts and sums of exported journals, of one terminal or several, over as many days as wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts._report_page import report_page
from scripts._report_rows import Terminal, csv_text
from terminal.config import ConfigError, parameter_file
from terminal.domain.day_report import Days, day_report
from terminal.domain.parameters import Parameters
from terminal.domain.warnings import warnings
from terminal.journal.looking import whole_journal
from terminal.journal.record import JournalError, Record


class ReportError(Exception):
    """One line for people: which file, and what to do."""


@dataclass(frozen=True, slots=True)
class Export:
    """The records of one journal, and what its terminal is called."""

    name: str
    path: str
    records: tuple[Record, ...]


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 2 with one line that says what is wrong and what to do."""
    wanted = _parser().parse_args(arguments)
    try:
        _write(wanted)
    except (ReportError, ConfigError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/report",
        description="Refunds by reason, person and hour / 退货日报，可汇总多台终端、多天",
        allow_abbrev=False,
    )
    parser.add_argument(
        "exports",
        nargs="+",
        metavar="[NAME=]EXPORT",
        help="exported journals; NAME is what the terminal is called, else the file's name",
    )
    parser.add_argument("--parameters", metavar="FILE", help="the shop's, for names and reasons")
    parser.add_argument("--from", dest="first", type=_day, metavar="YYYY-MM-DD", help="first day")
    parser.add_argument("--to", dest="last", type=_day, metavar="YYYY-MM-DD", help="last day")
    parser.add_argument("--csv", metavar="FILE", help="for a spreadsheet; - is the default output")
    parser.add_argument("--page", metavar="FILE", help="one HTML page with charts, no network")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: a day is written 2026-06-15") from None


def _write(wanted: argparse.Namespace) -> None:
    parameters, days = _parameters(wanted.parameters), Days(wanted.first, wanted.last)
    exports = [_export(text) for text in wanted.exports]
    terminals = [_terminal(one, days, parameters) for one in _each_once(exports)]
    if wanted.page:
        _to_file(wanted.page, report_page(terminals, days, parameters))
    if wanted.csv not in (None, "-"):
        _to_file(wanted.csv, "\ufeff" + csv_text(terminals, parameters))
    elif not wanted.page or wanted.csv:
        sys.stdout.write(csv_text(terminals, parameters))


def _parameters(path: str | None) -> Parameters:
    return parameter_file(_text(path), path) if path else Parameters()


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None


def _to_file(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror}") from None


def _export(text: str) -> Export:
    name, _, path = text.rpartition("=")
    try:
        with whole_journal(path) as records:
            read = tuple(records)
    except JournalError as error:
        raise ReportError(f"{path}: {error.reason}; check the file / 请检查文件") from None
    if not read:
        raise ReportError(f"{path}: no record in it; check the file / 没有记录，请检查文件")
    return Export(name or Path(path).stem, path, read)


def _each_once(exports: list[Export]) -> Iterator[Export]:
    """Of several exports of one journal the longest: nothing is counted twice."""
    by_first: dict[bytes, Export] = {}
    for one in exports:
        known = by_first.setdefault(one.records[0].hash, one)
        shorter, longer = sorted((known, one), key=lambda export: len(export.records))
        by_first[one.records[0].hash] = longer
        if shorter is not longer:
            _check_same(shorter, longer)
            print(f"{shorter.path}: all of it is in {longer.path}", file=sys.stderr)
    return iter(by_first.values())


def _check_same(shorter: Export, longer: Export) -> None:
    newest = shorter.records[-1]
    if longer.records[newest.number - 1].hash != newest.hash:
        raise ReportError(
            f"{shorter.path} and {longer.path} begin alike and go on differently: "
            f"record {newest.number}; one of them is not this terminal's journal"
        )


def _terminal(export: Export, days: Days, parameters: Parameters) -> Terminal:
    newest = export.records[-1]
    try:
        found = warnings(export.records, parameters)
        report = day_report(export.records, days, (newest.number, newest.hash), found)
    except (KeyError, TypeError, ValueError) as error:
        what = type(error).__name__
        raise ReportError(f"{export.path}: records of another program ({what})") from None
    return Terminal(export.name, report)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

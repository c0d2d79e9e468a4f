"""The lines of a report over several terminals: for a spreadsheet, and added up for a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from terminal.domain import receipt_words as words
from terminal.domain.day_report import DayReport, Line, Section
from terminal.domain.money import Amount
from terminal.domain.parameters import Parameters
from terminal.domain.receipt_day import in_words
from terminal.domain.receipt_operations import outcome_words
from terminal.domain.transaction import Transaction
from terminal.domain.warning_words import WARNINGS
from terminal.domain.warnings import Warned

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for one


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal and what its journal came to."""

    name: str
    report: DayReport


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the CSV: `amount` in yuan with two decimals, empty where there is none."""

    terminal: str
    section: str
    name: str
    words: str
    count: int | str = ""
    amount: str = ""


def csv_text(terminals: Iterable[Terminal], parameters: Parameters) -> str:
    """All sections of all terminals, with a line of headings."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(field.name for field in fields(Row))
    for terminal in terminals:
        for row in rows(terminal, parameters):
            writer.writerow(_harmless(getattr(row, field.name)) for field in fields(Row))
    return out.getvalue()


def _harmless(cell: int | str) -> int | str:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def rows(terminal: Terminal, parameters: Parameters) -> Iterator[Row]:
    """One terminal's: days, sums, what was not done, what is open, what to look at, the head."""
    name, report = terminal.name, terminal.report
    for line in by_day(report):
        yield _sum(name, "day", line, line.name)
    for section in Section:
        for line in report.lines(section):
            yield _sum(name, section.value, line, in_words(section, line.name, parameters))
    for outcome, count in report.not_done.items():
        said = words.RESULTS.get(outcome, words.NOT_DONE_BY_HAND)
        yield Row(name, "not_done", outcome.value, f"{said.zh_cn} {said.en}", count)
    yield from (_one(name, "by_hand", one) for one in report.by_hand)
    yield from (_one(name, "unresolved", one) for one in report.unresolved)
    yield from (_warning(name, one) for one in report.warned)
    number, digest = report.head
    yield Row(name, "journal_head", f"{number}", digest.hex())


def _warning(terminal: str, one: Warned) -> Row:
    said, amount = WARNINGS[one.kind], yuan(one.amount_minor) if one.amount_minor else ""
    told = f"{said.zh_cn} {said.en}; {one.operator} {one.stan:06d}"
    return Row(terminal, "to_look_at", f"{one.record} {one.kind}", told, 1, amount)


def _sum(terminal: str, section: str, line: Line, said: str) -> Row:
    return Row(terminal, section, line.name, said, line.count, yuan(line.amount_minor))


def _one(terminal: str, section: str, one: Transaction) -> Row:
    said, stan = outcome_words(one), f"{one.intent.batch:06d}/{one.intent.stan:06d}"
    return Row(terminal, section, stan, f"{said.zh_cn} {said.en}", 1, yuan(one.moved_minor))


def yuan(amount_minor: int) -> str:
    """`1234.50`: what every spreadsheet reads as a number."""
    return Amount(amount_minor).plain.replace(",", "")


def by_day(report: DayReport) -> tuple[Line, ...]:
    """What was given back on each day that had any."""
    return tuple(report.days[day] for day in sorted(report.days))


def added_up(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines of one name as one, sorted by name."""
    found: dict[str, Line] = {}
    for line in lines:
        before = found.get(line.name, Line(line.name))
        amount_minor = before.amount_minor + line.amount_minor
        found[line.name] = Line(line.name, before.count + line.count, amount_minor)
    return tuple(found[name] for name in sorted(found))

"""The report of a day on paper, 日报表: for the shop's owner, 32 half-width columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from terminal.domain import receipt_words as words
from terminal.domain.day_report import DayReport, Section
from terminal.domain.parameters import Parameters
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import ruled
from terminal.domain.receipt_facts import ShopFace
from terminal.domain.receipt_operations import PARTIAL, outcome_words, wording
from terminal.domain.receipt_rows import both, counted, fact, lines, money, without_pan
from terminal.domain.receipt_sections import foot, head, who
from terminal.domain.receipt_words import Copy
from terminal.domain.slip import Align, Line, Row, Rule, Slip, Space
from terminal.domain.transaction import Transaction
from terminal.domain.warning_words import WARNINGS
from terminal.domain.warnings import Warned

TITLE: Final = Phrase("DAY REPORT", "日报表")
NOTHING: Final = Phrase("No transaction on this day", "当日没有交易")
OPEN: Final = Phrase("UNRESOLVED NOW", "目前未决交易")
BY_HAND: Final = Phrase("FOUND OUT BY HAND", "人工核实")
LOOK_AT: Final = Phrase("TO BE LOOKED AT", "需要留意")
HEAD: Final = Phrase("Newest record of the journal", "日志最后一条记录")
TITLES: Final[Mapping[Section, str]] = MappingProxyType(
    {
        Section.OPERATION: "交易类型 BY OPERATION",
        Section.REASON: "原因 BY REASON",
        Section.OPERATOR: "操作员 BY OPERATOR",
        Section.APPROVER: "授权人 BY APPROVER",
        Section.HOUR: "时段 BY HOUR",
        Section.EXCEPTION: "例外 EXCEPTIONS",
    }
)


@dataclass(frozen=True, slots=True)
class PrintedBy:
    """Which day was asked for, and by whom."""

    day: date
    operator: str


def day_slip(report: DayReport, asked: PrintedBy, parameters: Parameters, shop: ShopFace) -> Slip:
    """The shop's report; a hash is printed whole, so that a journal that was cut shows."""
    sections = (
        tuple(head(TITLE, Copy.MERCHANT, shop, 0)),
        tuple(_which(asked, parameters, shop)),
        tuple(_nothing(report)),
        *(tuple(_section(report, section, parameters)) for section in Section),
        tuple(_not_done(report)),
        tuple(_named(BY_HAND, report.by_hand)),
        tuple(_named(OPEN, report.unresolved)),
        tuple(_warned(report.warned)),
        tuple(_head(report)),
        tuple(foot(shop)),
    )
    return Slip("day_report.merchant", ruled(sections))


def _which(asked: PrintedBy, parameters: Parameters, shop: ShopFace) -> Iterator[Row]:
    person = parameters.person(asked.operator)
    yield from who(shop, asked.operator, person.name if person else "")
    yield from fact("日期 DAY", f"{asked.day:%Y/%m/%d}", bold=True)


def _nothing(report: DayReport) -> Iterator[Row]:
    if not report.sections and not report.not_done:
        yield from both(NOTHING)


def _section(report: DayReport, section: Section, parameters: Parameters) -> Iterator[Row]:
    found = report.lines(section)
    if not found:
        return
    yield Line(TITLES[section], bold=True)
    for line in found:
        name = in_words(section, line.name, parameters)
        yield from counted(name, line.count, line.amount_minor)
    if section is Section.OPERATION and report.given_back.count:
        back = report.given_back
        yield from counted("退出合计 GIVEN BACK", back.count, back.amount_minor, bold=True)


def in_words(section: Section, name: str, parameters: Parameters) -> str:
    """What the journal's code, number or hour is called; a name that is not known stays."""
    match section:
        case Section.OPERATION:
            return PARTIAL if name == "partial" else wording(name).kind
        case Section.REASON:
            reason = parameters.reason(name)
            return without_pan(f"{reason.zh_cn} {reason.en}" if reason else name)
        case Section.OPERATOR | Section.APPROVER:
            person = parameters.person(name)
            return without_pan(f"{name} {person.name}" if person else name)
        case Section.HOUR:
            return f"{name}:00-{name}:59"
        case Section.EXCEPTION:
            return words.EXCEPTIONS.get(name, name)


def _not_done(report: DayReport) -> Iterator[Row]:
    for outcome, count in report.not_done.items():
        said = words.RESULTS.get(outcome, words.NOT_DONE_BY_HAND)
        yield from fact(f"{said.zh_cn} {said.en}", f"{count}")


def _named(title: Phrase, transactions: list[Transaction]) -> Iterator[Row]:
    if not transactions:
        return
    yield from both(title, bold=True)
    for one in transactions:
        intent = one.intent
        stan = f"{intent.batch:06d}/{intent.stan:06d}"
        yield from fact(stan, money(one.moved_minor))
        said = outcome_words(one)
        yield from lines(f"{said.zh_cn} {said.en}", Align.RIGHT)


def _warned(warned: tuple[Warned, ...]) -> Iterator[Row]:
    if not warned:
        return
    yield from both(LOOK_AT, bold=True)
    for one in warned:
        said = WARNINGS[one.kind]
        yield from lines(f"{said.zh_cn} {said.en}")
        stan = f"{one.stan:06d}" if one.stan else ""
        whose = " ".join(filter(None, (one.operator, stan))) or f"#{one.record}"
        yield from fact(whose, money(one.amount_minor) if one.amount_minor else f"#{one.record}")


def _head(report: DayReport) -> Iterator[Row]:
    number, digest = report.head
    yield from both(HEAD)
    yield from fact("编号 NUMBER", f"{number}")
    yield from lines(digest.hex())
    yield Rule()
    yield Line("店主签名 OWNER'S SIGNATURE")
    yield Space(2)

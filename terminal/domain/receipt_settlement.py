"""The slip of a settlement, 结算总计单: counts and sums, what the host says, what is open (6.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from terminal.domain.books import Totals
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import ruled
from terminal.domain.receipt_facts import ShopFace
from terminal.domain.receipt_operations import kind, outcome_words, wording
from terminal.domain.receipt_rows import both, counted, fact, lines, moment, money
from terminal.domain.receipt_sections import foot, head, who
from terminal.domain.receipt_words import Copy
from terminal.domain.settlement import (
    Balance,
    NotUploaded,
    OperationTotals,
    SettledBatch,
    explaining,
)
from terminal.domain.settling import SILENT
from terminal.domain.slip import Align, Line, Row, Slip
from terminal.domain.transaction import Transaction

TITLE: Final = Phrase("SETTLEMENT", "结算总计单")
OPEN: Final = Phrase("UNRESOLVED, NOT IN THE TOTALS", "未决交易，未计入总计")
BY_HAND: Final = Phrase("FOUND OUT BY HAND, NOT UPLOADED", "人工核实，未上送")
LEFT_OUT: Final = Phrase("NOT UPLOADED: BY HAND", "未上送，人工处理")
END: Final = Phrase("End of the upload", "批上送结束报文")
NOT_COMPARED: Final = Phrase("Closed without the host", "未对账即关闭批次")
CARD_SHUT: Final = Phrase("Card number can't be opened", "卡号无法打开")
NO_ANSWER: Final = Phrase("No answer of the host", "主机没有应答")
ASK: Final = Phrase("Settle each with the acquirer", "请逐笔与收单行核实")
MATCHES: Final = Phrase("As much as the difference", "与差额相符，仅供参考")
BALANCES: Final[Mapping[Balance, str]] = MappingProxyType(
    {
        Balance.BALANCED: "对账平 BALANCED",
        Balance.DIFFERENT: "对账不平 NOT BALANCED",
        Balance.ERROR: "对账出错 ERROR",
        Balance.NOT_COMPARED: "未对账 NOT COMPARED",
    }
)


def settlement_slip(settled: SettledBatch, shop: ShopFace, duplicate: int = 0) -> Slip:
    """The shop's slip of a closed batch; `duplicate` counts reprints, 0 is the first print."""
    sections = (
        tuple(head(TITLE, Copy.MERCHANT, shop, duplicate)),
        tuple(_which(settled, shop)),
        tuple(_operations(settled.totals.operations)),
        tuple(_half("内卡 DOMESTIC", settled.totals.domestic, settled.domestic)),
        tuple(_host(settled.domestic, settled.host_domestic)),
        tuple(_half("外卡 FOREIGN", settled.totals.foreign, settled.foreign)),
        tuple(_host(settled.foreign, settled.host_foreign)),
        tuple(_open(settled)),
        tuple(_by_hand(settled)),
        tuple(_left_out(settled)),
        tuple(foot(shop)),
    )
    return Slip("settlement.merchant", ruled(sections))


def _which(settled: SettledBatch, shop: ShopFace) -> Iterator[Row]:
    yield from who(shop, settled.operator, settled.operator_name)
    yield from fact("批次号 BATCH", f"{settled.batch:06d}", bold=True)
    yield from fact("凭证号 STAN", f"{settled.stan:06d}")
    time = moment(settled.wall, settled.host_date, settled.host_time)
    yield from fact("时间 TIME", time)
    if settled.uploaded is not None:
        yield from fact("上送笔数 UPLOADED", str(settled.uploaded))


def _operations(operations: tuple[OperationTotals, ...]) -> Iterator[Row]:
    for one in operations:
        yield from counted(wording(one.operation).kind, one.count, one.amount_minor)


def _half(name: str, figures: Totals, balance: Balance) -> Iterator[Row]:
    yield Line(name, bold=True)
    yield Line(BALANCES[balance], Align.RIGHT, bold=True)
    yield from _sums("借记 DEBIT", "贷记 CREDIT", figures)


def _host(balance: Balance, figures: Totals | None) -> Iterator[Row]:
    if balance is Balance.DIFFERENT and figures is not None:
        yield from _sums("主机借记 HOST DEBIT", "主机贷记 HOST CREDIT", figures)


def _sums(debit: str, credit: str, figures: Totals) -> Iterator[Row]:
    yield from counted(debit, figures.debit_count, figures.debit_minor)
    yield from counted(credit, figures.credit_count, figures.credit_minor)


def _open(settled: SettledBatch) -> Iterator[Row]:
    if not settled.unresolved:
        return
    yield from both(OPEN, bold=True)
    evidence = explaining(settled)
    for one in settled.unresolved:
        yield from _named(one, settled.batch)
        if one in evidence:
            yield from both(MATCHES, Align.RIGHT)
    yield from both(ASK)


def _by_hand(settled: SettledBatch) -> Iterator[Row]:
    if settled.by_hand:
        yield from both(BY_HAND, bold=True)
        for one in settled.by_hand:
            yield from _named(one, settled.batch)


def _left_out(settled: SettledBatch) -> Iterator[Row]:
    if not settled.not_uploaded:
        return
    yield from both(LEFT_OUT, bold=True)
    for one in settled.not_uploaded:
        yield from _one_left_out(one, settled.batch)
    yield from both(ASK)


def _one_left_out(one: NotUploaded, batch: int) -> Iterator[Row]:
    for transaction in one.transactions:
        yield from _named(transaction, batch)
    if not one.transactions:
        yield from both(NOT_COMPARED if one.is_question else END)
    yield from _why(one)
    yield from fact("授权人 APPROVER", f"{one.operator} {one.operator_name}".strip())


def _why(one: NotUploaded) -> tuple[Row, ...]:
    if one.why and one.why != SILENT:
        return fact("主机拒绝 REFUSED", one.why)
    return both(NO_ANSWER if one.why else CARD_SHUT)


def _named(transaction: Transaction, batch: int) -> Iterator[Row]:
    intent = transaction.intent
    other = f"{intent.batch:06d}/" if intent.batch != batch else ""
    yield from lines(f"{other}{intent.stan:06d} {kind(intent)}")
    said = outcome_words(transaction)
    yield from fact(said.zh_cn, money(transaction.moved_minor))
    yield from lines(said.en)

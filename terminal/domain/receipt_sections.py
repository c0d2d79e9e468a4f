"""Sections that several slips share: head, operation, original, decisions, foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from terminal.domain import receipt_words as words
from terminal.domain.card import mask
from terminal.domain.phrase import Phrase
from terminal.domain.receipt_facts import ShopFace, SlipFacts
from terminal.domain.receipt_operations import kind, wording
from terminal.domain.receipt_rows import (
    both,
    fact,
    fact_in_both,
    heading,
    lines,
    money,
    printed_time,
    without_pan,
)
from terminal.domain.slip import Align, Line, Pair, Row, Space
from terminal.domain.transaction import REFUNDS, Transaction

QR_ENTRY: Final = "Q"


def head(title: Phrase, copy: words.Copy, shop: ShopFace, duplicate: int) -> Iterator[Row]:
    """Title, for whom, the mark of a reprint, the shop's name."""
    yield from heading(title)
    yield Line(words.COPIES[copy], Align.CENTRE)
    if duplicate:
        yield Line(f"{words.DUPLICATE} {duplicate}", Align.CENTRE, bold=True)
    yield Space()
    yield from both(shop.merchant_name)


def who(shop: ShopFace, operator: str, operator_name: str) -> Iterator[Row]:
    """Merchant, terminal, operator."""
    yield from fact("商户编号 MID", shop.merchant_id)
    yield from fact("终端编号 TID", shop.terminal_id)
    yield from fact("操作员 OPERATOR", f"{operator} {without_pan(operator_name)}".strip())


def operation(transaction: Transaction, shop: ShopFace) -> Iterator[Row]:
    """Who did what with which card or wallet, its numbers, its time and its amounts (6.5)."""
    intent = transaction.intent
    yield from who(shop, intent.operator, transaction.operator_name)
    yield from fact("卡号 CARD", _card(transaction))
    yield from fact("付款凭证 VOUCHER", _voucher(transaction))
    yield from fact("发卡行 ISSUER", transaction.issuer.strip())
    yield from fact("收单行 ACQUIRER", transaction.acquirer.strip())
    yield Pair("交易类型 TYPE", kind(intent), bold=True)
    yield from fact("批次号 BATCH", f"{intent.batch:06d}")
    yield from fact("凭证号 STAN", f"{intent.stan:06d}")
    yield from fact("授权码 AUTH", transaction.auth_code.strip())
    yield from fact("参考号 RRN", transaction.rrn.strip())
    yield from fact("时间 TIME", printed_time(transaction))
    yield from _amounts(transaction)


def _amounts(transaction: Transaction) -> Iterator[Row]:
    asked = transaction.intent.amount_minor
    moved = transaction.moved_minor if transaction.outcome.has_moved else asked
    if moved != asked:
        yield from fact("申请金额 ASKED FOR", money(asked))
    yield from fact(wording(transaction.intent.operation).amount, money(moved), bold=True)


def _card(transaction: Transaction) -> str:
    # It is masked already; once more changes nothing, and a whole number would not get on paper.
    card = mask(transaction.intent.card)
    return f"{card} /{transaction.intent.entry}" if card else ""


def _voucher(transaction: Transaction) -> str:
    # Shown whole: it names a payment, and the wallet finds no payment by a part of it.
    voucher = transaction.voucher or transaction.intent.original.voucher
    return f"{voucher} /{QR_ENTRY}" if voucher else ""


def purchase(transaction: Transaction, facts: SlipFacts) -> Iterator[Row]:
    """What a void or refund is about; a sale is about nothing before it."""
    original, done = transaction.intent.original, transaction.intent.operation
    if done == "sale":
        return
    if done == "void":
        yield from fact("原凭证号 ORIG STAN", f"{original.stan:06d}")
    yield from fact("原参考号 ORIG RRN", original.rrn.strip() if original.is_known else "")
    yield from fact("原交易日期 ORIG DATE", f"{original.day:%Y/%m/%d}")
    yield from fact("原金额 ORIG AMT", money(original.amount_minor))
    if done in REFUNDS and facts.remaining_minor is not None:
        yield from fact("本机可退余额 REMAINING", money(facts.remaining_minor))


def decisions(transaction: Transaction, facts: SlipFacts) -> Iterator[Row]:
    """Why, on what paper, and who allowed it."""
    intent = transaction.intent
    reason = Phrase(without_pan(facts.reason.en), without_pan(facts.reason.zh_cn))
    yield from fact_in_both("原因 REASON", reason)
    yield from fact("凭据号 DOCUMENT", without_pan(intent.document))
    yield from fact("授权人 APPROVER", _named(intent.approver, facts.approver_name))
    yield from fact("授权人二 APPROVER 2", _named(intent.second_approver, facts.second_name))
    for name in intent.exceptions:
        yield from fact("例外 EXCEPTION", words.EXCEPTIONS.get(name, name))
    yield from fact("核实人 SETTLED BY", without_pan(transaction.settled_by))


def _named(number: str, name: str) -> str:
    return f"{number} {without_pan(name)}".strip() if number else ""


def notes(transaction: Transaction) -> Iterator[Row]:
    """What the host wrote about fees and instalments, and what a foreign card means."""
    for label, remarks in (
        ("原交易备注 ORIG NOTE", transaction.intent.original.notes),
        ("备注 NOTE", transaction.remarks),
    ):
        if remarks:
            yield Line(label)
        for remark in remarks:
            yield from lines(without_pan(remark))
    if transaction.is_foreign and transaction.intent.operation in REFUNDS:
        yield from both(words.FOREIGN, Align.LEFT)


def foot(shop: ShopFace) -> Iterator[Row]:
    """Whom to ask, and the shop's own words."""
    yield from fact("服务电话 SERVICE", shop.service_phone)
    yield from both(shop.footer)

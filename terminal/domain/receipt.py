"""Slips of a refund (unionpay-pos 6.5): merchant and customer copy, whatever its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from terminal.domain import receipt_words as words
from terminal.domain.card import mask
from terminal.domain.phrase import Phrase
from terminal.domain.receipt_rows import (
    both,
    fact,
    fact_in_both,
    heading,
    money,
    printed_time,
    without_pan,
)
from terminal.domain.receipt_words import Copy as Copy
from terminal.domain.slip import Align, Code128, Line, Pair, Qr, Row, Rule, Slip, Space
from terminal.domain.transaction import Outcome, Transaction


@dataclass(frozen=True, slots=True)
class ShopFace:
    """What stands on every slip of the shop; `expected_days` until the money is there."""

    merchant_name: Phrase
    merchant_id: str
    terminal_id: str
    service_phone: str
    footer: Phrase
    expected_days: int


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a slip says beyond the transaction itself.

    `remaining_minor` is what can still be returned, as far as this terminal knows; None leaves it
    out. `code` is the text of the QR code. `declined` is the host's reason in words. `duplicate`
    counts reprints: 0 is the first print.
    """

    reason: Phrase
    remaining_minor: int | None = None
    code: str | None = None
    declined: Phrase | None = None
    approver_name: str = ""
    duplicate: int = 0


def refund_slip(transaction: Transaction, shop: ShopFace, copy: Copy, facts: SlipFacts) -> Slip:
    """One copy of a refund's slip. The card is masked, and so is any card number in free text."""
    rows = (
        *_head(shop, copy, facts),
        Rule(),
        *_operation(transaction, shop),
        Rule(),
        *_purchase(transaction, facts),
        *_decisions(transaction, facts),
        Rule(),
        *_result(transaction, shop, facts),
        *_signature(transaction, copy),
        *_foot(transaction, shop, facts),
    )
    return Slip(slip_name(transaction.outcome, copy), rows)


def slip_name(outcome: Outcome, copy: Copy) -> str:
    """`refund.merchant` when the host approved, `refund.unknown.merchant` and so on else."""
    if outcome is Outcome.APPROVED:
        return f"refund.{copy.value}"
    return f"refund.{outcome.value}.{copy.value}"


def _head(shop: ShopFace, copy: Copy, facts: SlipFacts) -> Iterator[Row]:
    yield from heading(words.TITLE)
    yield Line(words.COPIES[copy], Align.CENTRE)
    if facts.duplicate:
        yield Line(f"{words.DUPLICATE} {facts.duplicate}", Align.CENTRE, bold=True)
    yield Space()
    yield from both(shop.merchant_name)


def _operation(transaction: Transaction, shop: ShopFace) -> Iterator[Row]:
    intent = transaction.intent
    operator = f"{intent.operator} {without_pan(transaction.operator_name)}".strip()
    yield from fact("商户编号 MID", shop.merchant_id)
    yield from fact("终端编号 TID", shop.terminal_id)
    yield from fact("操作员 OPERATOR", operator)
    yield from fact("卡号 CARD", _card(transaction))
    yield from fact("发卡行 ISSUER", transaction.issuer.strip())
    yield from fact("收单行 ACQUIRER", transaction.acquirer.strip())
    yield Pair("交易类型 TYPE", "退货 REFUND", bold=True)
    yield from fact("批次号 BATCH", f"{intent.batch:06d}")
    yield from fact("凭证号 STAN", f"{intent.stan:06d}")
    yield from fact("授权码 AUTH", transaction.auth_code.strip())
    yield from fact("参考号 RRN", transaction.rrn.strip())
    yield from fact("时间 TIME", printed_time(transaction))
    yield from _amounts(transaction)


def _amounts(transaction: Transaction) -> Iterator[Row]:
    asked = transaction.intent.amount_minor
    moved = transaction.moved_minor if transaction.outcome in words.MONEY_MOVED else asked
    if moved != asked:
        yield from fact("申请金额 ASKED FOR", money(asked))
    yield from fact("退货金额 AMOUNT", money(moved), bold=True)


def _card(transaction: Transaction) -> str:
    intent = transaction.intent
    card = intent.card if "*" in intent.card else mask(intent.card)
    return f"{without_pan(card)} /{intent.entry}" if card else ""


def _purchase(transaction: Transaction, facts: SlipFacts) -> Iterator[Row]:
    original = transaction.intent.original
    yield from fact("原参考号 ORIG RRN", original.rrn.strip())
    yield from fact("原交易日期 ORIG DATE", f"{original.day:%Y/%m/%d}")
    yield from fact("原金额 ORIG AMT", money(original.amount_minor))
    if facts.remaining_minor is not None:
        yield from fact("本机可退余额 REMAINING", money(facts.remaining_minor))


def _decisions(transaction: Transaction, facts: SlipFacts) -> Iterator[Row]:
    intent = transaction.intent
    reason = Phrase(without_pan(facts.reason.en), without_pan(facts.reason.zh_cn))
    yield from fact_in_both("原因 REASON", reason)
    yield from fact("凭据号 DOCUMENT", without_pan(intent.document))
    if intent.approver:
        approver = f"{intent.approver} {without_pan(facts.approver_name)}".strip()
        yield from fact("授权人 APPROVER", approver)
    for name in intent.exceptions:
        yield from fact("例外 EXCEPTION", words.EXCEPTIONS.get(name, name))
    yield from fact("核实人 SETTLED BY", without_pan(transaction.settled_by))


def _result(transaction: Transaction, shop: ShopFace, facts: SlipFacts) -> Iterator[Row]:
    yield from heading(words.RESULTS[transaction.outcome])
    if transaction.outcome.unresolved:
        yield from both(words.MONEY_MAY_HAVE_MOVED)
        yield from both(words.DO_NOT_REPEAT, bold=True)
        yield from both(words.call(shop.service_phone))
    elif transaction.outcome in words.MONEY_MOVED:
        yield from both(words.expected(shop.expected_days))
    else:
        yield from both(words.NO_MONEY, bold=True)
        yield from fact("应答码 CODE", transaction.response_code)
        yield from both(facts.declined or Phrase("", ""))


def _signature(transaction: Transaction, copy: Copy) -> Iterator[Row]:
    if copy is not Copy.MERCHANT or transaction.outcome not in words.MONEY_MOVED:
        return
    yield Space()
    yield Line("持卡人签名 SIGNATURE")
    yield Space(2)
    yield Rule()
    yield from both(words.DECLARATION, Align.LEFT)


def _foot(transaction: Transaction, shop: ShopFace, facts: SlipFacts) -> Iterator[Row]:
    if transaction.outcome in words.MONEY_MOVED:
        yield from _codes(transaction, facts)
    yield from fact("服务电话 SERVICE", shop.service_phone)
    yield from both(shop.footer)


def _codes(transaction: Transaction, facts: SlipFacts) -> Iterator[Row]:
    # Both name the purchase: what is scanned next time is what was paid, not what was given back.
    if facts.code:
        yield Qr(facts.code)
    original = transaction.intent.original
    rrn = original.rrn.strip()
    if rrn.isascii() and rrn.isalnum():
        yield Code128(f"{rrn}{original.day:%Y%m%d}")

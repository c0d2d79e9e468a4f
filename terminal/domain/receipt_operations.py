"""What the slips of each operation are called, and what they say of the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from terminal.domain import receipt_words as words
from terminal.domain.phrase import Phrase
from terminal.domain.transaction import Intent, Outcome, Transaction

PARTIAL: Final = "部分退货 PARTIAL"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one operation.

    `done` stands under an approval (a refund says when the money comes instead), `not_done` under
    a decline; `by_hand` and `not_by_hand` are what a person found out.
    """

    kind: str
    title: Phrase
    amount: str
    done: Phrase
    not_done: Phrase
    may_have: Phrase
    do_not_repeat: Phrase
    by_hand: Phrase
    not_by_hand: Phrase
    declaration: Phrase


_REFUND: Final = Wording(
    kind="退货 REFUND",
    title=Phrase("REFUND SLIP", "退货签购单"),
    amount="退货金额 AMOUNT",
    done=Phrase("", ""),
    not_done=Phrase("NO MONEY MOVED", "未发生资金变动"),
    may_have=Phrase("The money may have moved", "款项可能已退出"),
    do_not_repeat=Phrase("DO NOT REFUND AGAIN", "请勿重复退货"),
    by_hand=Phrase("DONE, BY HAND", "人工核实已退货"),
    not_by_hand=Phrase("NOT DONE, BY HAND", "人工核实未退货"),
    declaration=Phrase(
        "I CONFIRM THIS REFUND AND ITS CREDIT TO THIS CARD",
        "本人确认以上交易，同意将其记入本卡账户",
    ),
)
WORDING: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "refund": _REFUND,
        "qr_refund": replace(
            _REFUND,
            kind="扫码退货 QR REFUND",
            title=Phrase("QR REFUND SLIP", "扫码退货签购单"),
            declaration=Phrase(
                "I CONFIRM THIS REFUND TO THE WALLET THAT PAID",
                "本人确认以上交易，同意退回原付款账户",
            ),
        ),
        "void": Wording(
            kind="撤销 VOID",
            title=Phrase("VOID SLIP", "撤销签购单"),
            amount="撤销金额 AMOUNT",
            done=Phrase("The sale is void, nothing to pay", "原消费已撤销，无需付款"),
            not_done=Phrase("NOT VOID, THE SALE STANDS", "未撤销，原消费仍有效"),
            may_have=Phrase("The sale may be void already", "原消费可能已撤销"),
            do_not_repeat=Phrase("DO NOT VOID OR REFUND IT NOW", "请勿重复撤销或退货"),
            by_hand=Phrase("VOID, FOUND OUT BY HAND", "人工核实已撤销"),
            not_by_hand=Phrase("NOT VOID, FOUND OUT BY HAND", "人工核实未撤销"),
            declaration=Phrase("I CONFIRM THIS VOID", "本人确认以上交易，同意撤销原消费"),
        ),
        "sale": Wording(
            kind="消费 SALE",
            title=Phrase("SALES SLIP", "消费签购单"),
            amount="消费金额 AMOUNT",
            done=Phrase("", ""),
            not_done=Phrase("NOT PAID, NO MONEY MOVED", "未付款，未发生资金变动"),
            may_have=Phrase("The money may have been taken", "款项可能已扣"),
            do_not_repeat=Phrase("DO NOT CHARGE AGAIN NOW", "请勿重复收款"),
            by_hand=Phrase("PAID, FOUND OUT BY HAND", "人工核实已付款"),
            not_by_hand=Phrase("NOT PAID, FOUND OUT BY HAND", "人工核实未付款"),
            declaration=Phrase(
                "I ACKNOWLEDGE RECEIPT OF THE GOODS OR SERVICE",
                "本人确认以上交易，同意将其记入本卡账户",
            ),
        ),
    }
)


def wording(operation: str) -> Wording:
    """The words of an operation: refund, qr_refund, void or sale."""
    return WORDING[operation]


def kind(intent: Intent) -> str:
    """The type of the transaction as printed; less than was paid is a partial return."""
    if intent.operation == "refund" and intent.amount_minor < intent.original.amount_minor:
        return PARTIAL
    return wording(intent.operation).kind


def outcome_words(transaction: Transaction) -> Phrase:
    """The result in a few words: on a transaction's slip the heading, in a list a remark."""
    said, outcome = wording(transaction.intent.operation), transaction.outcome
    if outcome is Outcome.DONE_BY_HAND:
        return said.by_hand
    if outcome is Outcome.NOT_DONE_BY_HAND:
        return said.not_by_hand
    if outcome is Outcome.MANUAL:
        # A number that may be another transaction's is never reversed (profile 1, code 94).
        return words.REVERSAL_FAILED if transaction.reversal_tries else words.BY_A_PERSON
    return words.RESULTS[outcome]

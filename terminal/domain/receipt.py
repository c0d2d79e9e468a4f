"""Slips of a transaction (unionpay-pos 6.5): merchant and customer copy, whatever its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from terminal.domain import receipt_words as words
from terminal.domain.phrase import Phrase
from terminal.domain.receipt_facts import ShopFace as ShopFace
from terminal.domain.receipt_facts import SlipFacts as SlipFacts
from terminal.domain.receipt_operations import outcome_words, wording
from terminal.domain.receipt_rows import both, fact, heading, money
from terminal.domain.receipt_sections import decisions, foot, head, notes, operation, purchase
from terminal.domain.receipt_words import Copy as Copy
from terminal.domain.slip import Align, Code128, Line, Qr, Row, Rule, Slip, Space
from terminal.domain.transaction import REFUNDS, Outcome, Transaction


def transaction_slip(
    transaction: Transaction, shop: ShopFace, copy: Copy, facts: SlipFacts
) -> Slip:
    """One copy of the slip of a refund, partial return, QR refund, void or sale.

    The card is masked, and so is any card number in free text.
    """
    intent = transaction.intent
    sections = (
        tuple(head(wording(intent.operation).title, copy, shop, facts.duplicate)),
        tuple(operation(transaction, shop)),
        (*purchase(transaction, facts), *decisions(transaction, facts)),
        tuple(notes(transaction)),
        tuple(_end(transaction, shop, copy, facts)),
    )
    return Slip(slip_name(transaction.outcome, copy, intent.operation), ruled(sections))


def slip_name(outcome: Outcome, copy: Copy, operation: str = "refund") -> str:
    """`refund.merchant` when the host approved, `refund.unknown.merchant` and so on else."""
    if outcome is Outcome.APPROVED:
        return f"{operation}.{copy.value}"
    return f"{operation}.{outcome.value}.{copy.value}"


def reversal_failed_slip(transaction: Transaction, shop: ShopFace, duplicate: int = 0) -> Slip:
    """For the shop alone: a sale or void whose reversal failed, for a person to settle (6.5)."""
    sections = (
        tuple(head(words.REVERSAL_FAILED, Copy.MERCHANT, shop, duplicate)),
        tuple(operation(transaction, shop)),
        tuple(purchase(transaction, SlipFacts())),
        (*_reversal(transaction), *_unresolved(transaction, shop), *foot(shop)),
    )
    return Slip("reversal_failed.merchant", ruled(sections))


def _reversal(transaction: Transaction) -> Iterator[Row]:
    yield from fact("冲正次数 TRIES", str(transaction.reversal_tries))
    yield from fact("冲正原因 REASON", transaction.reversal_reason)
    yield from fact("应答码 CODE", transaction.response_code)


def ruled(sections: Iterable[tuple[Row, ...]]) -> tuple[Row, ...]:
    """The sections that say something, a line between two."""
    rows: tuple[Row, ...] = ()
    for section in sections:
        rows = (*rows, Rule(), *section) if rows and section else (*rows, *section)
    return rows


def _end(transaction: Transaction, shop: ShopFace, copy: Copy, facts: SlipFacts) -> Iterator[Row]:
    yield from heading(outcome_words(transaction))
    if transaction.outcome.unresolved:
        yield from _unresolved(transaction, shop)
    elif transaction.outcome.has_moved:
        yield from _done(transaction, shop, copy, facts)
    else:
        yield from both(wording(transaction.intent.operation).not_done, bold=True)
        yield from fact("应答码 CODE", transaction.response_code)
        yield from both(facts.declined or Phrase("", ""))
    yield from foot(shop)


def _unresolved(transaction: Transaction, shop: ShopFace) -> Iterator[Row]:
    said = wording(transaction.intent.operation)
    yield from both(said.may_have)
    yield from both(said.do_not_repeat, bold=True)
    yield from both(words.call(shop.service_phone))


def _done(transaction: Transaction, shop: ShopFace, copy: Copy, facts: SlipFacts) -> Iterator[Row]:
    done = transaction.intent.operation
    said = words.expected(shop.expected_days) if done in REFUNDS else wording(done).done
    yield from both(said)
    if copy is Copy.CUSTOMER and facts.balance_minor is not None:
        yield from fact("卡内余额 BALANCE", money(facts.balance_minor))
    if copy is Copy.MERCHANT:
        yield from _signature(wording(done).declaration)
    yield from _codes(transaction, facts)


def _signature(declaration: Phrase) -> Iterator[Row]:
    yield Space()
    yield Line("持卡人签名 SIGNATURE")
    yield Space(2)
    yield Rule()
    yield from both(declaration, Align.LEFT)


def _codes(transaction: Transaction, facts: SlipFacts) -> Iterator[Row]:
    # Both name the purchase: what is scanned next time is what was paid, not what was given back.
    # A voided purchase has nothing to give back.
    if transaction.intent.operation == "void":
        return
    if facts.code:
        yield Qr(facts.code)
    original = transaction.named_purchase
    rrn = original.rrn.strip()
    if rrn.isascii() and rrn.isalnum() and rrn.strip("0"):
        yield Code128(f"{rrn}{original.day:%Y%m%d}")

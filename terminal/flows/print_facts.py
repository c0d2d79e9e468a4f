"""The slip of a transaction as data, with what only the terminal knows beside it."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain.facts import Facts
from terminal.domain.phrase import Phrase
from terminal.domain.receipt import Copy, ShopFace, SlipFacts, transaction_slip
from terminal.domain.slip import Slip
from terminal.domain.transaction import REFUNDS, Outcome, Transaction
from terminal.ui.host_text import host_text


def slip_of(facts: Facts, done: Transaction, copy: Copy, code: str | None, duplicate: int) -> Slip:
    """One copy; `code` is the text of its QR code, `duplicate` counts reprints."""
    parameters, intent = facts.parameters, done.intent
    reason = parameters.reason(intent.reason)
    said = host_text(done.response_code, intent.operation)
    slip = SlipFacts(
        reason=reason.phrase if reason else Phrase(intent.reason, intent.reason),
        remaining_minor=_remaining(facts, done),
        code=code,
        declined=said.what if done.outcome is Outcome.DECLINED else None,
        approver_name=parameters.name_of(intent.approver),
        second_name=parameters.name_of(intent.second_approver),
        duplicate=duplicate,
    )
    named = replace(done, operator_name=parameters.name_of(intent.operator))
    return transaction_slip(named, shop_face(facts), copy, slip)


def _remaining(facts: Facts, done: Transaction) -> int | None:
    if done.intent.operation not in REFUNDS:
        return None
    original = done.intent.original
    left = facts.books.remaining_minor(original.key, original.amount_minor)
    return left if done.intent.amount_minor < original.amount_minor else None


def shop_face(facts: Facts) -> ShopFace:
    """What stands on every slip of the shop."""
    p, who = facts.parameters, facts.identity
    return ShopFace(
        merchant_name=p.merchant_name,
        merchant_id=who.merchant_id,
        terminal_id=who.terminal_id,
        service_phone=p.service_phone,
        footer=p.slip_footer,
        expected_days=p.expected_days,
    )

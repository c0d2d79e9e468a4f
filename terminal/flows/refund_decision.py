"""The second half of a refund: card, document, approval, then sending and printing."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain import ceilings, refund_policy
from terminal.domain.card import EntryMode
from terminal.domain.receipt import Copy
from terminal.domain.refund_policy import Match
from terminal.domain.transaction import Outcome, Transaction
from terminal.events import Returned
from terminal.flows import card_entry, host_exchange, print_slips
from terminal.flows.card_entry import TakenCard
from terminal.flows.refund_approval import approvals_missing, ask_approver, token_of
from terminal.flows.refund_case import (
    Refund,
    Step,
    ceiling_refusal,
    host_rules,
    intent_of,
    refuse,
    said,
)

# ---- card


def ask_card(c: Refund, event: object) -> Step:
    """The card that paid."""
    return c, (card_entry.call(c.facts, c.purchase),)


def ask_card_again(c: Refund, event: object) -> Step:
    """Its data was dropped after a minute."""
    return c, (card_entry.call(c.facts, c.purchase, again=True),)


def needs_card(c: Refund, event: Returned) -> bool:
    """The password was right; a QR payment goes back to its wallet without a card."""
    return event.result is True and not c.is_qr


def _judged(c: Refund, result: object) -> Refund:
    """After the card, or after the password when there is none."""
    if isinstance(result, TakenCard):
        return _with_verdict(c, result, result.match, result.masked.mode)
    # The host knows the wallet by its voucher: nothing can be typed or exchanged here.
    return _with_verdict(c, None, Match.MATCH, EntryMode.SWIPED)


def _with_verdict(c: Refund, card: TakenCard | None, match: Match, mode: EntryMode) -> Refund:
    case = refund_policy.Case(
        amount_minor=c.amount_minor,
        remaining_minor=c.remaining_minor,
        original_day=c.purchase.day,
        today=c.facts.today,
        match=match,
        mode=mode,
        has_original=c.purchase.is_known,
        ceiling=ceiling_refusal(c, token_of(card)),
        alone_minor=_alone_minor(c),
    )
    verdict = refund_policy.verdict(case, c.facts.parameters, host_rules(c.facts))
    judged = replace(c, card=card, verdict=verdict)
    # An approval is bound to the card that the approver saw.
    is_bound = token_of(card) == c.approved_token
    return judged if is_bound else replace(judged, approver="", second_approver="")


def _alone_minor(c: Refund) -> int:
    operator = c.facts.operator
    assert operator is not None
    return ceilings.alone_left_minor(c.facts.books, c.facts.parameters, operator)


def case_is_refused(c: Refund, event: Returned) -> bool:
    """No approval helps."""
    return _judged(c, event.result).verdict.refused is not None


def refuse_case(c: Refund, event: Returned) -> Step:
    """Say why; no money moved."""
    judged = _judged(c, event.result)
    assert judged.verdict.refused is not None
    return refuse(judged, said(judged, judged.verdict.refused), "card")


def needs_document(c: Refund, event: Returned) -> bool:
    """The reason, or the exception, asks for a document number."""
    assert c.reason is not None
    wanted = c.reason.needs_document or _judged(c, event.result).verdict.needs_document
    return wanted and not c.document


def keep_card(c: Refund, event: Returned) -> Step:
    """The case is complete but for document and approval."""
    return replace(_judged(c, event.result), entry="", error=None), ()


def needs_approver(c: Refund, event: Returned) -> bool:
    """An exception that nobody has approved for just this card."""
    return approvals_missing(_judged(c, event.result)) > 0


def keep_card_and_ask_approver(c: Refund, event: Returned) -> Step:
    """The approver sees the whole case."""
    return ask_approver(_judged(c, event.result), event)


# ---- sending


def card_is_held(c: Refund, event: object) -> bool:
    """Its stripe is still in memory; a QR refund has none."""
    return c.is_qr or (c.card is not None and c.card.held.held)


def send(c: Refund, event: object) -> Step:
    """From here on only the exchange decides."""
    held, sealed = (c.card.held, c.card.sealed) if c.card else (None, None)
    return c, (host_exchange.call(c.facts, intent_of(c), held, sealed),)


def was_approved(c: Refund, event: Returned) -> bool:
    """Money was given back."""
    done: Transaction = event.result
    return done.outcome is Outcome.APPROVED


def print_both(c: Refund, event: Returned) -> Step:
    """Merchant copy, then customer copy."""
    done: Transaction = event.result
    slips = print_slips.call(c.facts, done.record, print_slips.BOTH)
    return replace(c, done=done, card=None), (slips,)


def keep_outcome(c: Refund, event: Returned) -> Step:
    """Declined, unknown or not sent: told first, printed after."""
    return replace(c, done=event.result, card=None), ()


def is_worth_a_slip(c: Refund, event: object) -> bool:
    """Declined and unknown are; what was not sent is not."""
    return c.done is not None and c.done.outcome is not Outcome.NOT_SENT


def is_unknown(c: Refund, event: object) -> bool:
    """Its slip is printed even when nobody presses a key."""
    return c.done is not None and c.done.outcome is Outcome.UNKNOWN


def print_one(c: Refund, event: object) -> Step:
    """One slip for the shop."""
    assert c.done is not None
    return c, (print_slips.call(c.facts, c.done.record, (Copy.MERCHANT,)),)

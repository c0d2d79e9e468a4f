"""What a refund knows while it is being entered, its guards and its actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from terminal.domain import refund_policy
from terminal.domain.facts import Facts
from terminal.domain.money import Amount, typed_amount
from terminal.domain.operators import Action
from terminal.domain.original import Original
from terminal.domain.parameters import Reason
from terminal.domain.receipt import Copy
from terminal.domain.refund_policy import Refused, Verdict
from terminal.domain.transaction import Intent, Outcome, Transaction
from terminal.effects import Beep, Effect, Persist
from terminal.events import Key, KeyPressed, Returned
from terminal.flows import (
    approval,
    card_entry,
    host_exchange,
    original_entry,
    password_entry,
    print_slips,
)
from terminal.flows.card_entry import TakenCard
from terminal.flows.refund_lines import case_lines
from terminal.flows.typed import beep
from terminal.ui.screens import Say, say
from terminal.ui.text import Text


@dataclass(frozen=True, slots=True)
class Refund:
    """All of it; `facts` is the world as it is now."""

    facts: Facts
    scanned: str | None = None
    original: Original | None = None
    amount_minor: int = 0
    reason: Reason | None = None
    picked: int = 0
    document: str = ""
    entry: str = ""
    error: Say | None = None
    card: TakenCard | None = None
    verdict: Verdict = field(default_factory=Verdict)
    approver: str = ""
    approved_token: str = ""
    done: Transaction | None = None

    @property
    def purchase(self) -> Original:
        """The original, once it is found."""
        assert self.original is not None
        return self.original

    @property
    def remaining_minor(self) -> int:
        """What can still be given back of it."""
        return self.facts.books.remaining_minor(self.purchase.key, self.purchase.amount_minor)


Step = tuple[Refund, tuple[Effect, ...]]

# ---- before anything is typed


def _hindrance(c: Refund) -> Say | None:
    books = c.facts.books
    if not books.signed_in:
        return say(Text.REFUSED_NOT_SIGNED_IN)
    if books.batch_is_full:
        return say(Text.REFUSED_BATCH_FULL)
    return _unresolved(c, "") if c.facts.profile.unknown_blocks == "everything" else None


def _unresolved(c: Refund, key: str) -> Say | None:
    everything = c.facts.profile.unknown_blocks == "everything"
    found = c.facts.books.blocking(key, "", everything)
    return say(Text.REFUSED_UNRESOLVED, stan=f"{found.intent.stan:06d}") if found else None


def is_hindered(c: Refund, event: object) -> bool:
    """Something stands in the way of any refund."""
    return _hindrance(c) is not None


def say_hindrance(c: Refund, event: object) -> Step:
    """Say what."""
    return replace(c, error=_hindrance(c)), (Beep(),)


def ask_original(c: Refund, event: object) -> Step:
    """Which purchase?"""
    return c, (original_entry.call(c.facts, c.scanned),)


# ---- the original


def is_missing(c: Refund, event: Returned) -> bool:
    """The called flow was left without a result."""
    return event.result is None


def _original_refusal(c: Refund) -> Say | None:
    profile, today = c.facts.profile, c.facts.today
    refused = refund_policy.day_refusal(
        c.purchase.day, today, profile.refund_window_days, profile.same_day_refund == "allowed"
    )
    if refused is not None:
        return _said(c, refused)
    nothing_left = say(Text.REFUSED_NOTHING_LEFT) if c.remaining_minor <= 0 else None
    return _unresolved(c, c.purchase.key) or nothing_left


def _said(c: Refund, refused: Refused) -> Say:
    limit = Amount(c.facts.parameters.refund_max_minor)
    days = c.facts.profile.refund_window_days
    return say(REFUSALS[refused], amount=limit, days=days)


REFUSALS: Mapping[Refused, Text] = MappingProxyType(
    {
        Refused.AMOUNT_ZERO: Text.REFUSED_ZERO,
        Refused.ABOVE_REMAINING: Text.REFUSED_ABOVE_REMAINING,
        Refused.ABOVE_MAXIMUM: Text.REFUSED_ABOVE_MAXIMUM,
        Refused.WINDOW_PASSED: Text.REFUSED_WINDOW,
        Refused.DAY_TO_COME: Text.REFUSED_FUTURE,
        Refused.SAME_DAY: Text.REFUSED_SAME_DAY,
        Refused.TYPED_CARD: Text.EXCEPTION_TYPED_CARD,
        Refused.OTHER_CARD: Text.OTHER_CARD,
    }
)


def original_is_refundable(c: Refund, event: Returned) -> bool:
    """Not too old, something remains, nothing of it is unresolved."""
    return _original_refusal(replace(c, original=event.result)) is None


def keep_original(c: Refund, event: Returned) -> Step:
    """Next: the amount."""
    return replace(c, original=event.result, entry="", error=None), ()


def refuse_original(c: Refund, event: Returned) -> Step:
    """Say why; no money moved."""
    known = replace(c, original=event.result)
    return _refuse(known, _original_refusal(known), "original")


def _refuse(c: Refund, why: Say | None, what: str) -> Step:
    assert why is not None
    name = why.text.name if isinstance(why.text, Text) else ""
    body = {"what": what, "why": name.lower(), "key": c.purchase.key}
    return replace(c, error=why), (Persist("refused", body), Beep())


# ---- amount and reason


def wanted_minor(c: Refund) -> int:
    """What was typed; nothing typed is all that remains."""
    return typed_amount(c.entry) if c.entry else c.remaining_minor


def _amount_refusal(c: Refund) -> Refused | None:
    return refund_policy.amount_refusal(wanted_minor(c), c.remaining_minor, c.facts.parameters)


def amount_is_refundable(c: Refund, event: object) -> bool:
    """More than nothing, no more than remains, within the shop's limit."""
    return _amount_refusal(c) is None


def keep_amount(c: Refund, event: object) -> Step:
    """Next: the reason."""
    return replace(c, amount_minor=wanted_minor(c), entry="", error=None), ()


def explain_amount(c: Refund, event: object) -> Step:
    """Say which limit."""
    refused = _amount_refusal(c)
    assert refused is not None
    return replace(c, entry="", error=_said(c, refused)), (Beep(),)


def _digit_reason(c: Refund, event: KeyPressed) -> int:
    return int(event.key.value) - 1 if event.key is not Key.DOUBLE_ZERO else -1


def digit_is_a_reason(c: Refund, event: KeyPressed) -> bool:
    """1 is the first of the list."""
    return 0 <= _digit_reason(c, event) < len(c.facts.parameters.reasons)


def pick_by_digit(c: Refund, event: KeyPressed) -> Step:
    """One key picks; the operator's own password is next."""
    return pick(replace(c, picked=_digit_reason(c, event)), event)


def pick(c: Refund, event: object) -> Step:
    """Every refund asks the operator's own password."""
    reason = c.facts.parameters.reasons[c.picked]
    operator = c.facts.operator
    assert operator is not None, "nobody is logged on"
    asked = password_entry.call(c.facts, operator, "refund.password")
    return replace(c, reason=reason), (asked,)


def move_up(c: Refund, event: object) -> Step:
    """The reason above."""
    return (replace(c, picked=c.picked - 1), ()) if c.picked else beep(c, event)


def move_down(c: Refund, event: object) -> Step:
    """The reason below."""
    last = len(c.facts.parameters.reasons) - 1
    return (replace(c, picked=c.picked + 1), ()) if c.picked < last else beep(c, event)


def password_was_right(c: Refund, event: Returned) -> bool:
    """The pad compared it."""
    return event.result is True


# ---- card, document, approval


def ask_card(c: Refund, event: object) -> Step:
    """The card that paid."""
    return c, (card_entry.call(c.facts, c.purchase),)


def ask_card_again(c: Refund, event: object) -> Step:
    """Its data was dropped after a minute."""
    return c, (card_entry.call(c.facts, c.purchase, again=True),)


def _judged(c: Refund, card: TakenCard) -> Refund:
    case = refund_policy.Case(
        amount_minor=c.amount_minor,
        remaining_minor=c.remaining_minor,
        original_day=c.purchase.day,
        today=c.facts.today,
        match=card.match,
        mode=card.masked.mode,
    )
    profile = c.facts.profile
    same_day = profile.same_day_refund == "allowed"
    verdict = refund_policy.verdict(case, c.facts.parameters, profile.refund_window_days, same_day)
    return replace(c, card=card, verdict=verdict)


def case_is_refused(c: Refund, event: Returned) -> bool:
    """No approval helps."""
    return _judged(c, event.result).verdict.refused is not None


def refuse_case(c: Refund, event: Returned) -> Step:
    """Say why; no money moved."""
    judged = _judged(c, event.result)
    assert judged.verdict.refused is not None
    return _refuse(judged, _said(judged, judged.verdict.refused), "card")


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
    judged = _judged(c, event.result)
    stands = c.approver and event.result.masked.token == c.approved_token
    return judged.verdict.needs_approver and not stands


def keep_card_and_ask_approver(c: Refund, event: Returned) -> Step:
    """The approver sees the whole case."""
    return ask_approver(_judged(c, event.result), event)


def ask_approver(c: Refund, event: object) -> Step:
    """A second person, never the requester."""
    operator = c.facts.operator
    assert operator is not None
    case = approval.Case(
        c.facts, "refund.approval", operator.number, Action.APPROVE_REFUND, case_lines(c)
    )
    return c, (approval.call(case),)


def document_is_given(c: Refund, event: object) -> bool:
    """At least one character."""
    return bool(c.entry)


def case_needs_approver(c: Refund, event: object) -> bool:
    """A document is given and somebody has to approve."""
    return bool(c.entry) and c.verdict.needs_approver


def keep_document(c: Refund, event: object) -> Step:
    """On the record, the slip and the report."""
    return replace(c, document=c.entry, entry="", error=None), ()


def keep_document_and_ask_approver(c: Refund, event: object) -> Step:
    """Both."""
    kept, _ = keep_document(c, event)
    return ask_approver(kept, event)


def keep_approver(c: Refund, event: Returned) -> Step:
    """Bound to amount, original and card: any of them changing asks anew."""
    assert c.card is not None
    return replace(c, approver=event.result, approved_token=c.card.masked.token), ()


# ---- sending


def card_is_held(c: Refund, event: object) -> bool:
    """Its stripe is still in memory."""
    return c.card is not None and c.card.held.held


def intent_of(c: Refund) -> Intent:
    """What goes on disk before the message leaves."""
    assert c.card is not None
    assert c.reason is not None
    books = c.facts.books
    return Intent(
        operation="refund",
        stan=books.next_stan,
        batch=books.batch,
        amount_minor=c.amount_minor,
        entry=c.card.masked.mode.value,
        card=c.card.masked.masked,
        token=c.card.masked.token,
        original=c.purchase,
        reason=c.reason.code,
        document=c.document,
        operator=books.operator,
        approver=c.approver,
        exceptions=c.verdict.exceptions,
    )


def send(c: Refund, event: object) -> Step:
    """From here on only the exchange decides."""
    assert c.card is not None
    return c, (host_exchange.call(c.facts, intent_of(c), c.card.held, c.card.sealed),)


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
